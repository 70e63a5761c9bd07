import { jsonOfToken } from "./json.ts";
import type { DiagnoseOptions } from "./diagnose.ts";
import type { Finding } from "./findings.ts";
import { judge, verdictOf } from "./judge.ts";
import { readPasted } from "./find/pasted.ts";

/** All that is known of a text, as JSON. */
export interface Report {
  /** The format, where the text is of a known one. */
  version?: string;
  /** What became of the signature. */
  signature: string;
  /** Whether a certificate made the token, it is valid now, and agrees with what is given. */
  ok: boolean;
  /** Whether it will work. */
  verdict: string;
  /** Why, the worst first. */
  findings: Finding[];
  /** How many findings are left out. */
  moreFindings?: number;
  /** The token, where all of it could be read. */
  token?: Record<string, unknown>;
}

/** Reads and judges a text, or the first token in it. */
export async function reportOf(
  text: string,
  { maxText, maxPayload, certificates = [], messages, ...known }: DiagnoseOptions,
): Promise<Report> {
  const { read, wrapped } = await readPasted(text, { maxText, maxPayload });
  const verification = await judge(read, known, certificates, { explain: true, messages, wrapped });
  const { signature, ok, findings, moreFindings, token } = verification;
  return {
    ...(read.format === undefined ? {} : { version: read.format.version }),
    signature,
    ok,
    verdict: verdictOf(verification),
    findings,
    ...(moreFindings === undefined ? {} : { moreFindings }),
    ...(token === undefined ? {} : { token: jsonOfToken(token) }),
  };
}
