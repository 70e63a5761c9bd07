import { bind } from "./controls.ts";
import { button, fill } from "./dom.ts";
import { EXAMPLES } from "./examples.ts";
import { T } from "./language.ts";
import { LONGEST_PASTE } from "./reading.ts";
import { say } from "./say.ts";
import { change, isExample, openWhenMade, watch } from "./state.ts";
import { nowSeconds } from "./times.ts";

/** The one box for everything that people have: it is in the page itself, and moves to the view that is open. */
export interface TokenBox {
  /** The element to put into a view. */
  element: HTMLElement;
  /** The input in it. */
  input: HTMLTextAreaElement;
}

/** Brings the box of the page to work. */
export function tokenBox(): TokenBox {
  const element = document.querySelector<HTMLElement>(".token-box")!;
  const input = element.querySelector("textarea")!;
  const [paste, clear] = element.querySelectorAll<HTMLButtonElement>("button[data-does]");
  bind(input, "text");
  paste!.addEventListener("click", () => void pasteInto(input));
  clear!.addEventListener("click", () => {
    change({ text: "" });
    input.focus();
  });
  examplesMenu(element.querySelector("details")!);
  replaceExamples(input);
  const badge = element.querySelector<HTMLElement>(".badge")!;
  watch(() => {
    badge.hidden = !isExample();
    element.toggleAttribute("data-example", isExample());
  });
  return { element, input };
}

/** The examples, one press away: the menu closes after each, and by Escape. */
function examplesMenu(menu: HTMLDetailsElement): void {
  const close = () => {
    menu.open = false;
    menu.querySelector("summary")!.focus();
  };
  const open = (name: string) => {
    close();
    void openWhenMade(EXAMPLES[name]!(nowSeconds()));
  };
  fill(
    menu.querySelector(".examples")!,
    ...Object.keys(EXAMPLES).map((name) =>
      button(T.examples[name]!, () => open(name), { class: "chip", "data-example": name })
    ),
  );
  menu.addEventListener("keydown", ({ key }) => key === "Escape" && menu.open && close());
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget !== null && !menu.contains(relatedTarget as Node)) menu.open = false;
  });
}

/** An example is not what people came for: what they type or paste replaces it. */
function replaceExamples(input: HTMLTextAreaElement): void {
  let isFirst = false;
  const select = () => isExample() && input.select();
  input.addEventListener("focus", () => {
    isFirst = true;
    select();
  });
  // A press of the mouse puts the caret somewhere after it focused.
  input.addEventListener("click", () => {
    if (isFirst && input.selectionStart === input.selectionEnd) select();
    isFirst = false;
  });
  input.addEventListener("paste", select);
}

/** Pastes where the browser lets a page do it; elsewhere it says how. */
async function pasteInto(input: HTMLTextAreaElement): Promise<void> {
  try {
    change({ text: await navigator.clipboard.readText() });
  } catch {
    say(T.box.notPasted);
    input.select();
  }
  input.focus();
}

/** A file that is dropped anywhere on the page is read, as far as the page reads; a text dropped on an example replaces it. */
export function takeDrops(): void {
  addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  addEventListener("drop", async (event) => {
    const [file] = event.dataTransfer?.files ?? [];
    const text = (event.target as Element).id === "token" && isExample() ? event.dataTransfer!.getData("text/plain") : "";
    if (file === undefined && text === "") return;
    event.preventDefault();
    change({ text: file === undefined ? text : await file.slice(0, 4 * LONGEST_PASTE + 4).text() });
  });
}
