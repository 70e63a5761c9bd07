import { authorizationHeader, isForHeader } from "../build/authorization.ts";
import { type CheckedService, serviceFrom } from "../build/services.ts";
import { AgoraTokenError } from "../errors.ts";
import { rowOf } from "../formats/access_token2/services.ts";
import type { Service } from "../formats/access_token2/types.ts";
import type { Seconds } from "../formats/common.ts";
import { utc } from "../inspect/words.ts";
import type { CallContext } from "../server/mint.ts";
import { mint } from "../server/mint.ts";
import { grantChecks } from "../server/access/grant_from.ts";
import type { Grant } from "../server/access/grant.ts";
import { type Checks, fieldsFrom, listOf } from "../server/fields.ts";
import { all } from "../server/problems.ts";
import type { Credentials } from "../server/projects.ts";
import { integer, onlyKeys, record } from "../validate.ts";
import type { Answer, Input } from "./types.ts";

// The tool that makes tokens, where it is allowed.

/** Which tokens `build` may make: a grant of the token server without what a model should not have. */
export interface McpGrant {
  /** The services. */
  readonly services: readonly Service["type"][];
  /** Patterns of channels and rooms: `*` stands for any text. A token still names those it is for. */
  readonly channels: readonly string[];
  /** Patterns of uids, accounts and user ids. A token still names those it is for. */
  readonly users: readonly string[];
  /** `"publisher"`, `"subscriber"`, the numbers of APaaS roles; `"*"` for all. */
  readonly roles: readonly ("publisher" | "subscriber" | "*" | number)[];
  /** The longest lifetime: 1 to 3600 seconds; 3600 if omitted. */
  readonly maxExpire?: Seconds;
}

/** The longest lifetime of a token that a model may have: an hour. */
const LONGEST: Seconds = 3600;

const { services, channels, users, roles } = /* @__PURE__ */ grantChecks([]);
const CHECKS: Checks<Omit<Grant, "appIds" | "wildcards" | "appLevel" | "inspect">> = {
  services,
  channels,
  users,
  roles,
  maxExpire: (path, value) => integer(path, value, 1, LONGEST),
};

/**
 * Reads a grant. `wildcards` and `appLevel` are no fields of it: no token is for everybody or for the whole app.
 *
 * @throws {AgoraTokenError} With everything that is wrong in `problems`.
 */
export function grantFrom(data: unknown): Grant {
  return fieldsFrom("grant.", record("grant", data), CHECKS, { maxExpire: LONGEST }, all);
}

/** `build`: one token for the project, within the grant, as the token server makes it. */
export async function buildAnswer(input: Input, project: Credentials, grant: Grant): Promise<Answer> {
  onlyKeys(input, ["services", "expire"]);
  const request = {
    expire: input.expire as Seconds | undefined,
    services: listOf(serviceFrom)("services", input.services),
  };
  if (request.services.some(({ type }) => type === "fpa") || !request.services.some(namesSomebody)) {
    const message = "This MCP server makes no token that names nobody: none with FPA, none for ConvoAI or speech to text alone";
    throw new AgoraTokenError("forbidden", message, { field: "services" });
  }
  const call: CallContext = { caller: { grant, placeholders: {} } };
  try {
    const { token, expire, expiresAt } = await mint(project, request, "007", call);
    const header = isForHeader(request.services) ? { authorization: authorizationHeader(token) } : {};
    return { token, ...header, expire, expiresAt, expires: utc(expiresAt) };
  } catch (error) {
    if (call.reason === undefined) throw error;
    const message = `The grant of this MCP server does not allow it: ${REASONS[call.reason]}`;
    throw new AgoraTokenError("forbidden", message, { field: call.reason });
  }
}

/** Whether a service has a channel, room or user. Where none has one, as ConvoAI alone, the token is anybody's. */
function namesSomebody({ type }: CheckedService): boolean {
  return (rowOf(type)?.fields ?? []).length > 0;
}

/** What in a grant can refuse, in words; its owner may widen it. */
const REASONS: Readonly<Record<NonNullable<CallContext["reason"]>, string>> = {
  appIds: "it is for another project",
  services: 'a service is not in its "services"',
  channels: 'the channel or room does not fit its "channels"',
  users: 'the user does not fit its "users"',
  roles: 'the role is not in its "roles"',
  maxExpire: 'the lifetime is longer than its "maxExpire"',
  wildcards: "every channel and user in a token is named; none is for everybody, and uid 0 is everybody",
  appLevel: "no token is for the whole app",
  inspect: "it inspects nothing",
};
