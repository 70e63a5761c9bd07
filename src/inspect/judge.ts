import type { AgoraTokenError } from "../errors.ts";
import type { ParsedToken } from "../formats/detect.ts";
import { type TokenView, viewToken } from "../formats/view.ts";
import { type Awaitable, chain } from "../runtime/engine.ts";
import { conclude, type Judged } from "./conclusion.ts";
import { checkedExpected, type Expected } from "./expected.ts";
import type { Finding, Observation } from "./findings.ts";
import type { Read } from "./parse.ts";
import { binding, uidIn32Bits } from "./rules/binding.ts";
import { form } from "./rules/form.ts";
import { purposeNames } from "./rules/purpose.ts";
import { rights } from "./rules/rights.ts";
import { lifetimes, validityAt } from "./rules/validity.ts";
import { asMessage, type MessageTable } from "./sdk.ts";
import { type Certificates, certificatesFor, checkSignature, type SignatureCheck } from "./signature.ts";
import { explainText } from "./text/explain.ts";
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

/** What is judged, and how. */
interface Subject extends Judged {
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

/** The same with whether the token will work, by what was found. */
export function withVerdict(verification: Verification): Diagnosis {
  const { ok, error, findings } = verification;
  const fails = error !== undefined || findings.some(({ severity }) => severity === "error");
  return { ...verification, verdict: ok ? "works" : fails ? "fails" : "unknown" } as Diagnosis;
}
