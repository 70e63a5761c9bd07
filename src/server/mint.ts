import { checkedToken } from "../access_token2/build.ts";
import type { Seconds, Service } from "../access_token2/types.ts";
import type { Token006 } from "../legacy/types.ts";
import { packToken, type Token } from "../pack.ts";
import { refuse } from "../wire/check.ts";
import type { Project } from "./config.ts";
import { Refusal } from "./values.ts";

/** What a request asks for: one token. */
export interface Wish {
  /** Its life in seconds. */
  expire: Seconds;
  /** Its services. */
  services: Service[];
}

/** A token that was made: its text, and its data for the answer. */
export interface Minted {
  /** The text. */
  token: string;
  /** 007 or 006. */
  version: "007" | "006";
  /** The project. */
  appId: string;
  /** When it was made: Unix seconds. */
  issueTs: Seconds;
  /** How long it lives: seconds. */
  expire: Seconds;
}

/**
 * Makes a token for a project, held to the documented rules: the one place in which the server makes tokens.
 *
 * @throws {AgoraTokenError} For a wish against the rules; a {@linkcode Refusal} with 403 for a token for the whole app.
 */
export async function mint(
  { appId, appCertificate }: Project,
  wish: Wish,
  version: "007" | "006",
  allowAppLevelTokens: boolean,
): Promise<Minted> {
  const checked = checkedToken({ appId, appCertificate, ...wish });
  const { issueTs, expire } = checked;
  for (const { type, privileges } of checked.services as Service[]) {
    if ((type === "chat" || type === "apaas") && "app" in privileges && !allowAppLevelTokens) {
      throw new Refusal(
        403,
        `A token for the whole app (${type}) is an administrator's key; this server does not make it`,
        "services",
      );
    }
  }
  const token: Token = version === "007"
    ? checked
    : token006(appId, issueTs, expire, checked.salt, checked.services as Service[]);
  return { token: await packToken(token, appCertificate), version, appId, issueTs, expire };
}

/** The same wish as an AccessToken 006: one RTC or one RTM service, with absolute times. */
function token006(appId: string, now: Seconds, expire: Seconds, salt: number, services: Service[]): Token006 {
  const [service, ...more] = services;
  if (more.length > 0 || service?.type !== "rtc" && service?.type !== "rtm") {
    refuse("services", "one rtc or one rtm service in a token of version 006");
  }
  const absolute = Object.entries(service.privileges).map(([name, seconds]) => [name, now + seconds!]);
  const common = { version: "006", appId, salt, ts: now + expire } as const;
  return service.type === "rtc"
    ? { ...common, channelName: service.channelName, uid: service.uid, privileges: Object.fromEntries(absolute) }
    : { ...common, channelName: service.userId, uid: "", privileges: { rtmLogin: absolute[0]![1] as number } };
}
