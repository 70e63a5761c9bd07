import { visible } from "../src/inspect/words.ts";
import { button, folded, h } from "./dom.ts";
import { T } from "./language.ts";
import { whatSdksSay } from "./messages_view.ts";
import type { ShownFinding } from "./shown.ts";
import { labelOf } from "./spans.ts";

/**
 * The findings, each with its advice, the values that disagree, and the number of the SDK's error.
 *
 * @param onShow Shows the bytes concerned, where there are any.
 */
export function findingsList(findings: readonly ShownFinding[], onShow: (finding: ShownFinding) => void): HTMLElement {
  return h("ul", { class: "findings" }, ...folded(findings, (finding) => findingItem(finding, onShow), T.bytes.showMore));
}

function findingItem(finding: ShownFinding, onShow: (finding: ShownFinding) => void): HTMLElement {
  const { severity, code, message, advice, expected, actual, sdkError, messages = [], span, field } = finding;
  const values = [
    ...(actual === undefined ? [] : [[T.findings.actual, actual || T.findings.empty]]),
    ...(expected === undefined ? [] : [[T.findings.expected, expected || T.findings.empty]]),
    ...(sdkError === undefined ? [] : [[T.findings.sdk, String(sdkError)]]),
  ] as [string, string][];
  return h(
    "li",
    { class: "finding", "data-severity": severity },
    h("p", { class: "head" }, h("strong", {}, T.findings.severity[severity]), h("code", {}, code)),
    h("p", { class: "message" }, visible(message)),
    advice !== undefined && h("p", { class: "advice" }, advice),
    values.length > 0 &&
      h("dl", {}, ...values.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, visible(value))))),
    messages.length > 0 && whatSdksSay(messages),
    span !== undefined &&
      button(T.findings.show(labelOf({ path: field ?? "" }) || T.findings.place(span.start)), () => onShow(finding), {
        class: "quiet",
      }),
  );
}
