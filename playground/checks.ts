import { button, h } from "./dom.ts";
import { T } from "./language.ts";
import type { PastedReading } from "./reading.ts";
import type { ShownFinding } from "./shown.ts";

/** One thing that was, or was not, checked of a token. */
export interface Check {
  /** `open` where it was not checked, or nobody can say. */
  result: "yes" | "no" | "open";
  /** What, in words. */
  words: string;
  /** What answers it. */
  next?: keyof typeof T.checks.next;
}

/** What was checked of a token, and what was not: the same list for every format. Nothing for a text that is no token. */
export function checksOf({ inspection, diagnosis, refusal }: PastedReading): Check[] {
  const { error, version, view } = inspection;
  if (version === undefined) return [];
  if (error !== undefined) return [{ result: "no", words: T.checks.broken }, { result: "open", words: T.checks.unchecked }];
  const has = (code: ShownFinding["code"]) => diagnosis.findings.some((finding) => finding.code === code);
  const isWhiteboard = version === "whiteboard";
  const common = [
    refusal !== undefined
      ? { result: "open", words: refusal.title } as const
      : signature(diagnosis.signature, has, isWhiteboard ? T.whiteboard.checks : T.checks),
    time(has, view.validity.expiresAt !== undefined, view.counts === "from-issue"),
  ];
  const whole: Check = { result: "yes", words: T.checks.whole(inspection.title) };
  if (isWhiteboard) {
    const isFaulty = diagnosis.verdict === "fails" && !has("expired") && !has("signature-mismatch");
    return [
      isFaulty ? { result: "no", words: T.whiteboard.checks.faulty } : whole,
      ...common,
      ...(view.rights.some(({ room }) => room !== undefined)
        ? [{ result: "open", words: T.whiteboard.checks.room } as const]
        : []),
    ];
  }
  return [
    whole,
    ...common,
    { result: "open", words: T.checks.join(view.rights.some(({ channel }) => channel !== undefined)), next: "join" },
  ];
}

function signature(
  result: "valid" | "invalid" | "uncheckable",
  has: (code: ShownFinding["code"]) => boolean,
  { signed, notSigned, noCertificate }: Pick<typeof T.checks, "signed" | "notSigned" | "noCertificate">,
): Check {
  if (result === "valid") return { result: "yes", words: signed };
  if (result === "invalid") {
    return { result: "no", words: has("certificate-malformed") ? T.verdicts.badCertificate : notSigned };
  }
  if (has("certificate-missing")) return { result: "open", words: noCertificate, next: "certificate" };
  return { result: "open", words: T.checks.noNames, next: has("input-missing") ? "names" : undefined };
}

function time(has: (code: ShownFinding["code"]) => boolean, expires: boolean, isCapped: boolean): Check {
  if (has("expired") || has("older-than-24-hours")) return { result: "no", words: T.checks.expired };
  if (has("not-yet-valid")) return { result: "no", words: T.checks.early };
  if (has("duration-as-absolute-time")) return { result: "no", words: T.checks.noTime };
  return expires ? { result: "yes", words: T.checks.inTime(isCapped) } : { result: "open", words: T.checks.noEnd };
}

/**
 * The list on the page.
 *
 * @param onNext Brings to what answers a check.
 */
export function checklist(checks: readonly Check[], onNext: (next: NonNullable<Check["next"]>) => void): HTMLElement {
  return h(
    "ul",
    { class: "checks", "aria-label": T.checks.label },
    ...checks.map(({ result, words, next }) =>
      h(
        "li",
        { "data-result": result },
        h("span", { class: "sign", role: "img", "aria-label": T.checks.results[result] }, T.checks.signs[result]),
        h(
          "span",
          {},
          words,
          next !== undefined && " ",
          next !== undefined && button(T.checks.next[next], () => onNext(next), { class: "link" }),
        ),
      )
    ),
  );
}
