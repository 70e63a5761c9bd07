import { servicesForm } from "./build_view.ts";
import { requestOf } from "./code.ts";
import { copyButton, labelled, textInput } from "./controls.ts";
import { button, fill, h } from "./dom.ts";
import { language, N, T } from "./language.ts";
import { newest } from "./reading.ts";
import { openMade } from "./state.ts";
import type { View } from "./tabs.ts";

/**
 * Whether this copy of the page is the one that our server serves, and comes from it: the server writes into its policy that it
 * allows requests to itself. A copy of that, saved to disk, comes from nowhere, and that policy allows it no requests.
 */
export function isServed(): boolean {
  const policy = document.querySelector<HTMLMetaElement>("meta[http-equiv=Content-Security-Policy]")!;
  return policy.content.includes("connect-src 'self'") && location.protocol.startsWith("http");
}

/** Whether the server that serves this copy is in demo mode: it says so in the page. */
function isDemo(): boolean {
  return document.documentElement.hasAttribute("data-demo");
}

/** The server's answer. */
interface Answer {
  ok: boolean;
  status: number;
  json: { token?: string; field?: string; detail?: string };
}

/** The view that requests a token from the server of this page. Nothing else on the page ever sends anything. */
export function askView(onOpen: () => void): View {
  const form = servicesForm();
  const answer = h("section", { class: "card", "aria-label": T.ask.answer, role: "status" });
  const key = textInput({ type: "password", maxlength: 4096 });
  const body = () => {
    const { kind: _kind, ...body } = form.plan() as { kind: string };
    return body;
  };
  const code = h("code", {});
  const showCode = () => code.textContent = requestOf(location.origin, body(), key.value.trim() !== "");
  const request = async (): Promise<Answer | undefined> => {
    const authorization: Record<string, string> = key.value.trim() === ""
      ? {}
      : { authorization: `Bearer ${key.value.trim()}` };
    try {
      const response = await fetch("/v1/tokens", {
        method: "POST",
        headers: { "content-type": "application/json", ...authorization },
        body: JSON.stringify(body()),
      });
      const { ok, status } = response;
      return { ok, status, json: await response.json().catch(() => ({})) };
    } catch {
      return undefined; // the key cannot be in a header, or the server does not answer
    }
  };
  const show = (got: Answer | undefined) => {
    const words = form.fail(got?.json.field ?? "", language.error({ message: got?.json.detail ?? "" }));
    if (got === undefined) return fill(answer, h("p", {}, T.ask.failed));
    const { ok, status, json } = got;
    const inspect = () => {
      openMade(json.token!);
      onOpen();
    };
    const meaning = T.ask.meanings[status] ?? words;
    fill(
      answer,
      h("h2", {}, T.ask.status(status)),
      meaning !== undefined && h("p", { class: "meaning" }, meaning),
      h("pre", {}, JSON.stringify(json, null, 2)),
      ok && json.token !== undefined && button(T.ask.inspect, inspect, { class: "primary" }),
    );
  };
  const update = newest(request, show);
  const ask = () => {
    fill(answer, h("p", {}, T.ask.waiting));
    void update();
  };
  fill(answer, h("h2", {}, T.ask.answer), h("p", { class: "note" }, T.ask.nothing));
  const inputs = h(
    "section",
    { class: "card inputs", "aria-label": T.ask.inputs },
    h("p", { class: "lead" }, T.ask.lead),
    isDemo() && h("p", { class: "demo-mode" }, N.ask.demo),
    form.element,
    labelled(T.ask.key, key, T.ask.keyHint),
    h("div", { class: "actions" }, button(T.ask.send, ask, { class: "primary" })),
    h("h2", {}, N.ask.code),
    h("div", { class: "code-block" }, h("pre", {}, code), copyButton(() => code.textContent!)),
  );
  inputs.addEventListener("input", showCode);
  return { element: h("div", { class: "two" }, inputs, answer), update: showCode };
}
