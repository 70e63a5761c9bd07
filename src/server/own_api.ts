import { allowsProject } from "./access/grant.ts";
import { bounded } from "./bounded.ts";
import { authorizationHeader, FOR_HEADER, isForHeader } from "../build/authorization.ts";
import { type CheckedService, serviceFrom } from "../build/services.ts";
import { type Project, projectCertificates } from "./projects.ts";
import type { DiagnoseOptions } from "../inspect/diagnose.ts";
import { reportOf } from "../inspect/report.ts";
import { boolean, missing, onlyKeys, record, refuse, renamed, string, withPrefix } from "../validate.ts";
import { checkedVersion } from "./options.ts";
import type { OwnRoute } from "./contracts/types.ts";
import { listOf } from "./fields.ts";
import { type CallContext, forbidden, mint, projectFor } from "./mint.ts";
import { drawn, grantedUser, type User } from "./users.ts";

// The answers of our own API.

/** `POST /v1/tokens`: one token for an object, a list of tokens for a list. */
export const tokensAnswer: OwnRoute["answer"] = async (body, { projects }, call) => {
  if (!Array.isArray(body)) return await tokenAnswer(record("body", body), projects, call);
  if (body.length === 0 || body.length > 100) refuse("body", "a list of 1 to 100 requests", `${body.length}`);
  const answers: unknown[] = [];
  for (const [index, entry] of body.entries()) {
    const path = `[${index}]`;
    const answer = tokenAnswer(record(path, entry), projects, call);
    answers.push(await answer.catch((error) => Promise.reject(withPrefix(error, path))));
  }
  return answers;
};

async function tokenAnswer(input: Record<string, unknown>, projects: readonly Project[], call: CallContext): Promise<unknown> {
  onlyKeys(input, ["services", "expire", "version", "appId", "header"]);
  const { services, expire, version = "007", appId, header = false } = input;
  const request = { expire: expire as number | undefined, services: listOf(serviceFrom)("services", services) };
  const format = checkedVersion("version", version);
  const headerOf = headerFor(header, request.services, format);
  const minted = await mint(projectFor(projects, appId, call), request, format, call);
  return { ...minted, ...headerOf(minted.token) };
}

/**
 * What is added to the answer to a request with `header: true`: the value of `Authorization` for a REST call.
 *
 * @throws {AgoraTokenError} For a token that no REST API of Agora is documented to take so: docs/which-credential.md, “The header of a REST call”.
 */
function headerFor(wanted: unknown, services: readonly CheckedService[], version: "007" | "006"): (token: string) => object {
  if (!boolean("header", wanted)) return () => ({});
  if (version !== "007") refuse("header", "false for a 006: no REST API is documented to take it in a header");
  if (!isForHeader(services)) refuse("header", `false, or the request for ${FOR_HEADER}`);
  return (token) => ({ header: authorizationHeader(token) });
}

/** `POST /v1/tokens/rtc`: a token for a channel, and for RTM where that is wanted; it draws a uid where no user is named. */
export const rtcAnswer: OwnRoute["answer"] = async (body, { projects }, call) => {
  const input = record("body", body);
  onlyKeys(input, ["channelName", "uid", "account", "role", "rtm", "expire", "appId", "header"]);
  const { channelName, uid, account, rtm = false, expire, header = false } = input;
  const { grant } = call.caller;
  const mayPublish = grant.roles.some((role) => role === "*" || role === "publisher");
  const { role = mayPublish ? "publisher" : "subscriber" } = input;
  const user: { uid?: unknown; account?: unknown } = uid === undefined && account === undefined
    ? userFor(call.caller)
    : { uid, account };
  try {
    const services = [serviceFrom("", { type: "rtc", channelName, ...user, role })];
    if (boolean("rtm", rtm)) services.push(serviceFrom("", { type: "rtm", userId: String(user.uid ?? user.account) }));
    const request = { expire: expire as number | undefined, services };
    const headerOf = headerFor(header, services, "007");
    const { token, appId, expiresAt } = await mint(projectFor(projects, input.appId, call), request, "007", call);
    return { token, appId, channelName, ...user, expiresAt, ...headerOf(token) };
  } catch (error) {
    const name = user.account === undefined ? "uid" : "account";
    throw renamed(error, (field) => field.replace(/^services\[\d\]\./, "").replace(/^(userId|uid)$/, name));
  }
};

/** The user of a request that names none: that of the caller's grant, or a uid that is drawn. */
function userFor(caller: CallContext["caller"]): User {
  const user = grantedUser(caller);
  if (user === undefined && !caller.grant.users.includes("*")) missing("uid", "account");
  return user ?? { uid: drawn(1, 0x7fffffff) }; // all SDKs take it, also those whose integers have a sign
}

/** The longest text that is searched for a token, in characters. */
const LONGEST_TOKEN = 8192;

/** `POST /v1/tokens/inspect`. The bounds are far above what real tokens need: 8 KiB of text, 16 KiB of content, and 100 findings. */
export const inspectAnswer: OwnRoute["answer"] = async (body, { projects }, call) => {
  if (!call.caller.grant.inspect) throw forbidden("inspect", call);
  const input = record("body", body);
  onlyKeys(input, ["token", "appCertificate", "appId", "channelName", "uid", "account", "service", "intent"]);
  const granted = projects.filter(({ appId }) => allowsProject(call.caller.grant, appId));
  const { token, appCertificate = (appId: string) => projectCertificates(granted, appId), ...known } = input;
  if (Array.isArray(appCertificate) && appCertificate.length > 10) {
    refuse("appCertificate", "10 certificates at most", `${appCertificate.length}`); // each is tried
  }
  if (string("token", token).length > LONGEST_TOKEN) {
    refuse("token", `at most ${LONGEST_TOKEN} characters`, `${(token as string).length}`);
  }
  try {
    // Loaded with the first inspection, so that a server that only makes tokens does not pay for the table.
    const messages = await import("../inspect/messages/mod.ts");
    const options = {
      ...known,
      certificates: appCertificate,
      maxText: LONGEST_TOKEN,
      maxPayload: 16_384,
      messages,
    } as DiagnoseOptions;
    return bounded(await reportOf(token as string, options));
  } catch (error) {
    throw renamed(error, (field) => field.replace(/^certificates/, "appCertificate"));
  }
};
