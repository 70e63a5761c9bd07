import { Actions } from "./actions.ts";
import { AnswerCard } from "./answer_card.ts";
import { BytesView } from "./bytes_view.ts";
import { bind, certificateField, choice, labelled, secretField, textInput, userField } from "./controls.ts";
import { fill, h, redraw } from "./dom.ts";
import { EXAMPLES } from "./examples.ts";
import { FieldTable } from "./field_table.ts";
import { findingsList } from "./findings_list.ts";
import { FoundList } from "./found_list.ts";
import { GuessView } from "./guess_view.ts";
import { T } from "./language.ts";
import { Links } from "./links.ts";
import { MessageView } from "./messages_view.ts";
import { LONGEST_PASTE, newest, nextChange, type PastedReading, read } from "./reading.ts";
import { signatureSteps } from "./signature_steps.ts";
import type { ShownFinding } from "./shown.ts";
import { textSegments } from "./spans.ts";
import { current, isExample, isOpening, judgedAt, openWhenMade, watch } from "./state.ts";
import type { View } from "./tabs.ts";
import { everySecond, nowSeconds } from "./times.ts";
import type { TokenBox } from "./token_box.ts";

/**
 * The Inspect view: what a token is, all its bytes, and whether it is genuine and valid now.
 *
 * @param box The box of the page, which moves here when the view opens.
 * @param openTab Opens another view.
 */
export function inspectView(
  box: TokenBox,
  openTab: (name: string) => void,
): View & { showSpan(finding: Pick<ShownFinding, "span" | "field">): Promise<void> } {
  const inputs = document.querySelector<HTMLElement>(".inputs.inspect")!;
  const certificate = certificateField(T.certificate.hint);
  const secretKey = secretField("secretKey", T.whiteboard.secretKey);
  const channel = bind(textInput(), "channelName");
  const answer = new AnswerCard((next) => {
    if (next === "join") openTab("join");
    else (next === "names" ? channel : (certificate.hidden ? secretKey : certificate).querySelector("input")!).focus();
  });
  const others = new FoundList();
  const actions = new Actions();
  const message = new MessageView();
  const guess = new GuessView();
  const service = labelled(T.fields.service!, bind(choice(T.services004), "service"));
  const outside = h(
    "section",
    { class: "card outside", "aria-label": T.inspect.names, hidden: true },
    h("p", { class: "note" }, T.inspect.outside),
    labelled(T.fields.channelName!, channel),
    userField(T.user),
    service,
    guess.element,
  );
  const guide = guideLines(() => openTab("build"));
  const findings = h("section", { class: "card", hidden: true });
  const linked = h("section", { class: "linked", "aria-label": T.inspect.linked, hidden: true });
  const links = new Links(linked);
  const bytes = new BytesView(links);
  const table = new FieldTable();
  linked.append(h("div", { class: "card flush" }, table.element), h("div", { class: "card" }, bytes.element));
  const steps = h("div", {});
  const learn = h("details", { class: "aside", hidden: true }, h("summary", {}, T.steps.title), steps);
  learn.addEventListener("toggle", () => void update());
  let shown: PastedReading | undefined;
  let changes = Infinity;

  const look = async () => {
    element.setAttribute("aria-busy", "true");
    const state = current(); // it may change while this one is read
    const reading = await read(state, "inspect");
    const { inspection: { token }, refusal } = reading;
    const certificate = refusal === undefined ? state.certificate.trim() : "";
    return { state, reading, chain: token && learn.open ? await signatureSteps(token, certificate) : undefined };
  };
  const show = ({ state, reading, chain }: Awaited<ReturnType<typeof look>>) => {
    element.removeAttribute("aria-busy");
    const { inspection, diagnosis } = reading;
    const { token } = inspection;
    others.show(reading);
    answer.show(reading, state);
    actions.show(reading);
    certificate.hidden = inspection.version === "whiteboard";
    secretKey.hidden = !certificate.hidden;
    outside.hidden = token === undefined || token.version === "007";
    service.hidden = token?.version !== "004";
    const list = diagnosis.findings.filter(({ code }) => code !== "certificate-missing");
    // If the token cannot be read, the answer says everything.
    findings.hidden = inspection.error !== undefined || list.length === 0;
    redraw(findings, [
      { key: "title", make: () => h("h3", {}, T.findings.title) },
      { key: JSON.stringify(list), make: () => findingsList(list, showSpan) },
    ]);
    const isSame = shown?.text === reading.text;
    guess.show(token);
    message.show(state.text.length > LONGEST_PASTE ? "" : state.text, reading);
    shown = reading;
    changes = nextChange(reading);
    linked.hidden = inspection.spans.length === 0;
    learn.hidden = token === undefined;
    if (chain !== undefined) fill(steps, chain);
    if (isSame) return;
    links.choose([]);
    bytes.show(reading.text, inspection);
    table.show(inspection);
    const fault = inspection.spans.findIndex(({ type }) => type === "fault");
    if (fault >= 0) links.choose([fault]);
  };
  const job = newest(look, show);
  const update = () => {
    if (box.element.parentElement !== inputs) inputs.prepend(box.element);
    return isOpening() ? Promise.resolve() : job();
  };

  const showSpan = async ({ span, field }: Pick<ShownFinding, "span" | "field">) => {
    await update();
    const spans = shown?.inspection.spans ?? [];
    const exact = spans.findIndex(({ path, start }) => path === field && start === span?.start);
    const index = exact >= 0
      ? exact
      : spans.findIndex(({ start, end }) => span !== undefined && start <= span.start && span.start < end);
    if (index < 0) return;
    links.choose([index]);
    linked.scrollIntoView({ block: "start" });
    linked.querySelector<HTMLElement>(`tr[data-spans~="${index}"] button`)?.focus({ preventScroll: true });
  };

  // A selection in the input of the token highlights the bytes that it encodes.
  const { input } = box;
  input.addEventListener("selectionchange", () => {
    if (shown === undefined || shown.text !== input.value || shown.inspection.bytes.length > 4096) return;
    const { selectionStart, selectionEnd } = input;
    if (selectionStart === selectionEnd || selectionEnd - selectionStart === input.value.length) return;
    const touched = textSegments(shown.text, shown.inspection).filter(({ start, end }) =>
      start < selectionEnd && end > selectionStart
    );
    links.choose([...new Set(touched.flatMap(({ spans }) => spans))]);
  });

  fill(inputs, box.element, certificate, secretKey);
  secretKey.hidden = true;
  const element = h(
    "div",
    { class: "inspect-view" },
    inputs,
    others.element,
    answer.element,
    actions.element,
    outside,
    guide,
    message.element,
    findings,
    linked,
    learn,
  );
  everySecond(element, () => {
    if (judgedAt() < changes) return;
    changes = Infinity;
    void update();
  });
  return { element, update, showSpan };
}

/** What to do with each of the three things that people come with: while the box is empty, or has an example. */
function guideLines(onBuild: () => void): HTMLElement {
  const guide = document.querySelector<HTMLElement>(".guide")!;
  const [message, build] = guide.querySelectorAll("button");
  message!.addEventListener("click", () => void openWhenMade(EXAMPLES.number!(nowSeconds())));
  build!.addEventListener("click", onBuild);
  watch(() => guide.hidden = !isExample() && current().text.trim() !== "");
  return guide;
}
