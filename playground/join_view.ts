import { bind, certificateField, choice, labelled, textInput, userField } from "./controls.ts";
import { fill, h } from "./dom.ts";
import { findingsList } from "./findings_list.ts";
import { FoundList } from "./found_list.ts";
import { T } from "./language.ts";
import { newest, nextChange, read } from "./reading.ts";
import type { ShownFinding } from "./shown.ts";
import { current, judgedAt } from "./state.ts";
import type { View } from "./tabs.ts";
import { everySecond } from "./times.ts";
import type { TokenBox } from "./token_box.ts";
import { joinVerdict, VerdictView } from "./verdict.ts";

/**
 * The view “Will my join work?”: the token, checked against what the client does with it.
 *
 * @param box The box of the page, which moves here when the view opens.
 */
export function joinView(box: TokenBox, onShow: (finding: ShownFinding) => void): View {
  const verdict = new VerdictView();
  const others = new FoundList();
  const reasons = h("section", { class: "card", "aria-label": T.findings.title, hidden: true });
  let changes = Infinity;
  const job = newest(() => {
    element.setAttribute("aria-busy", "true");
    return read(current(), "join");
  }, (reading) => {
    element.removeAttribute("aria-busy");
    const { findings } = reading.diagnosis;
    changes = nextChange(reading);
    others.show(reading);
    verdict.show(joinVerdict(reading, current()));
    reasons.hidden = findings.length === 0 || reading.text.trim() === "";
    fill(reasons, h("h3", {}, T.findings.title), findingsList(findings, onShow));
  });
  const slot = h("div", {});
  const update = () => {
    if (box.element.parentElement !== slot) slot.append(box.element);
    return job();
  };
  const inputs = h(
    "section",
    { class: "card inputs", "aria-label": T.join.inputs },
    h("p", { class: "lead" }, T.join.lead),
    slot,
    h(
      "div",
      { class: "grid" },
      labelled(T.join.intent, bind(choice({ "": T.join.noIntent, ...T.join.intents }), "intent")),
      labelled(T.fields.appId!, bind(textInput({ class: "mono" }), "appId"), T.join.appIdHint),
      labelled(T.fields.channelName!, bind(textInput(), "channelName"), T.join.channelHint),
      userField(T.join.user),
    ),
    certificateField(T.join.certificateHint),
  );
  const element = h("div", { class: "two" }, inputs, h("div", { class: "join" }, others.element, verdict.element, reasons));
  everySecond(element, () => {
    if (judgedAt() < changes) return;
    changes = Infinity;
    void update();
  });
  return { element, update };
}
