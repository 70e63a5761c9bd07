import { onlyKeys, record, refuse } from "../../validate.ts";
import { all, settled } from "../problems.ts";
import type { Access } from "./caller.ts";
import { remarksOn } from "./grant_from.ts";
import { jwtFrom } from "./jwt.ts";
import { findKey, keysFrom } from "./keys.ts";

/**
 * Reads who may ask for what: `{"keys": […], "jwt": {…}}`, one of them or both, as docs/access.md describes them.
 *
 * @param data The content of the access file.
 * @param now The clock that the times of JWTs are compared with.
 * @returns The access, for the option `access` of `createTokenServer`.
 * @throws {AgoraTokenError} `invalid-value`, with everything that is wrong in `problems`. None repeats a key or a secret.
 */
export async function loadAccess(data: unknown, now: () => Date = () => new Date()): Promise<Access> {
  return all([await settled(() => accessFrom(data, now))])[0];
}

async function accessFrom(data: unknown, now: () => Date): Promise<Access> {
  const fields = record("access", data);
  onlyKeys(fields, ["keys", "jwt"]);
  if (fields.keys === undefined && fields.jwt === undefined) refuse("access", 'an object with "keys" or "jwt"');
  const { keys = [], jwt } = fields;
  const byJwt = jwt === undefined ? () => undefined : await settled(() => jwtFrom(jwt, now));
  const [known, users] = all([() => keysFrom(keys), byJwt]);
  return {
    remarks: [
      ...known.flatMap(({ caller }, index) => remarksOn(`keys[${index}]`, caller.grant)),
      ...users?.remarks ?? [],
    ],
    keysInPaths: known.some(({ inPath }) => inPath),
    async authenticate(bearer, pathKey) {
      if (pathKey !== undefined) return findKey(known.filter(({ inPath }) => inPath), pathKey)?.caller;
      if (bearer === undefined) return undefined;
      return findKey(known, bearer)?.caller ?? await users?.findByJwt(bearer);
    },
  };
}
