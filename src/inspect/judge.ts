import type { AgoraTokenError } from "../errors.ts";
import type { ParsedToken } from "../formats/detect.ts";
import { type TokenView, viewToken } from "../formats/view.ts";
import { isHexId } from "../validate.ts";
import { rendered } from "./catalogue.ts";
import { wrappedIds } from "./credentials.ts";
import { checkedExpected, type Expected } from "./expected.ts";
import { type Finding, FINDINGS, type Observation, placesOf, type Severity, severityOf } from "./findings.ts";
import { located } from "./inspect.ts";
import type { Read } from "./parse.ts";
import { binding, uidIn32Bits } from "./rules/binding.ts";
import { form } from "./rules/form.ts";
import { purposeNames } from "./rules/purpose.ts";
import { rights } from "./rules/rights.ts";
import { explainText } from "./text/explain.ts";
import { lifetimes, validityAt } from "./rules/validity.ts";
import { asMessage, type MessageTable, sdkView } from "./sdk.ts";
import { withoutTokens } from "./names.ts";
import { type Certificates, certificatesFor, checkSignature } from "./signature.ts";
import { homemadeSignature, isConsequence, LARGEST_TRIED } from "./text/wrong_chains.ts";

/** A token that could be read. */
export interface ReadToken {
  /** The token. */
  token: ParsedToken;
  /** Who may do what with it, where, and until when. */
  view: TokenView;
  /** What there is to say, the worst first: a hundred findings at most. */
  findings: Finding[];
  /** How many findings are left out, where some are. */
  moreFindings?: number;
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
  /** Absent: there are few. */
  moreFindings?: undefined;
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

/** How much a judgement is to find out. */
export interface Explain {
  /** Whether to find out why, at the cost of further signatures, where nothing fits. */
  readonly explain?: boolean;
  /** The messages of SDKs, where they are known. */
  readonly messages?: MessageTable | undefined;
  /** What is wrong with the text around the token. */
  readonly wrapped?: readonly Observation[];
}

/**
 * The one judgement over a text: every rule once, and what follows from them.
 *
 * @param read The text as it was read.
 * @param known What it is held to.
 * @param certificates Those that may have made it.
 */
export async function judge(
  read: Read,
  known: Partial<Expected>,
  certificates: Certificates,
  { explain = false, messages, wrapped = [] }: Explain = {},
): Promise<Diagnosis> {
  const { format, reading: { token, error, isUnordered }, spans } = read;
  const given = explain ? uidIn32Bits(known) : { known, found: [] };
  const expected = checkedExpected(given.known);
  const list = await certificatesFor(error === undefined ? token.appId : undefined, certificates);
  const conclude = (observations: Observation[], view?: TokenView) => {
    if (observations.length === 0) return { findings: [], more: 0, isOpen: false };
    const sdk = sdkView(view, expected, messages);
    const some = fewOfEach(observations);
    const all = worstFirst(some.map((found) => withoutSecrets(found, list)));
    const findings = located(all.slice(0, MOST_FINDINGS), spans).map((found) => rendered(found, sdk));
    const more = observations.length - some.length + all.length - findings.length;
    return { findings, more, isOpen: all.some(({ code }) => FINDINGS[code].leavesOpen) };
  };
  if (format === undefined || error !== undefined) {
    const found = await explainText(read, error!, { ...expected, certificates: list }, explain);
    const { findings } = conclude([format === undefined ? asMessage(read.text, found, messages) : found, ...wrapped]);
    return { ok: false, signature: "uncheckable", verdict: "fails", findings, error: error! };
  }
  const parsed = token as ParsedToken;
  const view = viewToken(parsed);
  const isTried = explain && read.reading.bytes.length <= LARGEST_TRIED;
  const { signature, certificateIndex, observations } = await checkSignature(parsed, view, list, expected, isTried);
  const made = await homemadeSignature(parsed, view, signature, list, expected, explain);
  const found = [
    ...observations,
    ...given.found,
    ...validityAt(view, expected),
    ...lifetimes(view),
    ...purposeNames(view, expected),
    ...binding(view, expected),
    ...rights(view, expected),
    ...form(parsed, isUnordered),
    ...wrapped,
  ];
  // Code that signs wrongly is the one cause, whatever follows from it.
  const { findings, more, isOpen } = conclude(
    made === undefined ? found : [made, ...found.filter((one) => !isConsequence(made, one))],
    view,
  );
  const judged = { token: parsed, view, findings, ...(more > 0 ? { moreFindings: more } : {}) };
  const fails = findings[0]?.severity === "error"; // the worst is the first
  if (signature === "valid" && !fails && !isOpen) {
    return { ok: true, signature, certificateIndex: certificateIndex!, verdict: "works", ...judged };
  }
  const index = certificateIndex === undefined ? {} : { certificateIndex };
  return { ok: false, signature, ...index, verdict: fails ? "fails" : "unknown", ...judged };
}

/** The most findings of a text. */
const MOST_FINDINGS = 100;

/** How many observations with one code and severity are looked at: of a forged token there may be one for every few bytes. */
const MOST_ALIKE = 1000;

/** The first observations of each code and severity. */
function fewOfEach(observations: Observation[]): Observation[] {
  if (observations.length <= MOST_ALIKE) return observations;
  const counts = new Map<string, number>();
  return observations.filter((found) => {
    const kind = `${found.code} ${severityOf(found)}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= MOST_ALIKE;
  });
}

/** No certificate, and no token, is shorter, in characters. */
const SHORTEST_SECRET = 32;

/** Without certificates and tokens that stand where a name belongs, as where arguments were exchanged: no finding repeats one. */
function withoutSecrets(found: Observation, certificates: readonly string[]): Observation {
  const before = JSON.stringify(found.params);
  if (before.length < SHORTEST_SECRET) return found;
  const ids = certificates.flatMap((certificate) => wrappedIds(certificate)?.inner ?? [certificate]).filter(isHexId);
  const withoutIds = (text: string) => ids.reduce((rest, id) => rest.replaceAll(new RegExp(id, "gi"), "…"), text);
  const shown = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(shown) : typeof value === "string" ? withoutTokens(withoutIds(value)) : value;
  const params = Object.fromEntries(Object.entries(found.params).map(([name, value]) => [name, shown(value)]));
  if (JSON.stringify(params) === before) return found;
  const { actual, expected } = found.params as { actual?: unknown; expected?: unknown };
  const isOfName = [actual, expected].some((name) => typeof name === "string" && withoutIds(name) !== name);
  if (!isOfName) return { ...found, params: params as never };
  // It is no account that stands against a uid.
  const isAccount = found.code === "uid-against-account";
  const code = isAccount ? "user-mismatch" : found.code;
  return { ...found, code, params: { ...params, ...(isAccount ? { by: "text" } : {}), difference: "certificate" } as never };
}

const CODES = /* @__PURE__ */ Object.keys(FINDINGS);

/** The worst first, and of one severity the causes first; each mistake once, with its places, and without what follows from it. */
function worstFirst(observations: readonly Observation[]): readonly Observation[] {
  if (observations.length < 2) return observations;
  const order: readonly Severity[] = ["error", "warning", "info"];
  const rank = (found: Observation) => order.indexOf(severityOf(found)) * CODES.length + CODES.indexOf(found.code);
  const explained = new Set(observations.flatMap(({ code }) => FINDINGS[code].explains ?? []));
  // A name that came to be another by mistake need not be a name that Agora allows.
  const mistaken = new Set(
    observations.flatMap(({ params, field }) => "difference" in params || "place" in params ? field ?? [] : []),
  );
  const seen = new Set<string>();
  const mistakes = new Map<string, { first: Observation; fields: Set<string> }>();
  for (const found of observations) {
    const { code, field, params } = found;
    // What is said twice of one field, and what is said of several.
    const place = "by" in params ? undefined : field;
    const said = JSON.stringify([code, place, field === undefined ? params : (params as { expected?: unknown }).expected]);
    if (explained.has(code) || seen.has(said) || code === "against-documented-rules" && mistaken.has(field!)) continue;
    seen.add(said);
    const mistake = JSON.stringify([code, { ...params, path: undefined }]);
    const { fields } = mistakes.get(mistake) ?? mistakes.set(mistake, { first: found, fields: new Set() }).get(mistake)!;
    if (field !== undefined) fields.add(field);
  }
  return [...mistakes.values()].map(({ first, fields }) =>
    fields.size > 1 ? { ...first, params: { ...first.params, ...placesOf([...fields]) } as never } : first
  ).sort((a, b) => rank(a) - rank(b));
}
