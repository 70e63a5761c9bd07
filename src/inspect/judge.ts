import type { AgoraTokenError } from "../errors.ts";
import type { ParsedToken } from "../formats/detect.ts";
import { type TokenView, viewToken } from "../formats/view.ts";
import { rendered } from "./catalogue.ts";
import { checkedExpected, type Expected } from "./expected.ts";
import { type Finding, FINDINGS, type Observation, type Severity, severityOf } from "./findings.ts";
import { located } from "./inspect.ts";
import type { Read } from "./parse.ts";
import { binding } from "./rules/binding.ts";
import { form } from "./rules/form.ts";
import { rights } from "./rules/rights.ts";
import { explainText } from "./rules/text.ts";
import { lifetimes, validityAt } from "./rules/validity.ts";
import { asMessage, type MessageTable, sdkView } from "./sdk.ts";
import { type Certificates, certificatesFor, checkSignature } from "./signature.ts";

/** A token that could be read. */
export interface ReadToken {
  /** The token. */
  token: ParsedToken;
  /** Who may do what with it, where, and until when. */
  view: TokenView;
  /** What there is to say, the worst first. */
  findings: Finding[];
  /** Absent: it could be read. */
  error?: undefined;
}

/** A token that a certificate made, that is valid now, and that agrees with everything given. */
export interface GoodToken extends ReadToken {
  /** Nothing speaks against it. */
  ok: true;
  /** A certificate made it. */
  signature: "valid";
  /** The certificate that made it, by its place among those given. */
  certificateIndex: number;
}

/** A token that could be read, and of which something is wrong, or not known. */
export interface DoubtfulToken extends ReadToken {
  /** Something is wrong, or not known: see the findings. */
  ok: false;
  /**
   * Whether a certificate made it; `uncheckable` where something is missing that the answer needs, and where the names given
   * cannot be those that were signed.
   */
  signature: "valid" | "invalid" | "uncheckable";
  /** The certificate that made it, by its place among those given, where one did. */
  certificateIndex?: number;
}

/** A text that is not a whole token. */
export interface UnreadableToken extends Partial<Record<"token" | "view" | "certificateIndex", undefined>> {
  /** It is no token. */
  ok: false;
  /** There is no signature that could be checked. */
  signature: "uncheckable";
  /** What the text is instead, or where it breaks. */
  findings: Finding[];
  /** Why it could not be read. */
  error: AgoraTokenError;
}

/** What a verification found: distinguished by `ok`, `token` or `error`. */
export type Verification = GoodToken | DoubtfulToken | UnreadableToken;

/**
 * Whether a token will work, and why not: distinguished by `verdict`, `ok`, `token` or `error`. The verdict is `works` where the
 * token is `ok`, `fails` where something keeps it from working, and `unknown` where too little is known.
 */
export type Diagnosis =
  | GoodToken & { verdict: "works" }
  | DoubtfulToken & { verdict: "fails" | "unknown" }
  | UnreadableToken & { verdict: "fails" };

/**
 * The one judgement over a text: every rule once, and what follows from them.
 *
 * @param read The text as it was read.
 * @param known What it is held to.
 * @param certificates Those that may have made it.
 * @param more The messages of SDKs, where they are known, and what is wrong with the text around the token.
 */
export async function judge(
  read: Read,
  known: Partial<Expected>,
  certificates: Certificates,
  { messages, wrapped = [] }: { messages?: MessageTable | undefined; wrapped?: readonly Observation[] } = {},
): Promise<Diagnosis> {
  const { format, reading: { token, error }, spans } = read;
  const expected = checkedExpected(known);
  const list = await certificatesFor(error === undefined ? token.appId : undefined, certificates);
  const conclude = (observations: Observation[], view?: TokenView) => {
    const sdk = sdkView(view, expected, messages);
    return located(worstFirst(observations), spans).map((found) => rendered(found, sdk));
  };
  if (format === undefined || error !== undefined) {
    const found = explainText(read, error!, { appId: expected.appId, certificates: list });
    const findings = conclude([format === undefined ? asMessage(read.text, found, messages) : found, ...wrapped]);
    return { ok: false, signature: "uncheckable", verdict: "fails", findings, error: error! };
  }
  const parsed = token as ParsedToken;
  const view = viewToken(parsed);
  const { signature, certificateIndex, observations } = await checkSignature(parsed, view, list, expected);
  const findings = conclude([
    ...observations,
    ...validityAt(view, expected),
    ...lifetimes(view),
    ...binding(view, expected),
    ...rights(view, expected),
    ...form(parsed),
    ...wrapped,
  ], view);
  const judged = { token: parsed, view, findings };
  const fails = findings.some(({ severity }) => severity === "error");
  const isOpen = findings.some(({ code }) => FINDINGS[code].leavesOpen);
  if (signature === "valid" && !fails && !isOpen) {
    return { ok: true, signature, certificateIndex: certificateIndex!, verdict: "works", ...judged };
  }
  const index = certificateIndex === undefined ? {} : { certificateIndex };
  return { ok: false, signature, ...index, verdict: fails ? "fails" : "unknown", ...judged };
}

/** The worst first; of those of one kind at one place, the first, which says most. */
function worstFirst(observations: readonly Observation[]): Observation[] {
  const order: readonly Severity[] = ["error", "warning", "info"];
  const unique = new Map<string, Observation>();
  for (const found of observations) {
    const { expected, privilege } = found.params as { expected?: unknown; privilege?: string };
    const place = JSON.stringify([found.code, found.field, expected, found.field === undefined ? privilege : undefined]);
    if (!unique.has(place)) unique.set(place, found);
  }
  return [...unique.values()].sort((a, b) => order.indexOf(severityOf(a)) - order.indexOf(severityOf(b)));
}
