import * as messages from "../src/inspect/messages/mod.ts";
import { isOf, TABLE } from "../src/inspect/messages/table.ts";
import { labelled } from "./controls.ts";
import { fill, folded, h } from "./dom.ts";
import { language, T } from "./language.ts";
import type { PastedReading } from "./reading.ts";

/** The table of messages, as a judgement takes it. */
export const MESSAGES: typeof messages = messages;

/**
 * What a message or number means: each meaning with its causes, what to do, and what it is not; and which SDK said it, since a
 * number means nothing without that. Of a text with tokens, what it says beside them.
 */
export class MessageView {
  /** The element to put on the page. */
  readonly element: HTMLElement = h("section", { class: "card", "aria-label": T.messages.title, hidden: true });
  readonly #body = h("div", {});
  readonly #sdk = h("select", { oninput: () => this.#draw() });
  readonly #chooser = labelled(T.messages.sdk, this.#sdk);
  #said = "";

  constructor() {
    this.#chooser.classList.add("chooser");
    this.element.append(h("h3", {}, T.messages.title), this.#chooser, this.#body);
  }

  /**
   * Shows what a text means; nothing where it is but a token.
   *
   * @param text All that was pasted, if that is not too much to be read.
   */
  show(text: string, { found, inspection, diagnosis }: Pick<PastedReading, "found" | "inspection" | "diagnosis">): void {
    const isMessage = inspection.version === undefined && diagnosis.findings[0]?.messages !== undefined;
    const said = isMessage ? text : found.length === 0 ? "" : beside(text, found).trim();
    if (said === this.#said) return;
    this.#said = said;
    const rows = this.#rows();
    this.element.hidden = rows.length === 0;
    const sdks = messages.SDKS.filter((sdk) => rows.some((row) => isOf(row, sdk)));
    this.#chooser.hidden = sdks.length < 2;
    fill(this.#sdk, ...["", ...sdks].map((sdk) => h("option", { value: sdk }, T.messages.sdks[sdk] ?? sdk)));
    this.#draw();
  }

  /** What the text means: all of it, since the page reads longer texts than the library does by default. */
  #rows(options: messages.ExplainOptions = {}): messages.Explanation[] {
    if (this.#said === "") return [];
    return messages.explainError(this.#said, { ...options, maxText: this.#said.length }).map(language.explanation);
  }

  #draw(): void {
    const sdk = this.#sdk.value as messages.MessageSdk | "";
    const rows = this.#rows(sdk === "" ? {} : { sdk });
    fill(
      this.#body,
      rows.length > 1 && h("p", { class: "note" }, T.messages.several(rows.length)),
      h("ul", { class: "findings" }, ...folded(rows, meaningItem, T.bytes.showMore)),
    );
  }
}

/** A text without the tokens in it. */
function beside(text: string, found: PastedReading["found"]): string {
  let [rest, from] = ["", 0];
  for (const { start, end } of found) {
    rest += `${text.slice(from, start)} `;
    from = end;
  }
  return rest + text.slice(from);
}

function meaningItem({ id, meaning, causes, remedy, not, certainty, ...row }: messages.Explanation): HTMLElement {
  return h(
    "li",
    { class: "finding" },
    h("p", { class: "head" }, h("strong", {}, headOf(row)), h("code", {}, id)),
    h("p", { class: "message" }, meaning),
    causes.length > 0 && h(
      "div",
      { class: "causes" },
      h("p", { class: "advice" }, causes.length > 1 ? T.messages.causes : T.messages.cause),
      h("ol", {}, ...causes.map(({ says, code }) => h("li", {}, `${says} `, h("code", {}, code)))),
    ),
    h(
      "dl",
      { class: "facts" },
      ...Object.entries({ remedy, not, certainty }).filter(([, words]) => words !== "").map(([name, words]) =>
        h("div", {}, h("dt", {}, T.messages[name as "remedy"]), h("dd", {}, words))
      ),
    ),
  );
}

/** Who says it, and by which number and name. */
function headOf({ product, sdk, number, name }: Pick<messages.Explanation, "product" | "sdk" | "number" | "name">): string {
  return [product, sdk, [number, name].filter((part) => part !== undefined).join(" ")].filter((part) => part !== "").join(
    " · ",
  );
}

/** What SDKs say of a finding: folded, and made only when it is opened, since it may be long. */
export function whatSdksSay(ids: readonly string[]): HTMLElement {
  const list = h("ul", { class: "said" });
  const details = h("details", {}, h("summary", {}, T.messages.said(ids.length)), list);
  details.addEventListener("toggle", () => {
    if (list.childElementCount > 0) return;
    const rows = TABLE.filter(({ id }) => ids.includes(id)).map(language.message);
    list.append(...rows.map((row) => h("li", {}, `${T.fact(headOf(row), row.meaning)} `, h("code", {}, row.id))));
  });
  return details;
}
