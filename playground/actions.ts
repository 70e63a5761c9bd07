import { listAll } from "./batch_view.ts";
import { type CodeInput, CodePanel } from "./code_panel.ts";
import { copyText } from "./controls.ts";
import { ComparePanel } from "./compare_panel.ts";
import { defused, fragmentOf, isDefused } from "./defused.ts";
import { button, fill, h } from "./dom.ts";
import { wasEdited } from "./edit.ts";
import { EditPanel } from "./edit_panel.ts";
import { N } from "./language.ts";
import { dataOf, planOf } from "./plan_of.ts";
import type { PastedReading } from "./reading.ts";
import { reportText } from "./report_text.ts";
import { say } from "./say.ts";
import { current, judgedAt } from "./state.ts";

/** A panel that an action opens. */
interface Panel {
  /** The element to put on the page. */
  element: HTMLElement;
  /** Shows a reading of a whole token. */
  show: (reading: PastedReading) => void;
  /** Moves the focus to where one begins. */
  focus: () => void;
}

const PANELS: Readonly<Record<"compare" | "edit" | "code", () => Panel>> = {
  compare: () => new ComparePanel(),
  edit: () => new EditPanel(),
  code: codePanel,
};

/** The panel that is open: it is so, too, when the page is made anew in another language. */
let opened: keyof typeof PANELS | undefined;

/** What one does next with the token that is shown: copy a report, share, compare, edit, code. An open panel follows the reading. */
export class Actions {
  /** The element to put on the page. */
  readonly element: HTMLElement;
  readonly #buttons = Object.keys(PANELS).map((name) =>
    button(N.actions[name as keyof typeof PANELS], () => this.#toggle(name as keyof typeof PANELS), {
      class: "quiet",
      "aria-expanded": "false",
      "data-action": name,
    })
  );
  readonly #readable = h("small", {});
  readonly #share = h(
    "button",
    { type: "button", class: "quiet", title: N.share.title, onclick: () => void copyLink(this.#shown!) },
    `${N.actions.share} `,
    this.#readable,
  );
  readonly #all = button("", () => listAll(current().text), { class: "quiet" });
  readonly #holder = h("div", { class: "action-panel card", hidden: true });
  readonly #panels = new Map<string, Panel>();
  #shown: PastedReading | undefined;

  constructor() {
    const report = button(N.actions.report, () => void copyText(reportText(this.#shown!, judgedAt())), { class: "quiet" });
    this.element = h(
      "section",
      { class: "next", "aria-label": N.actions.label, hidden: true },
      h("div", { class: "actions" }, report, this.#share, ...this.#buttons, this.#all),
      this.#holder,
    );
  }

  /** Offers what can be done with a token. */
  show(reading: PastedReading): void {
    const { token } = reading.inspection;
    this.#shown = reading;
    this.element.hidden = token === undefined;
    if (token === undefined) return;
    this.#all.hidden = reading.found.length < 2;
    this.#all.textContent = N.actions.all(reading.found.length);
    this.#share.disabled = isDefused(token) || wasEdited(reading.text);
    this.#readable.textContent = N.share.readable[token.version] ?? N.share.readable.other!;
    this.#open()?.show(reading);
  }

  #toggle(name: keyof typeof PANELS): void {
    opened = opened === name ? undefined : name;
    const panel = this.#open();
    panel?.show(this.#shown!);
    panel?.focus();
  }

  /** Puts the panel that is to be open on the page, if it is not there. */
  #open(): Panel | undefined {
    for (const one of this.#buttons) one.setAttribute("aria-expanded", String(one.dataset.action === opened));
    this.#holder.hidden = opened === undefined;
    if (opened === undefined) return void fill(this.#holder);
    const panel = this.#panels.get(opened) ?? PANELS[opened]();
    this.#panels.set(opened, panel);
    if (panel.element.parentElement !== this.#holder) fill(this.#holder, h("h3", {}, N.panels[opened]), panel.element);
    return panel;
  }
}

/** Copies the address of this page with the token in it, without its signature. Made on this press only. */
async function copyLink({ inspection }: PastedReading): Promise<void> {
  const text = await defused(inspection.token!);
  if (text === undefined) return say(N.share.cannot);
  const address = location.href.replace(/#.*/, "");
  await copyText(`${address}#${fragmentOf(text)}`, N.share.copied);
}

/** How to make the token that is shown. */
function codePanel(): Panel {
  const panel = new CodePanel();
  const show = ({ inspection }: PastedReading) => {
    if (inspection.token === undefined) return;
    const { token, view } = inspection;
    const { channelName, user, service } = current();
    const input: CodeInput = {
      plan: planOf(dataOf(token, { channelName, user, service })),
      appId: view.appId,
      view,
      ...(token.version === "007" ? {} : { note: N.code.names }),
    };
    panel.show(input);
  };
  return { element: panel.element, show, focus: () => panel.focus() };
}
