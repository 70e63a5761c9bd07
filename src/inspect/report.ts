import { type DiagnoseOptions, diagnoseToken } from "./diagnose.ts";
import type { Finding } from "./findings.ts";
import { inspectToken } from "./inspect.ts";
import { jsonOfToken } from "./json.ts";
import { verifyToken } from "./verify.ts";

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
  const { appId: _appId, intent: _intent, certificates = [], ...given } = options;
  const { version, token } = await inspectToken(text, given.maxPayload === undefined ? {} : { maxPayload: given.maxPayload });
  const { signature, ok } = await verifyToken(text, { certificates, ...given });
  const { verdict, findings } = await diagnoseToken(text, options);
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
