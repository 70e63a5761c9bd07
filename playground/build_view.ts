import { AgoraTokenError, type Inspection, inspectToken, type Service } from "../mod.ts";
import { SERVICES } from "../src/formats/access_token2/services.ts";
import { argumentsForm, type Form, serviceForm } from "./build_form.ts";
import { BytesView } from "./bytes_view.ts";
import { CodePanel } from "./code_panel.ts";
import { bind, certificateField, type Control, copyButton, labelled, showError, textInput } from "./controls.ts";
import { button, fill, h } from "./dom.ts";
import { DEMO } from "./examples.ts";
import { language, T } from "./language.ts";
import { buildPlan, type Plan, PLANS } from "./plan.ts";
import { newest } from "./reading.ts";
import { announce } from "./say.ts";
import { current, open, openMade } from "./state.ts";
import type { View } from "./tabs.ts";

/** The result of a plan: a token with its reading, or why it could not be built. */
type Outcome = { token: string; inspection: Inspection; plan: Plan } | { error: AgoraTokenError };

/** A choice of services: a checkbox for each, and the form of each that is checked. A form keeps its values when it is hidden. */
export function servicesForm(): Form & { plan: () => Plan } {
  const made: Partial<Record<Service["type"], ReturnType<typeof serviceForm>>> = {};
  const holder = h("div", { class: "services" });
  const lifetime = argumentsForm("services", ["expire"]);
  const boxes = SERVICES.map(({ name }) => {
    const box = h("input", { type: "checkbox", checked: name === "rtc", oninput: () => draw() });
    return { name, box, element: h("label", { class: "chip" }, box, " ", language.services[name].title) };
  });
  const forms = () =>
    boxes.filter(({ box }) => box.checked).map(({ name }) => made[name] ??= serviceForm(name, PLANS.services[name]!));
  const draw = () => fill(holder, ...forms().map(({ element }) => element));
  const plan = (): Plan => ({
    kind: "services",
    services: forms().map(({ options }) => options()),
    expire: lifetime.values().expire as number,
  });
  draw();
  return {
    element: h(
      "div",
      {},
      h("fieldset", { class: "boxes" }, h("legend", {}, T.build.services), ...boxes.map(({ element }) => element)),
      lifetime.element,
      holder,
    ),
    values: () => ({}),
    plan,
    fail(field, message) {
      const [, place, rest = ""] = /^services\[(\d+)\]\.(.*)$/.exec(field) ?? [];
      const own = message.replace(`"${field}"`, `"${rest}"`);
      const said = forms().map(({ fail }, index) => fail(String(index) === place ? rest : "", own));
      return lifetime.fail(field, message) ?? said.find((words) => words !== undefined);
    },
  };
}

/** The Build view: a form for every service and builder, the token with its bytes as one types, and the same call as code. */
export function buildView(onOpen: () => void): View {
  const result = h("div", { class: "result" });
  const status = h("p", { class: "build-status" });
  const tokenText = h("output", { class: "token-output", "aria-label": T.build.token });
  const bytes = new BytesView();
  const code = new CodePanel();
  const holder = h("div", {});
  let form: Form & { plan: () => Plan };
  const appId = bind(textInput({ class: "mono", placeholder: DEMO.appId }), "appId");
  const certificate = certificateField(T.build.certificateHint);
  const project: readonly [name: string, label: string, control: Control][] = [
    ["appId", T.fields.appId!, appId],
    ["appCertificate", T.certificate.label, certificate.querySelector("input")!],
  ];

  const credentials = () => {
    const { appId, certificate } = current();
    return { appId: appId.trim() || DEMO.appId, appCertificate: certificate.trim() || DEMO.appCertificate };
  };
  const make = async (): Promise<Outcome> => {
    try {
      const plan = form.plan();
      const project = credentials();
      const token = await buildPlan(plan, project);
      return { token, inspection: await inspectToken(token), plan };
    } catch (error) {
      if (error instanceof AgoraTokenError) {
        return { error };
      }
      throw error;
    }
  };
  let token = "";
  const say = (words: string, tone: string) => {
    if (status.textContent !== words) announce(status, words);
    status.textContent = words;
    status.dataset.tone = tone;
  };
  /** Shows at its control what is wrong with a field, and returns that message. */
  const fail = (field: string, message: string): string | undefined => {
    let said = form.fail(field, message);
    for (const [name, label, control] of project) {
      const own = name === field ? T.sentence(message.replace(`"${name}"`, `“${label}”`)) : "";
      showError(control, own);
      said ||= own;
    }
    return said;
  };
  const show = (outcome: Outcome) => {
    result.hidden = "error" in outcome;
    const error = "error" in outcome ? outcome.error : undefined;
    const message = error === undefined ? "" : language.error(error);
    const said = fail(error?.field ?? "", message) || T.sentence(message);
    if ("error" in outcome) return say(T.build.refused(said), "bad");
    token = outcome.token;
    const { appId, appCertificate } = credentials();
    const [ownAppId, own] = [appId !== DEMO.appId, appCertificate !== DEMO.appCertificate];
    const [tone, words] = ownAppId === own
      ? ["", own ? T.build.ready : T.build.demo]
      : ["warning", own ? T.build.demoAppId : T.build.demoCertificate];
    say(words, tone);
    tokenText.textContent = token;
    bytes.show(token, outcome.inspection);
    code.show({ plan: outcome.plan, appId, view: outcome.inspection.view });
  };
  const update = newest(make, show);

  const forms: Record<string, typeof form> = {};
  const choose = (name: string) => {
    form = forms[name] ??= formOf(name);
    fill(holder, form.element);
    void update();
  };
  const what = h(
    "select",
    { oninput: () => choose(what.value) },
    h("option", { value: "services" }, T.build.ownChoice),
    group(T.build.official, "builders", Object.keys(PLANS.builders)),
    group(T.build.old, "old", Object.keys(PLANS.old)),
  );
  const openInInspect = button(T.build.open, () => {
    const { certificate } = current();
    if (certificate === "" || certificate === DEMO.appCertificate) open({ text: token, certificate: DEMO.appCertificate });
    else openMade(token);
    onOpen();
  }, { class: "primary" });
  result.append(
    tokenText,
    h("div", { class: "actions" }, openInInspect, copyButton(() => token)),
    h("h3", {}, T.code.title),
    code.element,
    h("details", { open: true }, h("summary", {}, T.build.bytes), bytes.element),
  );
  holder.addEventListener("input", update);
  const element = h(
    "div",
    { class: "two" },
    h(
      "section",
      { class: "card inputs", "aria-label": T.build.inputs },
      h("p", { class: "lead" }, T.build.lead),
      labelled(T.build.what, what),
      h(
        "details",
        {},
        h("summary", {}, T.build.project),
        labelled(T.fields.appId!, appId),
        certificate,
      ),
      holder,
    ),
    h("section", { class: "card", "aria-label": T.build.token }, h("h2", {}, T.build.token), status, result),
  );
  choose("services");
  return { element, update };
}

/** The form of a choice: `services`, or `builders/` or `old/` and the name of a builder. */
function formOf(choice: string): Form & { plan: () => Plan } {
  const [kind, name] = choice.split("/") as ["services" | "builders" | "old", string];
  if (kind === "services") return servicesForm();
  const form = argumentsForm(name, PLANS[kind][name]!);
  const [format, method] = name.split(".") as [string, string];
  const plan = (): Plan =>
    kind === "builders"
      ? { kind: "builder", name, args: form.values() }
      : { kind: "old", format, name: method, args: form.values() };
  return { ...form, plan };
}

function group(label: string, kind: string, names: readonly string[]): HTMLElement {
  return h("optgroup", { label }, ...names.map((name) => h("option", { value: `${kind}/${name}` }, name)));
}
