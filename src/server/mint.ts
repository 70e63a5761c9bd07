import { checkedToken } from "../access_token2/build.ts";
import type { Seconds, Service } from "../access_token2/types.ts";
import type { Project } from "../credentials.ts";
import { AgoraTokenError } from "../errors.ts";
import { as006 } from "../legacy/as006.ts";
import { packToken, type Token } from "../pack.ts";
import { refuse } from "../wire/check.ts";
import { NO_USER } from "./values.ts";

/** What a request asks for: one token, with its life in seconds and its services. */
export interface Wish {
  expire: Seconds;
  services: Service[];
}

/**
 * Makes a token for a project, held to the documented rules: the one place in which the server makes tokens.
 *
 * @returns The token, and what it is: its life in seconds, and the Unix times of its making and its end.
 * @throws {AgoraTokenError} For a wish against the rules; `forbidden` for a token for the whole app.
 */
export async function mint(
  { appId, appCertificate }: Project,
  wish: Wish,
  version: "007" | "006",
  allowAppLevelTokens: boolean,
): Promise<{ token: string; version: "007" | "006"; appId: string; issueTs: Seconds; expire: Seconds; expiresAt: Seconds }> {
  const checked = checkedToken({ appId, appCertificate, ...wish });
  const { issueTs, expire } = checked;
  for (const [index, { type, privileges, ...fields }] of (checked.services as Service[]).entries()) {
    if (checked.services.findIndex((other) => other.type === type) < index) {
      refuse("services", `a list without a second ${type}`);
    }
    const [user] = ["uid", "account", "userId", "userUuid"].filter((name) => name in fields);
    const name = (fields as Record<string, unknown>)[user ?? ""];
    if (NO_USER.includes(name) || type === "rtm" && name === "0") refuse(`services[${index}].${user}`, "the name of a user");
    if ("app" in privileges && !allowAppLevelTokens) {
      const message = `A token for the whole app (${type}) is an administrator's key; this server does not make it`;
      throw new AgoraTokenError("forbidden", message, { field: "services" });
    }
  }
  const token: Token = version === "007" ? checked : as006(checked);
  return { token: await packToken(token, appCertificate), version, appId, issueTs, expire, expiresAt: issueTs + expire };
}
