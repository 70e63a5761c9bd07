import type { Finding } from "../mod.ts";
import { bind, certificateField, choice, labelled, textInput, userField } from "./controls.ts";
import { fill, h } from "./dom.ts";
import { findingsList } from "./findings_list.ts";
import { newest, nextChange, read } from "./reading.ts";
import { current } from "./state.ts";
import type { View } from "./tabs.ts";
import { T } from "./texts.ts";
import { everySecond, nowSeconds } from "./times.ts";
import { tokenBox } from "./token_box.ts";
import { TokenChoice } from "./token_choice.ts";
import { joinVerdict, VerdictView } from "./verdict.ts";

/** The view “Will my join work?”: the token, checked against what the client does with it. */
export function joinView(onShow: (finding: Finding) => void): View {
  const verdict = new VerdictView();
  const others = new TokenChoice();
  const reasons = h("section", { class: "card", "aria-label": T.findings.title, hidden: true });
  let changes = Infinity;
  const update = newest(() => {
    element.setAttribute("aria-busy", "true");
    return read(current(), "join");
  }, (reading) => {
    element.removeAttribute("aria-busy");
    const { findings } = reading.diagnosis;
    changes = nextChange(reading);
    others.show(reading.found);
    verdict.show(joinVerdict(reading, current()));
    reasons.hidden = findings.length === 0 || reading.text.trim() === "";
    fill(reasons, h("h3", {}, T.findings.title), findingsList(findings, onShow));
  });
  const inputs = h(
    "section",
    { class: "card inputs", "aria-label": T.join.inputs },
    h("p", { class: "lead" }, T.join.lead),
    tokenBox().element,
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
    if (nowSeconds() < changes) return;
    changes = Infinity;
    void update();
  });
  return { element, update };
}
