import { button, fill, h } from "./dom.ts";
import { T } from "./language.ts";
import type { PastedReading } from "./reading.ts";
import type { ShownInspection } from "./shown.ts";
import { change, judgedAt } from "./state.ts";
import { duration } from "./times.ts";
import { nameWords } from "./who.ts";

/** The tokens of a text that has several: each with its place, its channel and user, and until when. One is shown below. */
export class FoundList {
  /** The element to put on the page. */
  readonly element: HTMLElement = h("section", { class: "found card", "aria-label": T.found.label, hidden: true });
  #last = "";

  /** Shows the tokens of a text; nothing where there is only one. */
  show({ found, listed, which }: Pick<PastedReading, "found" | "listed" | "which">): void {
    const now = judgedAt();
    const items = listed.map((inspection, index) => ({ ...found[index]!, words: inWords(inspection, now) }));
    const key = JSON.stringify([items.map(({ start, end, words }) => [start, end, words]), which]);
    if (key === this.#last) return;
    this.#last = key;
    this.element.hidden = items.length === 0;
    fill(
      this.element,
      h("p", {}, T.found.several(found.length, which + 1)),
      h(
        "ol",
        {},
        ...items.map(({ version, start, end, words }, index) =>
          h(
            "li",
            {},
            button(T.found.choose(version, start, end), () => change({ which: index }), {
              class: "chip",
              "aria-pressed": String(index === which),
            }),
            ` ${words}`,
          )
        ),
      ),
      found.length > items.length && h("p", { class: "note" }, T.found.more(found.length - items.length)),
    );
  }
}

/** A token in a few words. */
function inWords({ view, error }: ShownInspection, now: number): string {
  if (error !== undefined) return T.checks.broken;
  const { rights: [first], validity: { expiresAt } } = view;
  const left = (expiresAt ?? now) - now;
  const end = expiresAt === undefined
    ? T.timeline.open
    : left > 0
    ? T.timeline.left(duration(left))
    : T.timeline.over(duration(left));
  return [...(first === undefined ? [] : nameWords(first)), end].join(" · ");
}
