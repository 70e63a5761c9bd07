import type { Caller } from "./access/access.ts";
import { allowsProject, decide, EVERYTHING, type Refusal } from "./access/grant.ts";
import { tokenOf } from "../build/build.ts";
import type { CheckedService } from "../build/services.ts";
import { as006 } from "../build/as006.ts";
import type { Seconds } from "../formats/common.ts";
import { findProject, type Project, projectOf } from "./projects.ts";
import { AgoraTokenError } from "../errors.ts";
import { packToken, type Token } from "../formats/pack.ts";
import { onlyServable } from "../build/servable.ts";
import { DEFAULT_EXPIRE } from "./values.ts";

/** What a request asks for: one token. */
export interface Wish {
  /** Its life in seconds, if one is asked for. */
  expire?: Seconds | undefined;
  /** Its life where none is asked for, if the caller may have it so long; 3600 if omitted. */
  usual?: Seconds;
  services: readonly CheckedService[];
}

/** Who asks, and what of it the log will tell. */
export interface Asker {
  /** The caller; where callers are not authenticated, it stands for everyone. */
  readonly caller: Omit<Caller, "id">;
  /** The project that was asked for. */
  appId?: string | undefined;
  /** What a refusal was about. */
  reason?: Refusal;
}

/** Everyone, who may have every token, those for the whole app where they are allowed. */
export function everyone(appLevel = false): Asker {
  return { caller: { grant: { ...EVERYTHING, appLevel }, placeholders: {} } };
}

/**
 * Makes a token for a project, held to the documented rules and to the caller's grant: the one place in which the server makes
 * tokens.
 *
 * @returns The token, and what it is: its life in seconds, and the Unix times of its making and its end.
 * @throws {AgoraTokenError} For a wish against the rules; `forbidden`, without saying why, for one beyond the grant.
 */
export async function mint(
  { appId, appCertificate }: Project,
  { expire: asked, usual = DEFAULT_EXPIRE, services }: Wish,
  version: "007" | "006",
  asker: Asker,
): Promise<{ token: string; version: "007" | "006"; appId: string; issueTs: Seconds; expire: Seconds; expiresAt: Seconds }> {
  asker.appId = appId;
  const { grant, placeholders } = asker.caller;
  const expire = asked === undefined ? Math.min(usual, grant.maxExpire) : asked;
  const checked = tokenOf({ appId, expire }, services);
  const { issueTs } = checked;
  onlyServable(checked.services);
  const refusal = decide(grant, placeholders, checked, version);
  if (refusal !== undefined) throw forbidden(refusal, asker);
  const token: Token = version === "007" ? checked : as006(checked);
  return { token: await packToken(token, appCertificate), version, appId, issueTs, expire, expiresAt: issueTs + expire };
}

/**
 * The project that a request names, or the first. To a caller whose grant is for some projects, all others are alike, whether
 * they are here or not.
 */
export function projectFor(projects: readonly Project[], appId: unknown, asker: Asker): Project {
  if (typeof appId === "string" && !allowsProject(asker.caller.grant, appId)) {
    asker.appId = findProject(projects, appId)?.appId;
    throw forbidden("appIds", asker);
  }
  return projectOf(projects, appId);
}

function forbidden(refusal: Refusal, asker: Asker): AgoraTokenError {
  asker.reason = refusal;
  const what = refusal === "appLevel" && !("id" in asker.caller) ? "tokens for the whole app" : "this token for this caller";
  return new AgoraTokenError("forbidden", `This server does not make ${what}`, { field: "services" });
}
