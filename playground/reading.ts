import { AgoraTokenError, type FindingParams, type FoundToken, inspectToken } from "../mod.ts";
import { inspectionOf } from "../src/inspect/inspect.ts";
import { judge, withVerdict } from "../src/inspect/judge.ts";
import { readPasted } from "../src/inspect/find/pasted.ts";
import { SDK_WARNS_BEFORE } from "../src/inspect/rules/validity.ts";
import { language, N, T } from "./language.ts";
import { MESSAGES } from "./messages_view.ts";
import { isDefused } from "./defused.ts";
import { repaired } from "./repaired.ts";
import type { ShownDiagnosis, ShownInspection } from "./shown.ts";
import { judgedAt, known, type State } from "./state.ts";
import { inspectWhiteboard, readWhiteboard, whiteboardIn } from "./whiteboard.ts";

/** The longest text that is read, in characters. Tokens have a few hundred; a paste may be a whole log by mistake. */
export const LONGEST_PASTE = 200_000;

/** The bounds of what is read here: whole logs, where others read 65,536 characters. */
export const BOUNDS = { maxText: LONGEST_PASTE };

/** Of how many tokens of a text it is said what they are. */
const FIRST_FOUND = 20;

/** Everything that the library reports about a pasted text. */
export interface PastedReading {
  /** The first token in the text, or the part that begins like one; the whole text if there is none. */
  text: string;
  /** The tokens in the text, where it is not the token alone. */
  found: readonly FoundToken[];
  /** The one of them that is read. */
  chosen: FoundToken | undefined;
  /** Which of them it is, from 0. */
  which: number;
  /** The first of them, read, where there are several. */
  listed: readonly ShownInspection[];
  /** A damaged token as it should be, where that is known. */
  repaired: string | undefined;
  /** How many of its rights expired. */
  expired: number;
  /** Its bytes and fields. */
  inspection: ShownInspection;
  /** Whether it works, and why not. */
  diagnosis: ShownDiagnosis;
  /** Why this page did not check: the text is too long, the token was shared without its signature, or there is no cryptography, which needs https, localhost or a file. */
  refusal?: { title: string; text: string };
}

/**
 * Reads what was pasted with what is known.
 *
 * @param state What was typed in.
 * @param purpose `inspect` looks at the token alone; `join` also holds it to the App ID and to what it is to be used for.
 */
export async function read(state: Readonly<State>, purpose: "inspect" | "join"): Promise<PastedReading> {
  const isLong = state.text.length > LONGEST_PASTE;
  const paste = isLong ? "" : state.text;
  const { read: first, wrapped, ...tokens } = await readPasted(paste, BOUNDS);
  const found = [...tokens.found, ...tokens.whiteboard].sort((a, b) => a.start - b.start);
  const chosen = found[state.which] ?? found[0];
  const pasted = chosen === undefined || chosen.token === first.text ? first : (await readPasted(chosen.token, BOUNDS)).read;
  const listed = found.length < 2 ? [] : await Promise.all(found.slice(0, FIRST_FOUND).map(inspectFound));
  const common = { found, chosen, which: chosen === undefined ? 0 : found.indexOf(chosen), listed };
  const { certificates, intent, appId, now, ...typed } = known(state);
  const isJoin = purpose === "join";
  const whiteboard = isJoin || pasted.format !== undefined ? undefined : whiteboardIn(pasted.text);
  if (whiteboard !== undefined) {
    const readWith = async (secretKey: string) => ({
      ...common,
      text: whiteboard,
      repaired: undefined,
      expired: 0,
      ...await readWhiteboard(whiteboard, secretKey, state.asOf),
    });
    return await unlessNoCrypto(() => readWith(state.secretKey.trim()), () => readWith(""));
  }
  const inspection = inspectionOf(pasted);
  // A 007 token has its channel and user. The old formats do not: their signature is checked with the names that were entered.
  const names = isJoin || (inspection.token?.version ?? "007") !== "007" ? typed : {};
  const use = isJoin ? { ...(intent === undefined ? {} : { intent }), ...(appId === undefined ? {} : { appId }) } : {};
  // Text that a program wraps around a token is a finding of the join view; words of a person around it are not.
  const around = isJoin && !chosen?.wrappings.includes("words") ? wrapped : [];
  const withCertificates = async (certificates: readonly string[]): Promise<PastedReading> => {
    const known = { ...names, ...use, ...(now === undefined ? {} : { now }) };
    const how = { explain: true, messages: MESSAGES, wrapped: around };
    const diagnosis = withVerdict(await judge(pasted, known, certificates, how));
    const findings = diagnosis.findings.map(language.finding);
    const damage = diagnosis.findings.find(({ code }) => code === "text-damaged");
    const ends = inspection.view.rights.flatMap(({ privileges }) => privileges);
    return {
      ...common,
      text: pasted.text,
      inspection,
      diagnosis: { ...diagnosis, findings },
      repaired: damage === undefined ? undefined : await repaired(pasted.text, damage.params as FindingParams["text-damaged"]),
      expired: ends.filter(({ expiresAt = Infinity }) => expiresAt <= judgedAt()).length,
    };
  };
  if (isDefused(inspection.token)) return { ...await withCertificates([]), refusal: N.share.defused };
  if (isLong) return { ...await withCertificates([]), refusal: T.verdicts.tooLong(LONGEST_PASTE) };
  return await unlessNoCrypto(() => withCertificates(certificates), () => withCertificates([]));
}

/** A reading; where there is no cryptography, one without a check of the signature. */
async function unlessNoCrypto(
  checked: () => Promise<PastedReading>,
  unchecked: () => Promise<PastedReading>,
): Promise<PastedReading> {
  try {
    return await checked();
  } catch (error) {
    if (!(error instanceof AgoraTokenError && error.code === "crypto-unavailable")) throw error;
    return { ...await unchecked(), refusal: { title: T.verdicts.noCrypto, text: T.sentence(language.error(error)) } };
  }
}

/** What is in a token that was found. */
async function inspectFound({ token, version }: FoundToken): Promise<ShownInspection> {
  return version === "whiteboard" ? inspectWhiteboard(token) : await inspectToken(token);
}

/** The next second at which the findings change: when the token or one of its privileges becomes valid or expires. */
export function nextChange({ inspection: { view } }: PastedReading): number {
  const { validity: { notBefore, expiresAt }, rights } = view;
  const ends = rights.flatMap(({ privileges }) => privileges.map(({ expiresAt }) => expiresAt));
  const moments = [notBefore, expiresAt, expiresAt === undefined ? undefined : expiresAt - SDK_WARNS_BEFORE, ...ends];
  const coming = moments.filter((moment) => moment !== undefined).filter((moment) => moment > judgedAt());
  return coming.reduce((first, moment) => Math.min(first, moment), Infinity);
}

/** Runs a job repeatedly, and uses only the result of the newest run: an older one may finish later. */
export function newest<Result>(job: () => Promise<Result>, done: (result: Result) => void): () => Promise<void> {
  let latest = 0;
  return async () => {
    const own = ++latest;
    const result = await job();
    if (own === latest) done(result);
  };
}
