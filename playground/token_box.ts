import { bind, labelled } from "./controls.ts";
import { button, h } from "./dom.ts";
import { EXAMPLES } from "./examples.ts";
import { change, openWhenMade } from "./state.ts";
import { T } from "./texts.ts";
import { nowSeconds } from "./times.ts";

/**
 * The paste box, with examples one click away.
 *
 * @param names The examples that have something to show here.
 */
export function tokenBox(
  names: readonly string[] = Object.keys(EXAMPLES),
): { element: HTMLElement; input: HTMLTextAreaElement } {
  const input = bind(
    h("textarea", {
      rows: 3,
      class: "token",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      placeholder: T.box.placeholder,
    }),
    "text",
  );
  const clear = button(T.box.clear, () => {
    change({ text: "" });
    input.focus();
  }, { class: "quiet" });
  const examples = names.map((name) =>
    button(T.examples[name]!, () => void openWhenMade(EXAMPLES[name]!(nowSeconds())), { class: "chip" })
  );
  const element = h(
    "div",
    { class: "token-box" },
    labelled(T.box.label, input),
    h(
      "div",
      { class: "examples", role: "group", "aria-label": T.box.examples },
      h("span", {}, T.box.examples),
      ...examples,
      clear,
    ),
  );
  return { element, input };
}
