import type { Grant } from "./grant.ts";
import type { Placeholders } from "./pattern.ts";

/** Somebody who may ask for tokens. */
export interface Caller {
  /** What identifies the caller in logs and limits: the id of a key, or a digest of a user. */
  readonly id: string;
  /** Which tokens the caller may have. */
  readonly grant: Grant;
  /** What the placeholders of the grant stand for. */
  readonly placeholders: Placeholders;
  /** Requests per minute, where it is not the server's limit. */
  readonly rateLimit?: number;
}

/** Who may ask for what: made by {@linkcode loadAccess}. */
export interface Access {
  /** Whether a key may stand in a path, as `/k/<key>/…`. */
  readonly keysInPaths: boolean;
  /** What the access file says that may mean less than it seems to, each in a sentence without its full stop. */
  readonly remarks?: readonly string[];
  /**
   * Finds the caller of a request.
   *
   * @param bearer The text after `Authorization: Bearer`.
   * @param pathKey The key in the path. Where there is one, it alone counts.
   * @returns Nobody where the key or JWT is missing, wrong or expired.
   * @throws {AgoraTokenError} `service-unavailable` where the keys of a JWT's issuer cannot be fetched.
   */
  authenticate(bearer: string | undefined, pathKey: string | undefined): Promise<Caller | undefined>;
}
