import { visible } from "../src/inspect/words.ts";
import { AsOf } from "./as_of.ts";
import { type Check, checklist, checksOf } from "./checks.ts";
import { copyButton } from "./controls.ts";
import { button, fill, h, type Part, redraw, setText } from "./dom.ts";
import { T } from "./language.ts";
import type { PastedReading } from "./reading.ts";
import { announce } from "./say.ts";
import type { ShownView } from "./shown.ts";
import { change, judgedAt, type State } from "./state.ts";
import { clockTimes } from "./time_view.ts";
import { timeline, timesOf } from "./timeline.ts";
import { duration, everySecond } from "./times.ts";
import { inspectVerdict, sentences } from "./verdict.ts";
import { who } from "./who.ts";

/** What people want to know first: valid or not, until when, for whom, with which rights, and what was not checked. */
export class AnswerCard {
  /** The element, which is in the page itself. */
  readonly element: HTMLElement = document.querySelector<HTMLElement>(".answer")!;
  readonly #mark = h("span", { class: "mark", "aria-hidden": "true" });
  readonly #said = h("div", { class: "what" });
  readonly #details = h("div", {});
  readonly #asOf = new AsOf();
  readonly #who = h("div", { class: "for-whom" });
  readonly #checks = h("div", { class: "checked" });
  #last = "";
  readonly #onNext: (next: NonNullable<Check["next"]>) => void;

  /** @param onNext Brings to what answers a check. */
  constructor(onNext: (next: NonNullable<Check["next"]>) => void) {
    this.#onNext = onNext;
    const drawing = this.element.querySelector("svg")!;
    const more = h("div", { class: "more" }, this.#details, this.#asOf.element);
    fill(this.element, drawing, this.#mark, this.#said, this.#who, this.#checks, more);
  }

  /** Shows a reading. */
  show(reading: PastedReading, state: Readonly<State>): void {
    const { inspection, text, diagnosis, chosen } = reading;
    const { view, version } = inspection;
    const isWhole = inspection.error === undefined;
    const { tone, ...words } = inspectVerdict(reading);
    const [title, why, details] = [words.title, words.text, words.details ?? ""].map(visible) as [string, string, string];
    const isNew = this.#last !== title + why;
    this.#last = title + why;
    this.element.dataset.tone = tone;
    delete this.element.dataset.waits;
    this.element.toggleAttribute("data-empty", text.trim() === "");
    this.element.toggleAttribute("data-token", version !== undefined);
    this.#mark.textContent = T.marks[tone];
    const times = version === undefined ? undefined : timesOf(view);
    const isPermanent = diagnosis.findings.some(({ code }) => code === "never-expires");
    redraw(this.#said, [
      { key: title, make: () => h("h2", {}, title) },
      ...(why === "" ? [] : [{ key: why, make: () => h("p", {}, why) }]),
      ...(times === undefined && !isPermanent ? [] : [{
        key: `until ${JSON.stringify([view.validity, lastUse(view), state.asOf, isWhole])}`,
        make: () => until(view, isWhole),
      }]),
      ...(times === undefined ? [] : [{ key: JSON.stringify([times, state.asOf]), make: () => timeline(times) }]),
    ]);
    redraw(this.#details, this.#detailParts(details, chosen === undefined ? undefined : text, reading.repaired));
    this.#asOf.element.hidden = times === undefined;
    this.#asOf.show(view, state.text.length > text.length ? state.text : "");
    const names = { channelName: state.channelName, user: state.user, fits: diagnosis.signature === "valid" };
    const isEmpty = view.appId === "" && view.rights.length === 0;
    // Rights that expire change with the clock: they are drawn again when the findings change.
    redraw(
      this.#who,
      isEmpty ? [] : [{
        key: JSON.stringify([view, names, reading.expired, isWhole]),
        make: () => who(view, judgedAt(), names, isWhole),
      }],
    );
    const checks = checksOf(reading);
    redraw(
      this.#checks,
      checks.length === 0 ? [] : [{ key: JSON.stringify(checks), make: () => checklist(checks, this.#onNext) }],
    );
    const end = this.#said.querySelector(".until")?.textContent ?? "";
    if (isNew) announce(this.element, sentences(T.sentence(title), why, end));
  }

  /** What the text is, what was taken off it, and the token without that; or the token as it should be. */
  #detailParts(details: string, clean: string | undefined, whole: string | undefined): Part[] {
    if (details === "" && whole === undefined) return [];
    return [{
      key: JSON.stringify([details, clean, whole]),
      make: () =>
        h(
          "p",
          { class: "details" },
          details,
          ...(clean === undefined ? [] : [" ", copyButton(() => clean, T.verdicts.copyClean)]),
          ...(whole === undefined ? [] : [
            ` ${T.verdicts.repaired} `,
            copyButton(() => whole, T.verdicts.copyRepaired),
            " ",
            button(T.verdicts.useRepaired, () => change({ text: whole }), { class: "quiet" }),
          ]),
        ),
    }];
  }
}

/**
 * When a token is of no more use: when it expires, or before that the last of its rights, as in 006.
 */
function lastUse({ validity: { expiresAt }, rights }: ShownView): number | undefined {
  const ends = rights.flatMap(({ privileges }) => privileges.map((privilege) => privilege.expiresAt));
  if (expiresAt === undefined || ends.length === 0 || ends.includes(undefined)) return expiresAt;
  return Math.min(expiresAt, Math.max(...ends as number[]));
}

/** Until when a token is valid: relative, by the clock of this place, and in UTC. */
function until(view: ShownView, isWhole: boolean): HTMLElement {
  const { notBefore, expiresAt } = view.validity;
  const last = lastUse(view);
  const left = h("strong");
  let shown = "";
  return everySecond(h("p", { class: "until" }), (element) => {
    const now = judgedAt();
    const time = notBefore !== undefined && now < notBefore ? notBefore : last;
    if (time === undefined) return setText(element, T.until.open);
    const { lead, at } = time < expiresAt! && time === last
      ? time > now ? T.until.rights : T.until.rightsOver
      : time === notBefore
      ? T.until.begins
      : time > now
      ? T.until.left
      : T.until.over;
    setText(left, duration(time - now));
    if (shown === lead) return;
    shown = lead;
    const [before, after] = lead.split("{}") as [string, string];
    fill(
      element,
      h("span", { class: "lead" }, isWhole ? "" : T.until.partial, before, left, after),
      ` ${at} `,
      ...clockTimes(time, true),
    );
  });
}
