import { button, fill, h } from "./dom.ts";
import { labelled, showError, textInput } from "./controls.ts";
import { T } from "./language.ts";
import type { ShownView } from "./shown.ts";
import { change, current } from "./state.ts";
import { timeIn } from "./time_in.ts";
import { utcTime } from "./times.ts";

/** The time for which the token is judged: the present, or any other, so that an old token of a report says more than “Expired”. */
export class AsOf {
  /** The element to put on the page. */
  readonly element: HTMLDetailsElement;
  readonly #summary = h("summary", {});
  readonly #input = textInput({ placeholder: T.asOf.placeholder });
  readonly #choices = h("div", { class: "examples", role: "group", "aria-label": T.asOf.choices });
  #last = "";

  constructor() {
    this.#input.addEventListener("input", () => {
      const time = timeIn(this.#input.value);
      const isWrong = this.#input.value.trim() !== "" && time === undefined;
      showError(this.#input, isWrong ? T.asOf.unreadable : "");
      change({ asOf: time });
    });
    const field = labelled(T.asOf.label, this.#input, T.asOf.hint);
    this.element = h("details", { class: "as-of" }, this.#summary, field, this.#choices);
  }

  /**
   * Shows the time, and offers those that a token and the text around it have.
   *
   * @param around The pasted text.
   */
  show(view: ShownView, around: string): void {
    const { asOf } = current();
    const said = timeIn(around);
    const { issuedAt, validity: { expiresAt } } = view;
    const key = JSON.stringify([asOf, said, issuedAt, expiresAt]);
    if (key === this.#last) return;
    this.#last = key;
    this.#summary.textContent = asOf === undefined ? T.asOf.now : T.asOf.then(utcTime(asOf));
    this.element.toggleAttribute("data-set", asOf !== undefined);
    const choose = (words: string, time: number | undefined) =>
      button(words, () => {
        this.#input.value = time === undefined ? "" : utcTime(time);
        showError(this.#input, "");
        change({ asOf: time });
      }, { class: "chip" });
    fill(
      this.#choices,
      asOf !== undefined && choose(T.asOf.back, undefined),
      said !== undefined && choose(T.asOf.said, said),
      issuedAt !== undefined && choose(T.asOf.issued, issuedAt),
      expiresAt !== undefined && choose(T.asOf.last, expiresAt - 1),
    );
  }
}
