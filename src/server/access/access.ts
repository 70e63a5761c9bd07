import { AgoraTokenError } from "../../errors.ts";
import { onlyKeys, record, refuse } from "../../validate.ts";
import type { Grant } from "./grant.ts";
import type { Check } from "./grant_from.ts";
import { jwtFrom } from "./jwt.ts";
import { keysFrom } from "./keys.ts";
import type { Placeholders } from "./pattern.ts";

/** Somebody who may ask for tokens. */
export interface Caller {
  /** What stands for the caller in logs and limits: the id of a key, or a digest of a user. */
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
  /**
   * Finds the caller of a request.
   *
   * @param bearer What `Authorization: Bearer` holds.
   * @param pathKey The key in the path. Where there is one, it alone counts.
   * @returns Nobody where it is missing, wrong or expired.
   * @throws {AgoraTokenError} `service-unavailable` where the keys of a JWT's issuer cannot be fetched.
   */
  authenticate(bearer: string | undefined, pathKey: string | undefined): Promise<Caller | undefined>;
}

/**
 * Reads who may ask for what: `{"keys": […], "jwt": {…}}`, one of them or both, as docs/access.md describes them.
 *
 * @param data The content of the access file.
 * @param now The time, for the lives of JWTs.
 * @returns The access, or a sentence for everything that is wrong with it; none repeats a key or a secret.
 */
export async function loadAccess(data: unknown, now: () => Date = () => new Date()): Promise<Access | string[]> {
  const problems: string[] = [];
  const check: Check = (read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof AgoraTokenError)) throw error;
      problems.push(error.message);
      return undefined;
    }
  };
  const { keys, jwt } = check(() => {
    const fields = record("access", data);
    onlyKeys(fields, ["keys", "jwt"]);
    if (fields.keys === undefined && fields.jwt === undefined) refuse("access", 'an object with "keys" or "jwt"');
    return fields;
  }) ?? {};
  const found = keysFrom(keys ?? [], check);
  const findByJwt = jwt === undefined ? undefined : await jwtFrom(jwt, check, now);
  if (problems.length > 0) return problems;
  return {
    keysInPaths: found.inPath,
    async authenticate(bearer, pathKey) {
      if (pathKey !== undefined) return await found.find(pathKey, true);
      if (bearer === undefined) return undefined;
      return await found.find(bearer, false) ?? await findByJwt?.(bearer);
    },
  };
}
