import { type Inspection, inspectToken } from "../mod.ts";
import { readPasted } from "../src/inspect/find/pasted.ts";
import { type Compared, compared } from "./compare.ts";
import { labelled } from "./controls.ts";
import { fill, h } from "./dom.ts";
import { N, T } from "./language.ts";
import { BOUNDS, LONGEST_PASTE, newest, type PastedReading } from "./reading.ts";

/** Compares the token that is shown with another one, field by field. */
export class ComparePanel {
  /** The element to put on the page. */
  readonly element: HTMLElement;
  readonly #input = h("textarea", { rows: 2, class: "token", autocomplete: "off", autocapitalize: "off", spellcheck: "false" });
  readonly #result = h("div", { "aria-live": "polite" });
  readonly #update: () => Promise<void>;
  #shown: Inspection | undefined;
  #filledIn = "";

  constructor() {
    this.element = h("div", { class: "compare" }, labelled(N.compare.other, this.#input, N.compare.hint), this.#result);
    this.#update = newest(async () => await otherIn(this.#input.value), (other) => this.#show(other));
    this.#input.addEventListener("input", () => void this.#update());
  }

  /** Shows the one token. Of a text with several tokens, the next one is the other, unless another was pasted. */
  show({ inspection, found, which }: PastedReading): void {
    this.#shown = inspection.version === "whiteboard" ? undefined : inspection;
    const others = [...found.slice(which + 1), ...found.slice(0, which)];
    const next = others.find(({ version }) => version !== "whiteboard")?.token ?? "";
    if (this.#input.value === this.#filledIn) this.#input.value = this.#filledIn = next;
    void this.#update();
  }

  /** Lets the other one be pasted at once. */
  focus(): void {
    this.#input.focus();
  }

  #show(other: Inspection | undefined): void {
    if (other === undefined || this.#shown === undefined) return fill(this.#result);
    if (other.spans.length === 0) return fill(this.#result, h("p", { class: "note" }, N.compare.none));
    const rows = compared(this.#shown, other);
    const isSignature = ({ label }: Compared) => Number(label === T.fields.signature);
    // Where a field differs, the signature differs too: it says the least.
    const differing = rows.filter(({ difference }) => difference !== undefined).sort((a, b) => isSignature(a) - isSignature(b));
    fill(
      this.#result,
      h("p", {}, h("strong", {}, N.compare.summary(differing.map(({ label }) => label), rows.length))),
      h(
        "div",
        { class: "scroll", tabindex: 0, role: "group", "aria-label": N.panels.compare },
        h(
          "table",
          { class: "compared" },
          h("thead", {}, h("tr", {}, ...N.compare.columns.map((column) => h("th", { scope: "col" }, column)))),
          h("tbody", {}, ...[...differing, ...rows.filter(({ difference }) => difference === undefined)].map(rowOf)),
        ),
      ),
    );
  }
}

function rowOf({ label, one, other, difference }: Compared): HTMLElement {
  const value = (text: string | undefined) => h("td", { class: "value" }, text ?? N.compare.absent);
  return h(
    "tr",
    { "data-difference": difference },
    h("th", { scope: "row" }, label),
    value(one),
    value(other),
    h("td", {}, difference === undefined ? N.compare.same : N.compare.differences[difference]),
  );
}

/** The first token in a text; `undefined` where there is no text. */
async function otherIn(text: string): Promise<Inspection | undefined> {
  if (text.trim() === "") return undefined;
  const { read, found: [first] } = await readPasted(text.slice(0, LONGEST_PASTE), BOUNDS);
  return await inspectToken(first?.token ?? read.text);
}
