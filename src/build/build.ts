import { issueTime, saltOf, type Seconds, type UnixSeconds } from "../formats/common.ts";
import { array, hexId, onlyKeys, record } from "../validate.ts";
import { engine } from "../runtime/choose.ts";
import { type CheckedService, serviceFrom } from "./services.ts";
import type { ServiceRequest } from "./requests.ts";
import { documentedDuration } from "./limits.ts";
import { pack007 } from "../formats/access_token2/pack.ts";
import type { Service, Token007 } from "../formats/access_token2/types.ts";

/** What {@linkcode buildToken} builds from. */
export interface BuildOptions {
  /** The project: 32 hexadecimal characters. */
  appId: string;
  /** The project's secret: 32 hexadecimal characters. Keep it on the server. */
  appCertificate: string;
  /** The token's lifetime: 1 to 86,400 seconds from `issueTs`. */
  expire: Seconds;
  /** What the token is for: one or more requests, as `rtc`, `rtm` and the other functions give them. */
  services: readonly ServiceRequest[];
  /** When it is made: Unix seconds; now if omitted. */
  issueTs?: UnixSeconds;
  /** What makes equal tokens differ, 0 to 2³²−1; random from 1 to 99,999,999 if omitted. */
  salt?: number;
}

/**
 * Builds an AccessToken2 ("007") and holds to Agora's documented rules, the 24 hours included.
 *
 * @param options Project, lifetime and services.
 * @returns The token.
 * @throws {AgoraTokenError} For a value that is not a token's, or that Agora does not document as working; `field` names it,
 * as `services[0].uid`.
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
export function buildToken(options: BuildOptions): Promise<string> {
  // Whatever is thrown rejects the promise; a token that is there at once is not awaited.
  return new Promise((done) => done(pack007(checkedToken(options), options.appCertificate, engine())));
}

/** The token that {@linkcode buildToken} packs: options checked, defaults filled in. */
export function checkedToken(options: BuildOptions): Token007 {
  onlyKeys(record("options", options), ["appId", "appCertificate", "expire", "services", "issueTs", "salt"]);
  const services = array("services", options.services);
  return tokenOf(options, services.map((request, index) => serviceFrom(`services[${index}]`, request)));
}

/** The token for services that were checked, which have the token's lifetime where they have none of their own. */
export function tokenOf(
  { appId, issueTs, expire: lifetime, salt }: Pick<BuildOptions, "appId" | "issueTs" | "expire" | "salt">,
  services: readonly CheckedService[],
): Token007 {
  const expire = documentedDuration("expire", lifetime, 1);
  return {
    version: "007",
    appId: hexId("appId", appId),
    issueTs: issueTime(issueTs),
    expire,
    salt: saltOf(salt),
    services: services.map((service) => {
      const privileges: Record<string, Seconds> = {};
      for (const name of Object.keys(service.privileges)) privileges[name] = service.privileges[name] ?? expire;
      return { ...service, privileges } as unknown as Service;
    }),
  };
}
