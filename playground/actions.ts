import { listAll } from "./batch_view.ts";
import { type CodeInput, CodePanel } from "./code_panel.ts";
import { copyText } from "./controls.ts";
import { ComparePanel } from "./compare_panel.ts";
import { defused, fragmentOf, isDefused } from "./defused.ts";
import { button, fill, h } from "./dom.ts";
import { wasEdited } from "./edit.ts";
import { EditPanel } from "./edit_panel.ts";
import { N } from "./next_texts.ts";
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

const panels = new Map<string, Panel>();
let opened: keyof typeof PANELS | undefined;
let shown: PastedReading | undefined;

const buttons = Object.keys(PANELS).map((name) =>
  button(N.actions[name as keyof typeof PANELS], () => toggle(name as keyof typeof PANELS), {
    class: "quiet",
    "aria-expanded": "false",
    "data-action": name,
  })
);
const readable = h("small", {});
const share = h(
  "button",
  { type: "button", class: "quiet", title: N.share.title, onclick: () => void copyLink() },
  `${N.actions.share} `,
  readable,
);
const all = button("", () => listAll(current().text), { class: "quiet" });
const holder = h("div", { class: "action-panel card", hidden: true });
const element = h(
  "section",
  { class: "next", "aria-label": N.actions.label },
  h(
    "div",
    { class: "actions" },
    button(N.actions.report, () => void copyText(reportText(shown!, judgedAt())), { class: "quiet" }),
    share,
    ...buttons,
    all,
  ),
  holder,
);

/**
 * What one does next with the token that is shown: copy a report, share, compare, edit, code. The element is always the same,
 * and an open panel follows the reading.
 */
export function actionsFor(reading: PastedReading): HTMLElement {
  const { token } = reading.inspection;
  shown = reading;
  element.hidden = token === undefined;
  if (token === undefined) return element;
  all.hidden = reading.found.length < 2;
  all.textContent = N.actions.all(reading.found.length);
  share.disabled = isDefused(token) || wasEdited(reading.text);
  readable.textContent = N.share.readable[token.version] ?? N.share.readable.other!;
  if (opened !== undefined) panels.get(opened)!.show(reading);
  return element;
}

function toggle(name: keyof typeof PANELS): void {
  opened = opened === name ? undefined : name;
  for (const one of buttons) one.setAttribute("aria-expanded", String(one.dataset.action === opened));
  holder.hidden = opened === undefined;
  if (opened === undefined) return fill(holder);
  const panel = panels.get(opened) ?? PANELS[opened]();
  panels.set(opened, panel);
  fill(holder, h("h3", {}, N.panels[opened]), panel.element);
  panel.show(shown!);
  panel.focus();
}

/** Copies the address of this page with the token in it, without its signature. Made on this press only. */
async function copyLink(): Promise<void> {
  const text = await defused(shown!.inspection.token!);
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
