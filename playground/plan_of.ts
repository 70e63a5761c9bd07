import type { LegacyToken, ParsedToken, Service, Token007 } from "../mod.ts";
import { checkedToken } from "../src/build/build.ts";
import { AgoraTokenError } from "../src/errors.ts";
import { PRIVILEGES_006 } from "../src/formats/access_token.ts";
import { SERVICES } from "../src/formats/access_token2/services.ts";
import { LEGACY_BUILDERS } from "../src/official/legacy/builders.ts";
import { DEMO } from "./examples.ts";
import type { Parts007, Plan, ServiceOptions } from "./plan.ts";

/** What a reading adds to the data of a token. */
const READ_ONLY = [
  "signature",
  "signedPart",
  "signedParts",
  "serviceCount",
  "unknownServiceType",
  "trailingBytes",
  "undecoded",
  "crcChannelName",
  "crcUid",
  "message",
];

/** The channel and the user of a token, for formats that do not hold them. */
export interface Names {
  /** The channel. */
  channelName: string;
  /** The user: the digits of a uid, or an account; empty for anyone. */
  user: string;
  /** What an old key is for, where it does not say it. */
  service: string;
}

/** The data of a token, all of whose services have names. */
export type TokenData = LegacyToken | Omit<Token007, "services"> & { services: readonly Service[] };

/** The data of a token that was read, as it can be packed again; the names that it does not hold are given. */
export function dataOf(token: ParsedToken, { channelName, user, service }: Names): TokenData {
  const data = Object.fromEntries(Object.entries(token).filter(([name]) => !READ_ONLY.includes(name)));
  const uid = Number(user) || 0;
  switch (token.version) {
    case "006":
      return { ...data, channelName, uid: user === "0" ? "" : user } as LegacyToken;
    case "signaling":
      return { ...data, account: user } as LegacyToken;
    case "004":
      return { uid, ...data, channelName, service: service || "mediaChannel" } as LegacyToken;
    case "005":
      return { uid, ...data, channelName } as LegacyToken;
    default:
      return (token.version === "007" ? data : { ...data, channelName }) as TokenData;
  }
}

/** The plan that makes a token with the same services and lifetimes as this data: by the rules of Agora where they allow it. */
export function planOf(token: TokenData): Plan {
  if (token.version !== "007") return oldPlan(token);
  const plan = { kind: "services", ...requestsOf(token) } as const;
  return isAllowed(plan, token) ? plan : { kind: "token", token };
}

/** Whether a plan of services makes exactly this token under Agora's documented rules. */
function isAllowed(plan: Extract<Plan, { kind: "services" }>, { services }: Parts007): boolean {
  try {
    const made = checkedToken({ ...DEMO, expire: plan.expire, services: plan.services as never });
    return JSON.stringify(made.services) === JSON.stringify(services);
  } catch (error) {
    if (error instanceof AgoraTokenError) return false;
    throw error;
  }
}

/** The builder of a format before 007, with this data as its arguments. */
function oldPlan(token: LegacyToken): Plan {
  const data = token as unknown as Readonly<Record<string, unknown>>;
  if (token.version === "006") {
    const numbers: Readonly<Record<string, number>> = PRIVILEGES_006;
    const privileges = Object.entries(token.privileges).map(([name, expireTimestamp]) => ({
      privilege: numbers[name] ?? Number(name),
      expireTimestamp,
    }));
    const args = { channelName: token.channelName, user: token.uid, privileges };
    return { kind: "old", format: "006", name: "accessToken", args };
  }
  const format = token.version === "signaling"
    ? "signaling"
    : `dynamicKey${token.version === "001" ? "" : Number(token.version)}`;
  const builders = LEGACY_BUILDERS[format]!;
  const name = typeof data.service === "string" && Object.hasOwn(builders, data.service) ? data.service : "generate";
  const extra = (data.extra ?? {}) as Readonly<Record<string, string>>;
  const own: Readonly<Record<string, unknown>> = {
    permission: extra["1"],
    serviceType: data.service,
    extra: Object.entries(extra).map(([key, value]) => ({ key: Number(key), value })),
  };
  const args = Object.fromEntries(builders[name]!.args.map((argument) => [argument, own[argument] ?? data[argument]]));
  return { kind: "old", format, name, args };
}

/** Services of a token as requests, which the server takes. */
export function requestsOf({ expire, services }: Parts007): {
  expire: number;
  services: ServiceOptions[];
} {
  return { expire, services: services.map(requestOf) };
}

/** Whether the text of a user in a token is that of a uid. An account of the same digits has the same text. */
function isUid(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= 0xffffffff;
}

/** The request for a service. */
function requestOf({ type, privileges, ...values }: Service): ServiceOptions {
  const { fields, variants, privileges: known } = SERVICES.find(({ name }) => name === type)!;
  const options = (taken: (name: string) => boolean) =>
    Object.fromEntries(
      fields.filter(({ name }) => taken(name)).map(({ name, rule }) => {
        const value = (values as Record<string, unknown>)[name];
        if (rule !== "identity") return [name, value];
        const user = String(value);
        return user === "" ? ["uid", 0] : isUid(user) ? ["uid", Number(user)] : ["account", user];
      }),
    );
  if (variants === undefined) {
    return { type, ...options(() => true), ...(Object.keys(known).length === 0 ? {} : { privileges }) };
  }
  const [[variant, privilegeExpire] = []] = Object.entries(privileges);
  const request = variant === "app" ? { app: true } : options((name) => variants[variant ?? ""]?.includes(name) ?? true);
  return { type, ...request, ...(privilegeExpire === undefined ? {} : { privilegeExpire }) };
}
