import { issueTime, saltOf, type Seconds } from "../formats/common.ts";
import { array, hexId, onlyKeys, record } from "../validate.ts";
import { engine } from "../runtime/choose.ts";
import { withTokenExpire } from "./services.ts";
import { documentedDuration, documentedService } from "./limits.ts";
import { pack007 } from "../formats/access_token2/pack.ts";
import type { Service, Token007 } from "../formats/access_token2/types.ts";

/** What {@linkcode buildToken} builds from. */
export interface BuildOptions {
  /** The project: 32 hexadecimal characters. */
  appId: string;
  /** The project's secret: 32 hexadecimal characters. Keep it on the server. */
  appCertificate: string;
  /** How long the token lives: 1 to 86,400 seconds from `issueTs`. */
  expire: Seconds;
  /** What the token is for: one or more services, as made by `rtc`, `rtm` and the other constructors. */
  services: Service[];
  /** When it is made: Unix seconds; now if omitted. */
  issueTs?: Seconds;
  /** What makes equal tokens differ, 0 to 2³²−1; random from 1 to 99,999,999 if omitted. */
  salt?: number;
}

/**
 * Builds an AccessToken2 ("007") and holds to Agora's documented rules, the 24 hours included.
 *
 * @param options Project, life and services.
 * @returns The token.
 * @throws {AgoraTokenError} For a value that is not a token's, or that Agora does not document as working; `field` names it.
 *
 * @example A publisher's token for one hour
 * ```ts
 * import { buildToken, rtc } from "@agoratoken/agoratoken";
 *
 * const token = await buildToken({
 *   appId: "0123456789abcdef0123456789abcdef",
 *   appCertificate: "fedcba9876543210fedcba9876543210",
 *   expire: 3600,
 *   services: [rtc({ channelName: "lobby", uid: 1001, role: "publisher" })],
 * });
 * ```
 */
export async function buildToken(options: BuildOptions): Promise<string> {
  return await pack007(checkedToken(options), options.appCertificate, engine());
}

/** The token that {@linkcode buildToken} packs: options checked, open values filled in. */
export function checkedToken(options: BuildOptions): Token007 {
  onlyKeys(record("options", options), ["appId", "appCertificate", "expire", "services", "issueTs", "salt"]);
  const expire = documentedDuration("expire", options.expire, 1);
  return {
    version: "007",
    appId: hexId("appId", options.appId),
    issueTs: issueTime(options.issueTs),
    expire,
    salt: saltOf(options.salt),
    services: array("services", options.services).map((service, index) => {
      const path = `services[${index}]`;
      return withTokenExpire(documentedService(record(path, service) as unknown as Service, `${path}.`), expire);
    }),
  };
}
