import { AgoraTokenError, type Diagnosis, type FoundToken, type Inspection } from "../mod.ts";
import { inspectionOf } from "../src/inspect/inspect.ts";
import { judge, withVerdict } from "../src/inspect/judge.ts";
import { readPasted } from "../src/inspect/find/pasted.ts";
import { SDK_WARNS_BEFORE } from "../src/inspect/rules/validity.ts";
import { MESSAGES } from "./messages_view.ts";
import { known, type State } from "./state.ts";
import { T } from "./texts.ts";
import { nowSeconds } from "./times.ts";

/** The longest text that is read, in characters. Tokens have a few hundred; a paste may be a whole log by mistake. */
export const LONGEST_PASTE = 200_000;

/** Everything that the library reports about a pasted text. */
export interface PastedReading {
  /** The first token in the text, or the part that begins like one; the whole text if there is none. */
  text: string;
  /** The tokens in the text, where it is not the token alone. */
  found: readonly FoundToken[];
  /** Its bytes and fields. */
  inspection: Inspection;
  /** Whether it works, and why not. */
  diagnosis: Diagnosis;
  /** Why this page could not check: the text is too long, or there is no cryptography, which needs https, localhost or a file. */
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
  const { read: pasted, found, wrapped } = await readPasted(paste, {});
  const inspection = inspectionOf(pasted);
  const { certificates, intent, appId, ...typed } = known(state);
  const isJoin = purpose === "join";
  // A 007 token has its channel and user. The old formats do not: their signature is checked with the names that were entered.
  const names = isJoin || (inspection.token?.version ?? "007") !== "007" ? typed : {};
  const use = isJoin ? { ...(intent === undefined ? {} : { intent }), ...(appId === undefined ? {} : { appId }) } : {};
  // Text that a program wraps around a token is a finding of the join view; words of a person around it are not.
  const around = isJoin && !found[0]?.wrappings.includes("words") ? wrapped : [];
  const withCertificates = async (certificates: readonly string[]): Promise<PastedReading> => ({
    text: pasted.text,
    found,
    inspection,
    diagnosis: withVerdict(
      await judge(pasted, { ...names, ...use }, certificates, { explain: true, messages: MESSAGES, wrapped: around }),
    ),
  });
  if (isLong) return { ...await withCertificates([]), refusal: T.verdicts.tooLong(LONGEST_PASTE) };
  try {
    return await withCertificates(certificates);
  } catch (error) {
    if (!(error instanceof AgoraTokenError && error.code === "crypto-unavailable")) throw error;
    return { ...await withCertificates([]), refusal: { title: T.verdicts.noCrypto, text: `${error.message}.` } };
  }
}

/** The next second at which the findings change: when the token or one of its privileges becomes valid or expires. */
export function nextChange({ inspection: { view } }: PastedReading): number {
  const { validity: { notBefore, expiresAt }, rights } = view;
  const ends = rights.flatMap(({ privileges }) => privileges.map(({ expiresAt }) => expiresAt));
  const moments = [notBefore, expiresAt, expiresAt === undefined ? undefined : expiresAt - SDK_WARNS_BEFORE, ...ends];
  const coming = moments.filter((moment) => moment !== undefined).filter((moment) => moment > nowSeconds());
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
