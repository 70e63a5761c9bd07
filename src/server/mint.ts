import type { Caller } from "./access/caller.ts";
import { allowsProject, decide, type Refusal } from "./access/grant.ts";
import { tokenOf } from "../build/build.ts";
import type { CheckedService } from "../build/services.ts";
import { as006 } from "../build/as006.ts";
import type { Seconds, UnixSeconds } from "../formats/common.ts";
import { findProject, type Project } from "./projects.ts";
import { AgoraTokenError } from "../errors.ts";
import { string } from "../validate.ts";
import { pack007 } from "../formats/access_token2/pack.ts";
import { packToken } from "../formats/pack.ts";
import { engine } from "../runtime/choose.ts";
import { type Awaitable, chain } from "../runtime/engine.ts";
import { onlyServable } from "../build/servable.ts";

/** The lifetime of a token where neither the request nor the contract names one. */
export const DEFAULT_EXPIRE: Seconds = 3600;

/** One token that a request asks for. */
export interface MintRequest {
  /** Its lifetime, if the request names one. */
  expire?: Seconds | undefined;
  /** Its lifetime if the request names none, cut to what the caller may have; 3600 if omitted. */
  defaultExpire?: Seconds;
  services: readonly CheckedService[];
}

/** A token that was made. */
export interface Mint {
  readonly token: string;
  readonly version: "007" | "006";
  /** Its project. */
  readonly appId: string;
  /** When it was made, in Unix seconds. */
  readonly issueTs: UnixSeconds;
  /** Its lifetime. */
  readonly expire: Seconds;
  /** When it ends, in Unix seconds. */
  readonly expiresAt: UnixSeconds;
}

/** Who makes a request, and what the log will say of it. */
export interface CallContext {
  /** The caller; where callers are not authenticated, one without an id that stands for everyone. */
  caller: Omit<Caller, "id"> & { readonly id?: string };
  /** The project that was asked for. */
  appId?: string | undefined;
  /** The field of the grant that a refusal was about. */
  reason?: Refusal;
}

/**
 * Makes a token for a project, held to the documented rules and to the caller's grant: the one place in which the server makes
 * tokens.
 *
 * @returns The token, and what it is; at once where the engine is synchronous, since waiting for each takes time.
 * @throws {AgoraTokenError} For a request against the rules; `forbidden`, without saying why, for one beyond the grant.
 */
export function mint(
  { appId, appCertificate }: Project,
  { expire: asked, defaultExpire = DEFAULT_EXPIRE, services }: MintRequest,
  version: "007" | "006",
  call: CallContext,
): Awaitable<Mint> {
  call.appId = appId;
  const { grant, placeholders } = call.caller;
  const expire = asked === undefined ? Math.min(defaultExpire, grant.maxExpire) : asked;
  const checked = tokenOf({ appId, expire }, services);
  onlyServable(checked.services);
  const refusal = decide(grant, placeholders, checked, version);
  if (refusal !== undefined) throw forbidden(refusal, call);
  const { issueTs } = checked;
  const packed = version === "007" ? pack007(checked, appCertificate, engine()) : packToken(as006(checked), appCertificate);
  return chain(packed, (token) => ({ token, version, appId, issueTs, expire, expiresAt: issueTs + expire }));
}

/**
 * The project that a request names, or the first. To a caller whose grant is for some projects, all others look alike, whether
 * the server has them or not.
 */
export function projectFor(projects: readonly Project[], appId: unknown, call: CallContext): Project {
  const project = appId === undefined ? projects[0] : findProject(projects, string("appId", appId));
  if (appId !== undefined && !allowsProject(call.caller.grant, appId as string)) {
    call.appId = project?.appId;
    throw forbidden("appIds", call);
  }
  if (project === undefined) throw new AgoraTokenError("invalid-value", "Unknown App ID", { field: "appId" });
  return project;
}

/** The refusal of what a grant does not allow: the answer does not say why, and the log says which field it was. */
export function forbidden(refusal: Refusal, call: CallContext): AgoraTokenError {
  call.reason = refusal;
  const isAnonymous = call.caller.id === undefined;
  if (refusal === "inspect") return new AgoraTokenError("forbidden", "This server inspects no tokens for this caller");
  const what = refusal === "appLevel" && isAnonymous ? "tokens for the whole app" : "this token for this caller";
  return new AgoraTokenError("forbidden", `This server does not make ${what}`, { field: "services" });
}
