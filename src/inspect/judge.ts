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
import { type Awaitable, chain } from "../runtime/engine.ts";
import { type Certificates, certificatesFor, checkSignature, type SignatureCheck } from "./signature.ts";
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
 * The one judgement over a text: every rule once, and what follows from them. It is given at once, unless the engine, the lookup of
 * the certificates or an explanation takes time.
 *
 * @param read The text as it was read.
 * @param known What it is held to.
 * @param certificates Those that may have made it.
 */
export function judge(
  read: Read,
  known: Partial<Expected>,
  certificates: Certificates,
  how: Explain = {},
): Awaitable<Verification> {
  const given = how.explain ? uidIn32Bits(known) : { known, found: NONE };
  const expected = checkedExpected(given.known);
  const { format, reading: { token, error } } = read;
  return chain(
    certificatesFor(error === undefined ? token.appId : undefined, certificates),
    (list): Awaitable<Verification> => {
      const subject: Subject = { read, expected, certificates: list, how };
      if (format === undefined || error !== undefined) return unreadable(subject, error!);
      return judgeToken(subject, token as ParsedToken, given.found);
    },
  );
}

const NONE: readonly Observation[] = [];

/** What is judged. */
interface Subject {
  readonly read: Read;
  readonly expected: Expected;
  readonly certificates: readonly string[];
  readonly how: Explain;
}

/** The judgement over a token: its signature first, then all other rules. */
function judgeToken(subject: Subject, token: ParsedToken, known: readonly Observation[]): Awaitable<Verification> {
  const { expected, certificates, how: { explain = false } } = subject;
  const view = viewToken(token);
  const isTried = explain && subject.read.reading.bytes.length <= LARGEST_TRIED;
  return chain(checkSignature(token, view, certificates, expected, isTried), (check) => {
    if (check.signature === "valid") return verification(subject, token, view, check, known, undefined);
    const made = homemadeSignature(token, view, certificates, expected, explain);
    return chain(made, (made) => verification(subject, token, view, check, known, made));
  });
}

/** What follows from a signature, and from all other rules. */
function verification(
  subject: Subject,
  token: ParsedToken,
  view: TokenView,
  { signature, certificateIndex, observations }: SignatureCheck,
  known: readonly Observation[],
  made: Observation | undefined,
): GoodToken | DoubtfulToken {
  const { read, expected, how: { wrapped = NONE } } = subject;
  const found = observations;
  for (const one of known) found.push(one);
  validityAt(view, expected, found);
  lifetimes(view, found);
  purposeNames(view, expected, found);
  binding(view, expected, found);
  rights(view, expected, found);
  form(token, read.reading.isUnordered, found);
  for (const one of wrapped) found.push(one);
  // Code that signs wrongly is the one cause, whatever follows from it.
  const causes = made === undefined ? found : [made, ...found.filter((one) => !isConsequence(made, one))];
  const { isOpen, ...said } = conclude(subject, causes, view);
  if (signature === "valid" && !isOpen) {
    return { ok: true, signature, certificateIndex: certificateIndex!, token, view, ...said };
  }
  const index = certificateIndex === undefined ? {} : { certificateIndex };
  return { ok: false, signature, ...index, token, view, ...said };
}

/** The judgement over a text that is no token. */
async function unreadable({ read, expected, certificates, how }: Subject, error: AgoraTokenError): Promise<UnreadableToken> {
  const found = await explainText(read, error, { ...expected, certificates }, how.explain ?? false);
  const first = read.format === undefined ? asMessage(read.text, found, how.messages) : found;
  const { findings } = conclude({ read, expected, certificates, how }, [first, ...how.wrapped ?? []]);
  return { ok: false, signature: "uncheckable", findings, error };
}

/** What the observations say, the worst first, and whether one of them keeps the token from working or leaves that open. */
function conclude({ read, expected, certificates, how }: Subject, observations: Observation[], view?: TokenView) {
  if (observations.length === 0) return { findings: [], isOpen: false };
  const sdk = sdkView(view, expected, how.messages);
  const some = fewOfEach(observations);
  const all = worstFirst(some.map((found) => withoutSecrets(found, certificates)));
  const findings = located(all.slice(0, MOST_FINDINGS), read.spans).map((found) => rendered(found, sdk));
  const moreFindings = observations.length - some.length + all.length - findings.length;
  return { findings, isOpen: all.some(keepsFromWorking), ...(moreFindings > 0 ? { moreFindings } : {}) };
}

/** Whether an observation keeps a token from working, or leaves open whether it does. */
function keepsFromWorking(found: Observation): boolean {
  return severityOf(found) === "error" || FINDINGS[found.code].leavesOpen === true;
}

/** A verification with its verdict. */
export function diagnosed(verification: Verification): Diagnosis {
  return { ...verification, verdict: verdictOf(verification) } as Diagnosis;
}

/** Whether a token will work, by what was found. */
export function verdictOf({ ok, error, findings }: Verification): Diagnosis["verdict"] {
  if (ok) return "works";
  return error !== undefined || findings.some(({ severity }) => severity === "error") ? "fails" : "unknown";
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
