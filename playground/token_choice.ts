import type { FoundToken } from "../mod.ts";
import { button, fill, h } from "./dom.ts";
import { change } from "./state.ts";
import { T } from "./texts.ts";

/** A line that says that the pasted text has several tokens, and lets one choose another. */
export class TokenChoice {
  /** The element to put on the page. */
  readonly element: HTMLElement = h("div", { class: "examples", role: "group", "aria-label": T.inspect.others, hidden: true });
  #last = "";

  /** Shows the tokens of a text; nothing where there is only one. */
  show(found: readonly FoundToken[]): void {
    const places = JSON.stringify(found);
    if (places === this.#last) return;
    this.#last = places;
    this.element.hidden = found.length < 2;
    const choices = found.slice(1, 20).map(({ token, version, start, end }) =>
      button(T.inspect.choose(version, start, end), () => change({ text: token }), { class: "chip" })
    );
    fill(this.element, h("span", {}, T.inspect.several(found.length)), ...choices);
  }
}
