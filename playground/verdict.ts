import { INTENTS, takesChannel } from "../src/inspect/intents.ts";
import { visible } from "../src/inspect/words.ts";
import { fill, h } from "./dom.ts";
import { language, T } from "./language.ts";
import type { PastedReading } from "./reading.ts";
import { announce } from "./say.ts";
import type { ShownFinding, ShownInspection } from "./shown.ts";
import { labelOf } from "./spans.ts";
import type { State } from "./state.ts";

/** How a verdict looks; its text says the same. */
export type Tone = "good" | "bad" | "warning" | "neutral";

/** A verdict in words. */
export interface Verdict {
  tone: Tone;
  /** The verdict. */
  title: string;
  /** Why, and what to do. */
  text: string;
  /** What the token is, or where reading stopped. */
  details?: string;
}

/** The verdict of Inspect: what a token is, and whether it is complete, genuine and valid now. */
export function inspectVerdict({ text, chosen, inspection, diagnosis, refusal }: PastedReading): Verdict {
  if (refusal !== undefined) return { tone: "warning", ...refusal };
  const { error, version } = inspection;
  if (text.trim() === "") return { tone: "neutral", ...T.verdicts.empty };
  const reason = diagnosis.findings[0];
  const { signature, needsCertificate } = version === "whiteboard" ? T.whiteboard.verdicts : T.verdicts;
  const words = ({ message, advice }: ShownFinding) => sentences(message, advice);
  if (error !== undefined) {
    const isMessage = reason?.code === "text-is-sdk-message";
    const heading = isMessage ? T.verdicts.message : version === undefined ? T.verdicts.noToken : T.verdicts.damaged(version);
    if (isMessage) return { tone: "neutral", title: heading, text: T.verdicts.messageText };
    const place = error.field === undefined
      ? T.verdicts.code(error.code)
      : T.verdicts.stopped(error.code, labelOf({ path: error.field }), error.offset ?? 0, inspection.bytes.length);
    const said = T.sentence(language.error(error));
    const sdk = reason?.sdkError === undefined ? undefined : T.verdicts.sdk(reason.sdkError);
    const details = sentences(reason?.message === said ? undefined : said, place, sdk);
    return { tone: "bad", title: heading, text: words(reason!), details };
  }
  const around = chosen && T.verdicts.unwrapped(chosen.wrappings.map((what) => language.wrappings[what]));
  const details = sentences(formatOf(inspection), around);
  const has = (code: ShownFinding["code"]) => diagnosis.findings.find((finding) => finding.code === code);
  const outside = has("expired") ?? has("older-than-24-hours") ?? has("not-yet-valid");
  if (diagnosis.signature === "invalid") {
    const malformed = has("certificate-malformed");
    const heading = malformed === undefined ? T.verdicts.forged : T.verdicts.badCertificate;
    return { tone: "bad", title: heading, text: words(malformed ?? has("signature-mismatch") ?? reason!), details };
  }
  if (outside !== undefined) {
    const heading = outside.code === "not-yet-valid" ? T.verdicts.early : T.verdicts.expired;
    const text = sentences(signature[diagnosis.signature], outside.advice);
    return { tone: "bad", title: heading, text, details };
  }
  if (diagnosis.signature === "uncheckable" && diagnosis.verdict === "fails") {
    return { tone: "bad", title: T.verdicts.notForThis, text: words(reason!), details };
  }
  if (diagnosis.signature === "uncheckable") {
    const missing = has("input-missing");
    const text = has("certificate-missing") ? needsCertificate : missing?.message ?? "";
    return { tone: "neutral", title: T.verdicts.unchecked, text, details };
  }
  if (diagnosis.ok) return { tone: "good", title: T.verdicts.genuine, text: "", details };
  const title = diagnosis.verdict === "fails" ? T.verdicts.mismatch : T.verdicts.open;
  return { tone: "warning", title, text: sentences(signature.valid, words(reason!)), details };
}

/** The verdict of a join. It names what was not entered and therefore not checked. */
export function joinVerdict(
  { text, inspection, diagnosis: { verdict, findings }, refusal }: PastedReading,
  said: State,
): Verdict {
  if (refusal !== undefined) return { tone: "warning", ...refusal };
  if (text.trim() === "") return { tone: "neutral", ...T.verdicts.empty };
  const [worst] = findings;
  if (worst?.code === "text-is-sdk-message") return { tone: "neutral", title: T.verdicts.message, text: worst.message };
  if (verdict === "works") {
    const isForAnyone = inspection.view.rights.every(({ user }) =>
      user?.kind === "any" || user?.kind === "pattern" && user.value === "*"
    );
    const { uid, room } = said.intent === "" ? {} as Partial<typeof INTENTS.join> : INTENTS[said.intent];
    const needsChannel = said.intent === "" || takesChannel(said.intent) || room === true;
    const things = [
      ["intent", said.intent],
      ["appId", said.appId],
      ...(needsChannel ? [["channelName", said.channelName]] : []),
      ...(isForAnyone || uid !== undefined ? [] : [["user", said.user]]),
    ] as [keyof typeof T.join.things, string][];
    const names = (isSaid: boolean) =>
      things.filter(([, value]) => (value !== "") === isSaid).map(([name]) => T.join.things[name]);
    const unsaid = names(false);
    if (unsaid.length === 0) return { tone: "good", ...T.join.works };
    return { tone: "neutral", title: T.join.soFar, text: T.join.soFarText(names(true), unsaid) };
  }
  if (verdict === "fails") return { tone: "bad", title: T.join.fails, text: worst!.message };
  return { tone: "warning", title: T.join.unknown, text: T.join.unknownText };
}

/** Shows a verdict, and has it read out when it stops changing. */
export class VerdictView {
  /** The element to put on the page. */
  readonly element: HTMLElement = h("div", { class: "verdict" });
  #last = "";

  /** Shows a verdict; the page changes only if the verdict does. */
  show({ tone, ...words }: Verdict): void {
    const [title, text, details] = [words.title, words.text, words.details ?? ""].map(visible) as [string, string, string];
    const all = [tone, title, text, details].join("\n");
    if (all === this.#last) return;
    this.#last = all;
    this.element.dataset.tone = tone;
    fill(
      this.element,
      h("span", { class: "mark", "aria-hidden": "true" }, T.marks[tone]),
      h("div", {}, h("h2", {}, title), h("p", {}, text), details !== "" && h("p", { class: "details" }, details)),
    );
    announce(this.element, sentences(T.sentence(title), text));
  }
}

/** Sentences after one another. */
export function sentences(...all: readonly (string | undefined)[]): string {
  return all.filter((sentence) => sentence).join(T.sentences);
}

/** What a token is. */
function formatOf({ title, version, token }: ShownInspection): string {
  if (token === undefined) return `${title}.`;
  const format = `${title} (${version})`;
  if (token.version !== "007") return T.verdicts.oldFormat(format);
  return token.services.length === 0 ? T.verdicts.noService(format) : T.sentence(format);
}
