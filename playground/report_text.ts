import { utc, visible } from "../src/inspect/words.ts";
import { N, T } from "./language.ts";
import type { PastedReading } from "./reading.ts";
import type { ShownInspection } from "./shown.ts";
import { inspectVerdict, sentences } from "./verdict.ts";
import { nameWords, serviceTitle } from "./who.ts";

/**
 * A reading as Markdown, for a ticket or a chat: the verdict, what the token holds, and the findings. Neither the token nor its
 * signature nor a certificate is in it.
 */
export function reportText(reading: PastedReading, now: number): string {
  const { title, text } = inspectVerdict(reading);
  const { inspection, diagnosis: { findings } } = reading;
  const { view } = inspection;
  const { notBefore, expiresAt } = view.validity;
  const time = (label: string, at: number | undefined) => at === undefined ? [] : [`- ${T.fact(label, utc(at))}`];
  const rights = view.rights.map((right) => {
    const privileges = right.privileges.map(({ name, expiresAt }) =>
      `${plain(name)}${expiresAt === undefined ? "" : ` ${N.report.until(utc(expiresAt))}`}`
    );
    const head = [serviceTitle(right.service ?? ""), ...nameWords(right)].filter((part) => part !== "").map(plain).join(
      T.comma,
    );
    return `- ${T.fact(head, privileges.join("; ") || N.report.nothing)}`;
  });
  const list = findings.filter(({ code }) => code !== "certificate-missing").map(({ severity, code, message, advice }) =>
    `- **${T.findings.severity[severity]}** \`${code}\`: ${plain(sentences(message, advice))}`
  );
  return [
    `### ${plain(title)}`,
    "",
    plain(text),
    "",
    ...(inspection.version === undefined ? [] : [`- ${T.fact(T.fields.version!, plain(formatName(inspection)))}`]),
    ...(view.appId === "" ? [] : [`- ${T.fact(T.fields.appId!, `\`${plain(view.appId)}\``)}`]),
    ...time(T.fields.issueTs!, view.issuedAt ?? notBefore),
    ...time(T.fields.expiredTs!, expiresAt),
    ...rights,
    ...(list.length === 0 ? [] : ["", `#### ${T.findings.title}`, "", ...list]),
    "",
    `_${N.report.foot(utc(now))}_`,
    "",
  ].join("\n");
}

function formatName({ title, version }: ShownInspection): string {
  return `${title} (${version})`;
}

/** A text in which Markdown and HTML read nothing but text. */
function plain(text: string): string {
  return visible(text).replace(/[\\`*_[\]<>|#~&]/g, "\\$&").replaceAll("://", ":\\//");
}
