import type { Finding } from "../mod.ts";
import { BytesView } from "./bytes_view.ts";
import { bind, certificateField, choice, labelled, textInput, userField } from "./controls.ts";
import { fill, h, redraw } from "./dom.ts";
import { EXAMPLES } from "./examples.ts";
import { FieldTable } from "./field_table.ts";
import { findingsList } from "./findings_list.ts";
import { GuessView } from "./guess_view.ts";
import { Links } from "./links.ts";
import { explanation } from "./messages_view.ts";
import { newest, nextChange, type PastedReading, read } from "./reading.ts";
import { signatureSteps } from "./signature_steps.ts";
import { textSegments } from "./spans.ts";
import { current } from "./state.ts";
import type { View } from "./tabs.ts";
import { T } from "./texts.ts";
import { timeline, timesOf } from "./timeline.ts";
import { everySecond, nowSeconds } from "./times.ts";
import { tokenBox } from "./token_box.ts";
import { TokenChoice } from "./token_choice.ts";
import { inspectVerdict, VerdictView } from "./verdict.ts";

/** The Inspect view: what a token is, all its bytes, and whether it is genuine and valid now. */
export function inspectView(): View & { showSpan(finding: Finding): Promise<void> } {
  const { element: box, input } = tokenBox(Object.keys(EXAMPLES).filter((name) => name !== "wrongChannel"));
  const verdict = new VerdictView();
  const others = new TokenChoice();
  const message = h("section", { class: "card", hidden: true });
  const guess = new GuessView();
  const outside = h(
    "div",
    { class: "outside", hidden: true },
    h("p", { class: "note" }, T.inspect.outside),
    guess.element,
    labelled(T.fields.channelName!, bind(textInput(), "channelName")),
    userField(T.user),
    labelled(T.fields.service!, bind(choice(T.services004), "service")),
  );
  const findings = h("section", { class: "card", hidden: true });
  const times = h("section", { class: "card", hidden: true });
  const linked = h("section", { class: "linked", "aria-label": T.inspect.linked, hidden: true });
  const links = new Links(linked);
  const bytes = new BytesView(links);
  const table = new FieldTable();
  linked.append(h("div", {}, times, h("div", { class: "card" }, bytes.element)), h("div", { class: "card" }, table.element));
  const steps = h("div", {});
  const learn = h("details", { class: "card", hidden: true }, h("summary", {}, T.steps.title), steps);
  let shown: PastedReading | undefined;
  let changes = Infinity;

  const look = async () => {
    element.setAttribute("aria-busy", "true");
    const state = current(); // it may change while this one is read
    const reading = await read(state, "inspect");
    const { inspection: { token }, refusal } = reading;
    const certificate = refusal === undefined ? state.certificate.trim() : "";
    return { reading, chain: token && await signatureSteps(token, certificate) };
  };
  const show = ({ reading, chain }: { reading: PastedReading; chain: HTMLElement | undefined }) => {
    element.removeAttribute("aria-busy");
    const { inspection, diagnosis } = reading;
    const { token } = inspection;
    others.show(reading.found);
    verdict.show(inspectVerdict(reading));
    outside.hidden = token === undefined || token.version === "007";
    const list = diagnosis.findings.filter(({ code }) => code !== "certificate-missing");
    // If the token cannot be read, the verdict says everything.
    findings.hidden = inspection.error !== undefined || list.length === 0;
    redraw(findings, [
      { key: "title", make: () => h("h3", {}, T.findings.title) },
      { key: JSON.stringify(list), make: () => findingsList(list, showSpan) },
    ]);
    const isSame = shown?.text === reading.text;
    guess.show(token);
    const said = diagnosis.findings[0]?.messages !== undefined && inspection.version === undefined;
    if (!isSame || !said) fill(message, said ? explanation(reading.text) : undefined);
    message.hidden = message.childElementCount === 0;
    shown = reading;
    changes = nextChange(reading);
    linked.hidden = inspection.spans.length === 0;
    learn.hidden = chain === undefined;
    fill(steps, chain);
    if (isSame) return;
    const moments = timesOf(inspection.view);
    times.hidden = moments === undefined;
    redraw(times, [
      { key: "title", make: () => h("h3", {}, T.timeline.title) },
      ...(moments === undefined ? [] : [{ key: JSON.stringify(moments), make: () => timeline(moments) }]),
    ]);
    links.choose([]);
    bytes.show(reading.text, inspection);
    table.show(inspection);
    const fault = inspection.spans.findIndex(({ type }) => type === "fault");
    if (fault >= 0) links.choose([fault]);
  };
  const update = newest(look, show);

  const showSpan = async ({ span, field }: Finding) => {
    await update();
    const spans = shown?.inspection.spans ?? [];
    const exact = spans.findIndex(({ path, start }) => path === field && start === span?.start);
    const index = exact >= 0
      ? exact
      : spans.findIndex(({ start, end }) => span !== undefined && start <= span.start && span.start < end);
    if (index < 0) return;
    links.choose([index]);
    linked.scrollIntoView({ block: "start" });
    linked.querySelector<HTMLElement>(`tr[data-spans="${index}"] button`)?.focus({ preventScroll: true });
  };

  // A selection in the input of the token highlights the bytes that it encodes.
  input.addEventListener("selectionchange", () => {
    if (shown === undefined || shown.text !== input.value || shown.inspection.bytes.length > 4096) return;
    const { selectionStart, selectionEnd } = input;
    if (selectionStart === selectionEnd) return;
    const touched = textSegments(shown.text, shown.inspection).filter(({ start, end }) =>
      start < selectionEnd && end > selectionStart
    );
    links.choose([...new Set(touched.flatMap(({ spans }) => spans))]);
  });

  const inputs = h(
    "section",
    { class: "card inputs inspect", "aria-label": T.inspect.inputs },
    box,
    certificateField(T.certificate.hint),
    outside,
  );
  const element = h("div", {}, inputs, others.element, verdict.element, message, findings, linked, learn);
  everySecond(element, () => {
    if (nowSeconds() < changes) return;
    changes = Infinity;
    void update();
  });
  return { element, update, showSpan };
}
