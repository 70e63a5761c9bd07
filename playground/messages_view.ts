import * as messages from "../src/inspect/messages/mod.ts";
import { TABLE } from "../src/inspect/messages/table.ts";
import { folded, h } from "./dom.ts";
import { T } from "./texts.ts";

/** The table of messages, as a judgement takes it. */
export const MESSAGES: typeof messages = messages;

/** What a message or number means: each meaning with its causes, what to do, and what it is not. Nothing for other texts. */
export function explanation(text: string): HTMLElement | undefined {
  const rows = messages.explainError(text);
  if (rows.length === 0) return undefined;
  return h(
    "div",
    {},
    h("h3", {}, T.messages.title),
    rows.length > 1 && h("p", { class: "note" }, T.messages.several(rows.length)),
    h("ul", { class: "findings" }, ...folded(rows, meaningItem, T.bytes.showMore)),
  );
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
    const rows = TABLE.filter(({ id }) => ids.includes(id));
    list.append(...rows.map((row) => h("li", {}, `${headOf(row)}: ${row.meaning} `, h("code", {}, row.id))));
  });
  return details;
}
