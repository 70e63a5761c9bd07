import { onlyKeys, record, refuse } from "../../validate.ts";
import { gathering } from "../problems.ts";
import type { Access } from "./caller.ts";
import { jwtFrom } from "./jwt.ts";
import { keysFrom } from "./keys.ts";

/**
 * Reads who may ask for what: `{"keys": […], "jwt": {…}}`, one of them or both, as docs/access.md describes them.
 *
 * @param data The content of the access file.
 * @param now The clock that the times of JWTs are compared with.
 * @returns The access, for the option `access` of `createTokenServer`.
 * @throws {AgoraTokenError} `invalid-value`, with everything that is wrong in `problems`. None repeats a key or a secret.
 */
export async function loadAccess(data: unknown, now: () => Date = () => new Date()): Promise<Access> {
  const { attempt, refuse: refuseAll } = gathering();
  const { keys, jwt } = attempt(() => {
    const fields = record("access", data);
    onlyKeys(fields, ["keys", "jwt"]);
    if (fields.keys === undefined && fields.jwt === undefined) refuse("access", 'an object with "keys" or "jwt"');
    return fields;
  }) ?? {};
  const found = keysFrom(keys ?? [], attempt);
  const findByJwt = jwt === undefined ? undefined : await jwtFrom(jwt, attempt, now);
  refuseAll();
  return {
    keysInPaths: found.inPath,
    async authenticate(bearer, pathKey) {
      if (pathKey !== undefined) return await found.find(pathKey, true);
      if (bearer === undefined) return undefined;
      return await found.find(bearer, false) ?? await findByJwt?.(bearer);
    },
  };
}
