import { servicesForm } from "./build_view.ts";
import { button, fill, h } from "./dom.ts";
import { openMade } from "./state.ts";
import type { View } from "./tabs.ts";
import { T } from "./texts.ts";

/**
 * Whether this copy of the page is the one that our server serves. The server takes the policy out of the page and sends its
 * own, which allows requests to itself; every other copy carries one that allows none.
 */
export function isServed(): boolean {
  return document.querySelector("meta[http-equiv=Content-Security-Policy]") === null;
}

/** Ask a server: a token from the server that served this page. The only place from which anything is ever sent. */
export function askView(onOpen: () => void): View {
  const form = servicesForm(() => {});
  const answer = h("section", { class: "card", "aria-label": T.ask.answer, role: "status" });
  const ask = async () => {
    fill(answer, h("p", {}, T.ask.waiting));
    try {
      const { kind: _kind, ...body } = form.plan() as { kind: string };
      const response = await fetch("/v1/tokens", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const json = await response.json();
      const inspect = () => {
        openMade(json.token);
        onOpen();
      };
      fill(
        answer,
        h("h2", {}, T.ask.status(response.status)),
        h("pre", { tabindex: 0, role: "group", "aria-label": T.ask.answer }, JSON.stringify(json, null, 2)),
        response.ok && button(T.ask.inspect, inspect, { class: "primary" }),
      );
      form.fail(json.field ?? "", json.detail ?? "");
    } catch {
      fill(answer, h("p", {}, T.ask.failed));
    }
  };
  const inputs = h(
    "section",
    { class: "card inputs", "aria-label": T.ask.inputs },
    h("p", { class: "lead" }, T.ask.lead),
    form.element,
    h("div", { class: "actions" }, button(T.ask.send, ask, { class: "primary" })),
  );
  return { element: h("div", { class: "two" }, inputs, answer), update: () => {} };
}
