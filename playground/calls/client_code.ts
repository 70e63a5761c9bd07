import type { TokenView } from "../../mod.ts";
import { N } from "../language.ts";
import { LANGUAGES } from "./languages.ts";
import { literal } from "./official_code.ts";

/** How an SDK joins a channel: a row of {@linkcode CLIENTS}. */
interface Client {
  /** Its name. */
  label: string;
  /** The language whose texts and numbers it writes. */
  language: string;
  /** How to get it. */
  install: string;
  /** The call for a uid, with `%channel%`, `%user%`, `%role%` and `%appId%`. */
  byUid: string;
  /** The call for an account, where it is another. */
  byAccount?: string;
  /** The user whom the SDK is to choose. */
  anyone: string;
  /** The roles: who also publishes, and who only listens. */
  roles: readonly [host: string, audience: string];
}

/** The SDKs of clients, from their own references: Web 4, native 4, Flutter 6, React Native 4. */
export const CLIENTS: Readonly<Record<string, Client>> = {
  web: {
    label: "Web (JavaScript)",
    language: "node",
    install: "npm install agora-rtc-sdk-ng",
    byUid: `import AgoraRTC from "agora-rtc-sdk-ng";

const client = AgoraRTC.createClient({ mode: "live", codec: "vp8", role: "%role%" });
client.on("token-privilege-will-expire", async () => client.renewToken(await fetchToken()));
await client.join(%appId%, %channel%, await fetchToken(), %user%);
`,
    anyone: "null",
    roles: ["host", "audience"],
  },
  android: {
    label: "Android (Kotlin)",
    language: "kotlin",
    install: 'implementation("io.agora.rtc:full-sdk:4.+")',
    byUid: `val options = ChannelMediaOptions()
options.clientRoleType = Constants.%role%
engine.joinChannel(token, %channel%, %user%, options)
`,
    byAccount: `val options = ChannelMediaOptions()
options.clientRoleType = Constants.%role%
engine.joinChannelWithUserAccount(token, %channel%, %user%, options)
`,
    anyone: "0",
    roles: ["CLIENT_ROLE_BROADCASTER", "CLIENT_ROLE_AUDIENCE"],
  },
  ios: {
    label: "iOS, macOS (Swift)",
    language: "rust", // texts of the two are written in the same way
    install: "pod 'AgoraRtcEngine_iOS'",
    byUid: `let options = AgoraRtcChannelMediaOptions()
options.clientRoleType = .%role%
agoraKit.joinChannel(byToken: token, channelId: %channel%, uid: %user%, mediaOptions: options)
`,
    byAccount: `let options = AgoraRtcChannelMediaOptions()
options.clientRoleType = .%role%
agoraKit.joinChannel(byToken: token, channelId: %channel%, userAccount: %user%, mediaOptions: options)
`,
    anyone: "0",
    roles: ["broadcaster", "audience"],
  },
  flutter: {
    label: "Flutter (Dart)",
    language: "dart",
    install: "flutter pub add agora_rtc_engine",
    byUid: `await engine.joinChannel(
  token: token,
  channelId: %channel%,
  uid: %user%,
  options: const ChannelMediaOptions(clientRoleType: ClientRoleType.%role%),
);
`,
    byAccount: `await engine.joinChannelWithUserAccount(
  token: token,
  channelId: %channel%,
  userAccount: %user%,
  options: const ChannelMediaOptions(clientRoleType: ClientRoleType.%role%),
);
`,
    anyone: "0",
    roles: ["clientRoleBroadcaster", "clientRoleAudience"],
  },
  reactNative: {
    label: "React Native (TypeScript)",
    language: "node",
    install: "npm install react-native-agora",
    byUid: `engine.joinChannel(token, %channel%, %user%, { clientRoleType: ClientRoleType.%role% });
`,
    byAccount: `engine.joinChannelWithUserAccount(token, %channel%, %user%, { clientRoleType: ClientRoleType.%role% });
`,
    anyone: "0",
    roles: ["ClientRoleBroadcaster", "ClientRoleAudience"],
  },
};

/** The call that joins with a token: its channel and its user. `undefined` where the token is not for RTC, or does not hold them. */
export function clientCode(view: TokenView, key: string): string | undefined {
  const { language, byUid, byAccount = byUid, anyone, roles } = CLIENTS[key]!;
  const right = view.rights.find(({ service }) => service === "rtc" || service === undefined);
  if (right?.channel === undefined || right.user === undefined) return undefined;
  const row = LANGUAGES[language]!;
  const { channel, user } = right;
  const wildcards: string[] = [];
  const named = ({ kind, ...name }: typeof channel, what: keyof typeof N.code.choose): string | undefined => {
    const { value } = name as { value?: string };
    if (kind === "text" && value !== undefined) return value;
    wildcards.push(N.code.choose[what](kind === "pattern" ? value : undefined));
    return undefined;
  };
  const [channelName, account] = [named(channel, "channel"), named(user, "user")];
  const isUid = account !== undefined && /^[1-9]\d{0,9}$/.test(account) && Number(account) <= 0xffffffff;
  const parts: Readonly<Record<string, string>> = {
    appId: literal(view.appId, row),
    channel: channelName === undefined ? "channelName" : literal(channelName, row),
    user: account === undefined ? anyone : literal(isUid ? Number(account) : account, row),
    role: roles[right.privileges.some(({ name }) => name.startsWith("publish")) ? 0 : 1],
  };
  const call = (account === undefined || isUid ? byUid : byAccount).replace(/%(\w+)%/g, (_, name: string) => parts[name]!);
  return [N.code.fromServer, ...wildcards].map((line) => `// ${line}\n`).join("") + call;
}
