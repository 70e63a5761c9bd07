import type { Report } from "../inspect/report.ts";

/** The longest text of an answer, in characters: names have 255 bytes at most. */
const LONGEST = 512;

/** The most characters of JSON that the findings have, and the token. */
const MOST_FINDINGS = 65_536;
const MOST_TOKEN = 32_768;

/** A report of which a token that was made for it makes no large answer: a token may inflate to 100 times its text. */
export function bounded(report: Report): Report & { omitted?: string[] } {
  const { findings, token, moreFindings = 0, ...rest } = JSON.parse(JSON.stringify(report, cut)) as Report;
  let left = MOST_FINDINGS;
  const kept = findings.filter((finding) => (left -= JSON.stringify(finding).length) >= 0);
  const more = moreFindings + findings.length - kept.length;
  const isLarge = token !== undefined && JSON.stringify(token).length > MOST_TOKEN;
  return {
    ...rest,
    findings: kept,
    ...(more > 0 ? { moreFindings: more } : {}),
    ...(isLarge ? { omitted: ["token"] } : token === undefined ? {} : { token }),
  };
}

/** Cuts texts that no token needs. */
function cut(_key: string, value: unknown): unknown {
  return typeof value === "string" && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
}
