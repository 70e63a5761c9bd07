import { type DiagnoseOptions, diagnosisOf } from "./diagnose.ts";
import type { Finding } from "./findings.ts";
import { inspectionOf, readToken } from "./inspect.ts";
import { jsonOfToken } from "./json.ts";
import { verificationOf } from "./verify.ts";

/** All that is known of a text, as JSON. */
export interface Report {
  /** The format, where the text is of a known one. */
  version?: string;
  /** What became of the signature. */
  signature: string;
  /** Whether the token is genuine, alive, and for what is given. */
  ok: boolean;
  /** Whether it will work. */
  verdict: string;
  /** Why, the gravest first. */
  findings: Finding[];
  /** How many findings are left out. */
  moreFindings?: number;
  /** The token, where all of it could be read. */
  token?: Record<string, unknown>;
}

/**
 * Reads, verifies and diagnoses a text.
 *
 * @param maxFindings How many findings are told.
 */
export async function reportOf(text: string, options: DiagnoseOptions, maxFindings: number): Promise<Report> {
  const { maxPayload, ...known } = options;
  const { appId: _appId, intent: _intent, certificates = [], ...given } = known;
  const read = await readToken(text, { maxPayload }, []);
  const { version, token } = inspectionOf(read);
  const { signature, ok } = await verificationOf(read, { certificates, ...given });
  const { verdict, findings } = await diagnosisOf(read, known);
  return {
    ...(version === undefined ? {} : { version }),
    signature,
    ok,
    verdict,
    findings: findings.slice(0, maxFindings),
    ...(findings.length > maxFindings ? { moreFindings: findings.length - maxFindings } : {}),
    ...(token === undefined ? {} : { token: jsonOfToken(token) }),
  };
}
