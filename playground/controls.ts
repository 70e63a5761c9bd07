import { type Attributes, button, type Child, h, newId } from "./dom.ts";
import { T } from "./language.ts";
import { say } from "./say.ts";
import { change, current, type State, watch } from "./state.ts";

/** An element with which a person changes a value. */
export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** A control with its label, a hint, and a place for an error message. */
export function labelled(label: string, control: Control, hint?: string, ...beside: readonly Child[]): HTMLElement {
  control.id ||= newId();
  const hintElement = hint ? h("p", { class: "hint", id: newId() }, hint) : undefined;
  const error = h("p", { class: "error", id: newId() });
  control.setAttribute("aria-describedby", [hintElement?.id, error.id].filter(Boolean).join(" "));
  return h(
    "div",
    { class: "field" },
    h("label", { for: control.id }, label),
    h("div", { class: "control" }, control, ...beside),
    hintElement,
    error,
  );
}

/** Shows an error message under a control; `undefined` removes it. */
export function showError(control: Control, message: string): void {
  if (message === "") control.removeAttribute("aria-invalid");
  else control.setAttribute("aria-invalid", "true");
  const error = control.closest(".field")?.querySelector(".error");
  if (error) error.textContent = message;
}

/** A text input without autocompletion, spelling or other features that would keep what was typed. */
export function textInput(attributes: Attributes = {}): HTMLInputElement {
  return h("input", { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", ...attributes });
}

/** A list to choose from. */
export function choice(options: Readonly<Record<string, string>>, attributes: Attributes = {}): HTMLSelectElement {
  return h("select", attributes, ...Object.entries(options).map(([value, label]) => h("option", { value }, label)));
}

/** Binds a control to a part of the shared state, in both directions. */
export function bind<C extends Control>(control: C, key: Exclude<keyof State, "which" | "asOf">): C {
  control.addEventListener("input", () => change({ [key]: control.value }));
  const update = () => {
    if (control.value !== current()[key]) control.value = current()[key];
  };
  watch(update);
  update();
  return control;
}

/** The input of the App Certificate. */
export function certificateField(hint: string): HTMLElement {
  return secretField("certificate", { ...T.certificate, hint });
}

/** The input of a secret: masked, stored nowhere, with buttons to show and to clear it. */
export function secretField(
  key: "certificate" | "secretKey",
  { label, hint, cleared }: Pick<typeof T.certificate, "label" | "hint" | "cleared">,
): HTMLElement {
  const input = bind(textInput({ type: "password", maxlength: 200 }), key);
  const eye = button(T.certificate.show, () => {
    input.type = input.type === "password" ? "text" : "password";
    eye.textContent = input.type === "password" ? T.certificate.show : T.certificate.hide;
    eye.setAttribute("aria-pressed", String(input.type === "text"));
  }, { "aria-pressed": "false", class: "quiet" });
  const clear = button(T.certificate.clear, () => {
    change({ [key]: "" });
    say(cleared);
    input.focus();
  }, { class: "quiet" });
  return labelled(label, input, hint, eye, clear);
}

/** The input of the user: a uid or an account. */
export function userField(label: string): HTMLElement {
  const input = bind(textInput(), "user");
  const kind = bind(choice(T.userKinds, { "aria-label": T.userKind }), "userIs");
  return labelled(label, input, undefined, kind);
}

/** Copies a text and says so. Whether it could. */
export async function copyText(text: string, copied: string = T.copied): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    say(copied);
    return true;
  } catch {
    say(T.notCopied);
    return false;
  }
}

/** A button that copies a text and announces it. */
export function copyButton(text: () => string, label: string = T.copy): HTMLButtonElement {
  return button(label, () => void copyText(text()), { class: "quiet" });
}
