import type { TokenView } from "../mod.ts";
import { isServed } from "./ask_view.ts";
import { clientCode, CLIENTS } from "./calls/client_code.ts";
import { OFFICIAL, type OfficialCode, officialCode } from "./calls/official_code.ts";
import { recipeOf } from "./calls/recipe.ts";
import { codeOf } from "./code.ts";
import { copyButton, labelled } from "./controls.ts";
import { fill, h } from "./dom.ts";
import { N, T } from "./language.ts";
import type { Plan } from "./plan.ts";

/** What the code makes. */
export interface CodeInput {
  /** The token. */
  plan: Plan;
  /** The project. */
  appId: string;
  /** What the token is for, for the code of clients. */
  view: TokenView;
  /** What to say above the code. */
  note?: string;
}

/** The code of one language, and what to know about it. */
type Shown = Partial<OfficialCode>;

/** The language that was chosen last: both places that show code begin with it. */
let chosen = "typescript";

/** The code that makes a token, in the language that one chooses. */
export class CodePanel {
  /** The element to put on the page. */
  readonly element: HTMLElement = h("div", { class: "code" });
  readonly #select = h(
    "select",
    { oninput: () => this.#choose() },
    group(N.code.groups.own, T.code.languages),
    group(N.code.groups.official, labels(OFFICIAL)),
    group(N.code.groups.client, labels(CLIENTS)),
  );
  readonly #result = h("div", { class: "code-result" });
  #input: CodeInput | undefined;

  constructor() {
    this.element.append(labelled(N.code.language, this.#select), this.#result);
  }

  /** Shows the code for a token. */
  show(input: CodeInput): void {
    this.#input = input;
    this.#select.value = chosen;
    const { install, code, warning, notes = [], faults = [] } = codeIn(chosen, input);
    fill(
      this.#result,
      input.note !== undefined && h("p", { class: "note" }, input.note),
      warning !== undefined && h("p", { class: "code-warning" }, warning),
      install !== undefined && h("h4", {}, N.code.install),
      install !== undefined && block(install),
      code !== undefined && block(code),
      notes.length + faults.length > 0 && h(
        "details",
        {},
        h("summary", {}, faults.length > 0 ? N.code.known : N.code.notes),
        h("ul", {}, ...[...faults, ...notes].map((text) => h("li", {}, text))),
        h("p", { class: "note" }, N.code.source),
      ),
    );
  }

  /** Lets the language be chosen by the keyboard at once. */
  focus(): void {
    this.#select.focus();
  }

  #choose(): void {
    chosen = this.#select.value;
    if (this.#input !== undefined) this.show(this.#input);
  }
}

/** The code in a language: ours, an official one, or that of a client. */
function codeIn(language: string, { plan, appId, view }: CodeInput): Shown {
  if (Object.hasOwn(OFFICIAL, language)) return officialCode(recipeOf(plan), language);
  if (Object.hasOwn(CLIENTS, language)) {
    const code = clientCode(view, language);
    return code === undefined ? { warning: N.code.noClient } : { install: CLIENTS[language]!.install, code };
  }
  const own = codeOf(plan, appId, isServed() ? location.origin : undefined);
  return { code: own[language as keyof typeof own], ...(language === "typescript" ? { install: N.code.installOurs } : {}) };
}

function block(text: string): HTMLElement {
  return h("div", { class: "code-block" }, h("pre", {}, h("code", {}, text)), copyButton(() => text));
}

function labels(rows: Readonly<Record<string, { label: string }>>): Record<string, string> {
  return Object.fromEntries(Object.entries(rows).map(([key, { label }]) => [key, label]));
}

function group(label: string, options: Readonly<Record<string, string>>): HTMLElement {
  return h("optgroup", { label }, ...Object.entries(options).map(([value, label]) => h("option", { value }, label)));
}
