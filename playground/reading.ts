import {
  AgoraTokenError,
  diagnoseToken,
  type Diagnosis,
  type Inspection,
  inspectToken,
  type Verification,
  verifyToken,
} from "../mod.ts";
import { unwrapToken } from "../src/inspect/unwrap.ts";
import { known, type State } from "./state.ts";

/** Everything that the library says about what was pasted. */
export interface Reading {
  /** The token found in the text; the text itself where there is none. */
  text: string;
  /** What stood around the token, in words. */
  stripped: readonly string[];
  /** Its bytes and fields. */
  inspection: Inspection;
  /** Whether it is genuine and alive. */
  verification: Verification;
  /** Whether it works, and why not. */
  diagnosis: Diagnosis;
}

/**
 * Reads what was pasted with what is known.
 *
 * @param state What was typed in.
 * @param purpose `inspect` looks at the token alone; `join` also holds it to the App ID and to what it is to be used for.
 * @returns The reading, or why this page cannot read: without https or localhost there is no cryptography.
 */
export async function read(state: Readonly<State>, purpose: "inspect" | "join"): Promise<Reading | AgoraTokenError> {
  const { token: text, stripped } = unwrapToken(state.text);
  const { intent, appId, ...given } = known(state);
  const { certificates, ...names } = given;
  try {
    const inspection = await inspectToken(text);
    const verification = await verifyToken(text, { certificates: certificates!, ...names });
    const more = purpose === "inspect"
      ? {}
      : { ...(intent === undefined ? {} : { intent }), ...(appId === undefined ? {} : { appId }) };
    // A wrapped token is diagnosed as it was pasted where that is the question, and alone where only its content is.
    const diagnosis = await diagnoseToken(purpose === "join" ? state.text : text, { ...given, ...more });
    return { text, stripped, inspection, verification, diagnosis };
  } catch (error) {
    if (error instanceof AgoraTokenError && error.code === "crypto-unavailable") return error;
    throw error;
  }
}

/** Runs a job again and again, and lets only the newest run say what it found: an older one may end later. */
export function newest<Result>(job: () => Promise<Result>, done: (result: Result) => void): () => Promise<void> {
  let latest = 0;
  return async () => {
    const own = ++latest;
    const result = await job();
    if (own === latest) done(result);
  };
}
