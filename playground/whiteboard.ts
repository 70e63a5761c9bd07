import { AgoraTokenError } from "../mod.ts";
import { visible } from "../src/inspect/words.ts";
import { explainWhiteboardToken, verifyWhiteboardToken, type WhiteboardExplanation } from "../src/whiteboard/mod.ts";
import { type Envelope, readEnvelope } from "../src/whiteboard/read.ts";
import type { ShownDiagnosis, ShownFinding, WhiteboardInspection } from "./shown.ts";
import { language, T } from "./language.ts";
import { shortened } from "./who.ts";

// Whiteboard tokens in the form in which the page shows all tokens.

/** A whiteboard token in a text that has no other, whole or not. */
export function whiteboardIn(text: string): string | undefined {
  return /NETLESS(?:SDK|ROOM|TASK)_[\w+/-]{16,}={0,2}/.exec(text)?.[0];
}

/** The paths of its fields on the page. */
const PATHS: Readonly<Record<string, string>> = {
  ak: "accessKey",
  expireAt: "expireAt",
  nonce: "nonce",
  role: "role",
  sig: "signature",
  uuid: "uuid",
};

const pathOf = (key: string) => Object.hasOwn(PATHS, key) ? PATHS[key]! : `whiteboard.${visible(key)}`;

/**
 * Reads a whiteboard token.
 *
 * @param secretKey The secret key that may have made it; empty if it is not known.
 * @param asOf The time for which it is judged, in Unix seconds; the present if omitted.
 */
export async function readWhiteboard(
  text: string,
  secretKey: string,
  asOf: number | undefined,
): Promise<{ inspection: WhiteboardInspection; diagnosis: ShownDiagnosis }> {
  const options = asOf === undefined ? {} : { now: 1000 * asOf };
  const explanation = secretKey === ""
    ? { ok: false, signature: "uncheckable" as const, ...explainWhiteboardToken(text, options) }
    : await verifyWhiteboardToken(text, { ...options, secretKey });
  const inspection = inspectWhiteboard(text, explanation);
  const { ok, signature } = explanation;
  const findings = explanation.findings.map(language.whiteboard).map((finding): ShownFinding => {
    const path = finding.field === undefined ? undefined : pathOf(finding.field);
    const span = inspection.spans.find((span) => span.path === path);
    return { ...finding, ...(span === undefined ? { field: undefined } : { field: span.path, span }) } as ShownFinding;
  });
  const fails = findings.some(({ severity }) => severity === "error");
  const isOtherwise = findings.some(({ code }) => code === "signed-otherwise");
  if (secretKey === "") {
    findings.push({
      code: "certificate-missing",
      severity: "warning",
      message: T.whiteboard.verdicts.needsCertificate,
      params: {},
    });
  }
  return {
    inspection,
    diagnosis: {
      ok,
      verdict: ok ? "works" : fails ? "fails" : "unknown",
      signature: isOtherwise ? "valid" : signature,
      findings,
    },
  };
}

/** What can be seen in a whiteboard token. */
export function inspectWhiteboard(
  text: string,
  { issuedAt, rights }: Pick<WhiteboardExplanation, "issuedAt" | "rights"> = explainWhiteboardToken(text),
): WhiteboardInspection {
  const validity: WhiteboardInspection["view"]["validity"] = { path: "expireAt" };
  const view: WhiteboardInspection["view"] = {
    appId: "",
    counts: "unix-time",
    validity,
    rights: [],
    keyName: T.whiteboard.accessKey,
  };
  const prefix = text.slice(0, text.indexOf("_") + 1);
  const kind = prefix.slice("NETLESS".length, -1).toLowerCase() as Envelope["kind"];
  const common = { version: "whiteboard", title: T.whiteboard.titles[kind], view } as const;
  let envelope: Envelope;
  try {
    envelope = readEnvelope(text);
  } catch (error) {
    if (!(error instanceof AgoraTokenError)) throw error;
    return { ...common, bytes: new Uint8Array(), spans: [], meanings: {}, error };
  }
  const { fields } = envelope;
  const expireAt = fields.get("expireAt") ?? "";
  if (/^\d{13}$/.test(expireAt)) {
    validity.raw = Number(expireAt);
    validity.expiresAt = Math.ceil(validity.raw / 1000);
  }
  if (issuedAt !== undefined) view.issuedAt = Math.floor(issuedAt / 1000);
  view.appId = fields.get("ak") ?? "";
  const [uuid, digit = ""] = [fields.get("uuid"), fields.get("role")];
  const role = Object.hasOwn(T.whiteboard.roles, digit) ? T.whiteboard.roles[digit] : undefined;
  const isNamed = uuid !== undefined && kind !== "sdk";
  view.rights.push({
    service: T.whiteboard.service,
    path: "role",
    names: [
      kind === "sdk" ? T.who.wholeApp : T.whiteboard.names[kind](shortened(uuid ?? "")),
      ...(role === undefined ? [] : [role]),
    ],
    ...(isNamed ? { room: { kind: "text", value: uuid, path: "uuid" } } : {}),
    privileges: rights.map((right) => ({ name: T.whiteboard.rights[right], path: "role" })),
  });
  const { bytes, spans } = spansOf(prefix, text, envelope);
  return { ...common, bytes, spans, meanings: { ...T.whiteboard.meanings, role: role ?? "" } };
}

/** The bytes of a token: its prefix, and what its base64 decodes to; and where each key with its value stands in them. */
function spansOf(
  prefix: string,
  text: string,
  { fields, signature = "" }: Envelope,
): Pick<WhiteboardInspection, "bytes" | "spans"> {
  const query = atob(text.slice(prefix.length).replaceAll("-", "+").replaceAll("_", "/").replaceAll("=", ""));
  const spans: WhiteboardInspection["spans"] = [{
    path: "prefix",
    type: "chars",
    start: 0,
    end: prefix.length,
    value: prefix,
  }];
  let start = prefix.length;
  for (const pair of query.match(/[^&]*&|[^&]+$/g) ?? []) {
    const key = decodeURIComponent(/^[^=&]*/.exec(pair)![0]);
    const value = key === "sig" ? signature : fields.get(key) ?? "";
    const type = key === "sig" || /^\d+$/.test(value) ? "chars" : "str";
    spans.push({ path: pathOf(key), type, start, end: start += pair.length, value });
  }
  return { bytes: Uint8Array.from(prefix + query, (character) => character.charCodeAt(0)), spans };
}
