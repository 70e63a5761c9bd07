import type { ApaasService, Token007 } from "../../src/formats/access_token2/types.ts";
import type { Call } from "./calls.ts";

/** One way in which `./compat` differs from npm `agora-token`. */
export interface Difference {
  /** The calls that differ, in words. */
  what: string;
  /** The result of `agora-token`, in words. */
  official: string;
  /** The result of ours, in words. */
  ours: string;
  /** Whether a call is one of them. */
  applies: (call: Call) => boolean;
  /** How the outcomes differ: a token, `""` or an exception there, a token or an exception here. */
  outcomes: ["token" | "empty" | "throws", "token" | "throws"];
  /** Where both make a token: ours as `agora-token` makes it. */
  asOfficial?: (token: Token007) => Token007;
}

const roomUser = ({ method }: Call) => method === "buildRoomUserToken";
const isUint32 = (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32;

/** Whether a builder takes this argument as a user of RTM, Chat or APaaS; `agora-token` takes no number there. */
function isTextUser(name: string, { family, method }: Call): boolean {
  if (name === "userId") return method !== "buildTokenWithPermissions";
  return name === "userUuid" || name === "rtmUserId" ||
    name === "account" && family === "RtcTokenBuilder" && method.endsWith("Rtm");
}

/** Whether some argument of a call is like this. */
function some(call: Call, test: (name: string, value: unknown) => boolean): boolean {
  return Object.entries(call.args).some(([name, value]) => test(name, value));
}

/** Changes the APaaS service of a token. */
function apaas(token: Token007, change: Partial<ApaasService>): Token007 {
  return {
    ...token,
    services: token.services.map((service) => service.type === "apaas" ? { ...service, ...change } : service),
  };
}

/** Every difference. `docs/compat.md` is made from this list, and a test finds each of them and no other. */
export const DIFFERENCES: readonly Difference[] = [
  {
    what: "`buildRoomUserToken`: the privilege of the APaaS service",
    official: "left out, unlike in every other official language but Deno",
    ours: "packed, as the other languages do",
    applies: roomUser,
    outcomes: ["token", "token"],
    asOfficial: (token) => apaas(token, { privileges: {} }),
  },
  {
    what: "`buildRoomUserToken` with role 0",
    official: "packs −1",
    ours: "packs 0, as the other languages do",
    applies: (call) => roomUser(call) && call.args.role === 0,
    outcomes: ["token", "token"],
    asOfficial: (token) => apaas(token, { role: -1 }),
  },
  {
    what: "`buildRoomUserToken` for the number 0 as the user: the Chat user",
    official: "the MD5 of a zero byte",
    ours: "the MD5 of the empty text, which RTM and APaaS have as the user",
    applies: (call) => roomUser(call) && call.args.userUuid === 0,
    outcomes: ["token", "token"],
    asOfficial: (token) => ({
      ...token,
      services: token.services.map((service) =>
        service.type === "chat" ? { ...service, userId: "93b885adfe0da089cdf634904fd59f71" } : service
      ),
    }),
  },
  {
    what: "a number as a user of RTM, Chat or APaaS (its types allow it)",
    official: "throws `ERR_INVALID_ARG_TYPE`",
    ours: "packs it in decimal",
    applies: (call) => some(call, (name, value) => isTextUser(name, call) && isUint32(value) && value !== 0),
    outcomes: ["throws", "token"],
  },
  {
    what: "an App ID or certificate that is not 32 hexadecimal characters",
    official: 'returns `""`',
    ours: "throws",
    applies: ({ args }) =>
      [args.appId, args.appCertificate].some((id) => typeof id !== "string" || !/^[0-9a-f]{32}$/i.test(id)),
    outcomes: ["empty", "throws"],
  },
  {
    what: "a duration that is missing, has a fraction, or is not a number, as the text of an environment variable",
    official: "packs it as a whole number if it can, else 0",
    ours: "throws",
    applies: (call) =>
      some(call, (name, value) => {
        if (!/expire$/i.test(name) || name === "privilegeExpire" && (value === undefined || value === null)) return false;
        const number = Number(value);
        return !Number.isInteger(value) && (Number.isNaN(number) || number >= 0 && number < 2 ** 32);
      }),
    outcomes: ["token", "throws"],
  },
  {
    what: "an RTC role that is not a whole number of 16 bits",
    official: "treats it as a subscriber, or as a publisher if it equals 1",
    ours: "throws",
    applies: (call) => !roomUser(call) && some(call, (name, value) => /role$/i.test(name) && !isInt16(value)),
    outcomes: ["token", "throws"],
  },
  {
    what: "an APaaS role that is missing, has a fraction, or is not a number",
    official: "packs it as a whole number if it can, else −1 or 0",
    ours: "throws",
    applies: (call) => {
      const { role } = call.args;
      const number = Number(role || -1);
      return roomUser(call) && !Number.isInteger(role) && (Number.isNaN(number) || isInt16(Math.trunc(number)));
    },
    outcomes: ["token", "throws"],
  },
  {
    what: "a uid, an RTC account or an RTM2 user that is neither a uid of 32 bits nor a string",
    official: 'packs it as text: `"-1"`, `"null"`, `"NaN"`',
    ours: "throws",
    applies: (call) =>
      some(call, (name, value) => {
        const isUser = ["uid", "account", "rtcAccount", "userId"].includes(name) && !isTextUser(name, call);
        return isUser && typeof value !== "string" && !isUint32(value);
      }),
    outcomes: ["token", "throws"],
  },
  {
    what: "a user of RTM, Chat or APaaS, or a room, that is missing",
    official: 'packs `""`',
    ours: "throws",
    applies: (call) =>
      some(call, (name, value) => {
        if (roomUser(call) && name === "userUuid") return Number.isNaN(value);
        return (isTextUser(name, call) || name === "roomUuid") &&
          (value === undefined || value === null || Number.isNaN(value));
      }),
    outcomes: ["token", "throws"],
  },
  {
    what: 'RTM2 permissions that are `""` or `NaN`',
    official: "packs none",
    ours: "throws",
    applies: ({ args: { permissions } }) => permissions === "" || Number.isNaN(permissions),
    outcomes: ["token", "throws"],
  },
  {
    what: "RTM2 permissions by name (`users`, `read`)",
    official: "throws",
    ours: "packs them by their numbers",
    applies: ({ args: { permissions } }) => "users" in ((permissions as { details?: object } | undefined)?.details ?? {}),
    outcomes: ["throws", "token"],
  },
  {
    what: "a payload of more than 256 KiB",
    official: "packs it",
    ours: "throws",
    applies: ({ args }) => JSON.stringify(args).length > 2 ** 18,
    outcomes: ["token", "throws"],
  },
  {
    what: "more arguments than the builder takes",
    official: "ignores them; with the arguments of 1.x, the role is then taken for the lifetime",
    ours: "throws",
    applies: ({ args }) => "more" in args,
    outcomes: ["token", "throws"],
  },
];

function isInt16(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= -32_768 && (value as number) <= 32_767;
}
