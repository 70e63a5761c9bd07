import { AgoraTokenError } from "../errors.ts";
import type { Name, TokenView } from "../formats/view.ts";
import { type DiagnoseOptions, diagnoseToken } from "../inspect/diagnose.ts";
import type { Finding } from "../inspect/findings.ts";
import { findTokens } from "../inspect/find/find.ts";
import { readPasted } from "../inspect/find/pasted.ts";
import { inspectionOf } from "../inspect/inspect.ts";
import * as messages from "../inspect/messages/mod.ts";
import { utc } from "../inspect/words.ts";
import { defined, integer, invalidType, missing, refuse, string } from "../validate.ts";
import { explainWhiteboardToken, WHITEBOARD_RIGHTS } from "../whiteboard/mod.ts";
import { type Quote, quoting } from "./quoted.ts";
import type { Answer, Input, Known } from "./types.ts";

// The tools that read. What is not under `quoted` is text or numbers of our own.

/** The longest text that a tool takes, in characters: a long log. */
const MAX_TEXT = 1_048_576;

/** The longest name, in characters: also a token that was passed as a name. */
const MAX_NAME = 8192;

/** How many tokens, rights, privileges and findings an answer has: a token that was made for it has thousands. */
const MOST = 30;

/** `inspect`: what a token says. */
export async function inspectAnswer({ text, which }: Input, known: Known): Promise<Answer> {
  const pasted = tokenIn(text, which);
  if (isWhiteboard(pasted)) return whiteboardAnswer(pasted, known);
  const { read } = await readPasted(pasted, { maxText: MAX_TEXT });
  const { version, title, view, error, findings } = inspectionOf(read);
  const quote = quoting(known.certificates, [known.appId, view.appId]);
  if (version === undefined) return { isToken: false, quoted: quote(error!.message) };
  const rights = view.rights.slice(0, MOST).map(({ service, channel, room, user, privileges }) =>
    defined({
      service,
      channel: nameOf(channel, quote),
      room: nameOf(room, quote),
      user: nameOf(user, quote),
      privileges: privileges.slice(0, MOST).map(({ name, expiresAt }) => ({ name, ...timeOf("expires", expiresAt) })),
    })
  );
  return {
    isToken: error === undefined,
    version,
    title,
    appId: { quoted: quote(view.appId) },
    ...timeOf("issued", view.issuedAt),
    ...timeOf("expires", view.validity.expiresAt),
    rights,
    ...findingsOf(findings, quote),
    ...more("Rights", view.rights.length),
    signature: "not checked: diagnose checks it",
  };
}

/** `diagnose`: whether a token will work, and if not, why. */
export async function diagnoseAnswer({ text, which, ...given }: Input, known: Known): Promise<Answer> {
  const pasted = tokenIn(text, which);
  if (isWhiteboard(pasted)) {
    throw new AgoraTokenError(
      "unknown-format",
      "A token of the whiteboard is not diagnosed: inspect says what is wrong with it",
    );
  }
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== "string" || value.length <= MAX_NAME) continue;
    refuse(name, `at most ${MAX_NAME} characters`, `${value.length}`);
  }
  const { appId, certificates } = known;
  const options = {
    ...(appId === "" ? {} : { appId }),
    ...given,
    certificates,
    messages,
    maxText: MAX_TEXT,
  } as DiagnoseOptions;
  const { verdict, signature, findings, view, moreFindings = 0 } = await diagnoseToken(pasted, options);
  const quote = quoting(certificates, [appId, view?.appId ?? ""]);
  return { verdict, signature, ...findingsOf(findings, quote, moreFindings) };
}

/** `find`: where the tokens of a text are. */
// deno-lint-ignore require-await -- what it throws is the answer
export async function findAnswer({ text }: Input): Promise<Answer> {
  const found = findTokens(string("text", text), { maxText: MAX_TEXT });
  const tokens = found.slice(0, MOST).map(({ version, start, end, wrappings }, index) => {
    return { which: index + 1, version, start, end, wrappings };
  });
  return { tokens, ...more("Tokens", found.length) };
}

/** `explain`: what a message or number means. */
// deno-lint-ignore require-await -- what it throws is the answer
export async function explainAnswer({ text, number, sdk }: Input): Promise<Answer> {
  if (text === undefined && number === undefined) missing("text", "number");
  if (number !== undefined && typeof number !== "number") throw invalidType("number", "a number", number);
  const options = { ...defined({ sdk }), maxText: MAX_TEXT } as messages.ExplainOptions;
  const ofText = text === undefined ? [] : messages.explainError(string("text", text), options);
  const meanings = ofText.length > 0 || number === undefined ? ofText : messages.explainError(number, options);
  return { meanings: meanings.slice(0, MOST), ...more("Meanings", meanings.length) };
}

/** The text that is judged: of several tokens, the one that is named; one of the whiteboard without what is around it. */
function tokenIn(text: unknown, which: unknown): string {
  const given = string("text", text);
  if (which === undefined) {
    const [first] = given.includes("NETLESS") ? findTokens(given, { maxText: MAX_TEXT }) : [];
    return first?.version === "whiteboard" ? first.token : given;
  }
  const number = integer("which", which, 1, Number.MAX_SAFE_INTEGER);
  const found = findTokens(given, { maxText: MAX_TEXT });
  const token = found[number - 1]?.token;
  if (token !== undefined) return token;
  throw new AgoraTokenError("invalid-value", `"which" must be at most ${found.length}: so many tokens are in the text`);
}

function isWhiteboard(text: string): boolean {
  return /^\s*["']?NETLESS(SDK|ROOM|TASK)_/.test(text);
}

function nameOf(name: Name | undefined, quote: Quote): Answer | undefined {
  if (name === undefined) return undefined;
  const { kind } = name;
  return kind === "checksum" ? { kind, crc32: name.crc32 } : "value" in name ? { kind, quoted: quote(name.value) } : { kind };
}

/** A time as Unix seconds, and for people. */
function timeOf(name: "issued" | "expires", time: TokenView["issuedAt"]): Answer {
  return time === undefined ? {} : { [`${name}At`]: time, [name]: utc(time) };
}

/** What is shown of a finding: its message has names of the token. */
type Shown = Pick<Finding, "severity" | "message" | "advice" | "sdkError"> & { readonly code: string };

function findingsOf(findings: readonly Shown[], quote: Quote, left = 0): Answer {
  const shown = findings.slice(0, MOST).map(({ code, severity, message, advice, sdkError }) =>
    defined({ code, severity, quoted: quote(message), advice, sdkError })
  );
  return { findings: shown, ...more("Findings", findings.length + left) };
}

/** How many are left out, as `moreFindings`. */
function more(what: string, count: number): Answer {
  return count > MOST ? { [`more${what}`]: count - MOST } : {};
}

/** `inspect` of a token of the whiteboard, without its signature. */
function whiteboardAnswer(text: string, { certificates }: Known): Answer {
  const { token, issuedAt, rights, findings } = explainWhiteboardToken(text);
  const quote = quoting(certificates, [token?.uuid ?? ""]); // a room's id has the form of a certificate
  return defined({
    isToken: token !== undefined,
    version: "whiteboard",
    kind: token?.kind,
    role: token?.role,
    room: token?.uuid === undefined ? undefined : { quoted: quote(token.uuid) },
    issuedAtMilliseconds: issuedAt,
    expiresAtMilliseconds: token?.expireAt,
    rights: rights.map((right) => WHITEBOARD_RIGHTS[right]),
    ...findingsOf(findings, quote),
    signature: "not checked: it takes the project's secret key",
  });
}
