import { AgoraTokenError, packToken, type Token } from "../mod.ts";
import { utc, visible } from "../src/inspect/words.ts";
import { certificateField, copyButton, labelled, showError, textInput } from "./controls.ts";
import { button, fill, h } from "./dom.ts";
import { brokenRule, type Editable, editablesOf, edited, rememberEdited } from "./edit.ts";
import { language, N, T } from "./language.ts";
import { dataOf, type TokenData } from "./plan_of.ts";
import { newest, type PastedReading } from "./reading.ts";
import { labelOf } from "./spans.ts";
import { current, openMade, watch } from "./state.ts";
import { duration, nowSeconds } from "./times.ts";

/** What became of an edit. */
type Outcome = { token: string; rule: AgoraTokenError | undefined } | { error: string; field: string } | undefined;

/** Every value of the token that is shown, to edit and to sign anew. */
export class EditPanel {
  /** The element to put on the page. */
  readonly element: HTMLElement;
  readonly #fields = h("div", { class: "grid edit-fields" });
  readonly #banner = h("p", { class: "edit-banner", role: "status" });
  readonly #output = h("output", { class: "token-output", "aria-label": N.edit.result });
  readonly #result = h("div", { class: "edit-result", hidden: true });
  readonly #certificate = certificateField(N.edit.certificateHint);
  readonly #update: () => Promise<void>;
  #controls = new Map<string, HTMLInputElement | HTMLTextAreaElement>();
  #original: TokenData | undefined;
  #editables: Editable[] = [];
  #key = "";
  #token = "";

  constructor() {
    this.#update = newest(() => this.#make(), (outcome) => this.#show(outcome));
    const inspect = button(N.edit.open, () => openMade(this.#token), { class: "primary" });
    this.#result.append(this.#output, h("div", { class: "actions" }, copyButton(() => this.#token, N.edit.copy), inspect));
    this.element = h(
      "div",
      { class: "edit" },
      h("p", { class: "note" }, N.edit.lead),
      this.#fields,
      h(
        "div",
        { class: "actions" },
        button(N.edit.now, () => this.#issueNow(), { class: "quiet" }),
        button(N.edit.reset, () => this.#reset(), { class: "quiet" }),
      ),
      this.#certificate,
      this.#banner,
      this.#result,
    );
    this.#fields.addEventListener("input", () => void this.#update());
    watch(() => {
      if (this.element.isConnected) void this.#update(); // the certificate is shared with the other views
    });
  }

  /** Begins with another token; what was edited in the same one stays. */
  show({ text, inspection: { token } }: PastedReading): void {
    const { channelName, user, service } = current();
    const key = JSON.stringify([text, token!.version === "007" ? [] : [channelName, user, service]]);
    if (key === this.#key) return;
    this.#key = key;
    this.#original = dataOf(token!, { channelName, user, service });
    this.#editables = editablesOf(this.#original);
    this.#reset();
  }

  /** Begins with the first value. */
  focus(): void {
    this.#fields.querySelector<HTMLElement>("input, textarea")?.focus();
  }

  #reset(): void {
    this.#controls = new Map();
    const services = this.#original!.version === "007" ? this.#original!.services : [];
    const isOf = (path: string) => ({ path: own }: Editable) => own.startsWith(path);
    const own = this.#editables.filter(({ path }) => !path.startsWith("services["));
    fill(
      this.#fields,
      ...own.map((field) => this.#field(field)),
      ...services.map(({ type }, index) =>
        h(
          "fieldset",
          { class: "service" },
          h("legend", {}, language.services[type].title),
          h(
            "div",
            { class: "grid" },
            ...this.#editables.filter(isOf(`services[${index}].`)).map((field) => this.#field(field)),
          ),
        )
      ),
    );
    void this.#update();
  }

  #field({ path, kind, value }: Editable): HTMLElement {
    const control = kind === "json" ? h("textarea", { rows: 2, class: "mono", spellcheck: "false" }, value) : textInput({
      value,
      ...(kind === "text" ? {} : { inputmode: "numeric" }),
      ...(kind === "optional" ? { placeholder: N.edit.none } : {}),
    });
    this.#controls.set(path, control);
    const field = labelled(labelOf({ path }), control, " ");
    field.dataset.path = path;
    return field;
  }

  /** Issues the token now; its lifetime stays. */
  #issueNow(): void {
    for (const path of ["issueTs", "unixTs"]) {
      const control = this.#controls.get(path);
      if (control !== undefined) control.value = String(nowSeconds());
    }
    void this.#update();
  }

  #data(): TokenData {
    const values = new Map([...this.#controls].map(([path, { value }]) => [path, value]));
    return edited(this.#original!, this.#editables, values);
  }

  async #make(): Promise<Outcome> {
    if (this.#original === undefined) return undefined;
    const data = this.#data();
    const certificate = current().certificate.trim();
    try {
      const token = await packToken(data as Token, certificate || "0".repeat(32));
      return certificate === "" ? undefined : { token, rule: brokenRule(data) };
    } catch (error) {
      if (!(error instanceof AgoraTokenError)) throw error;
      return { error: T.sentence(inLabels(error)), field: error.field ?? "" };
    }
  }

  #show(outcome: Outcome): void {
    for (const field of this.#editables) this.#mark(field);
    const isMade = outcome !== undefined && "token" in outcome;
    this.#result.hidden = !isMade;
    this.#banner.hidden = false;
    this.#banner.dataset.tone = outcome === undefined
      ? "neutral"
      : isMade
      ? outcome.rule === undefined ? "good" : "warning"
      : "bad";
    if (outcome === undefined) this.#banner.textContent = N.edit.needsCertificate;
    else if (isMade) {
      this.#token = outcome.token;
      rememberEdited(outcome.token);
      this.#output.textContent = outcome.token;
      this.#banner.textContent = outcome.rule === undefined ? N.edit.made : N.edit.breaks(inLabels(outcome.rule));
    } else {
      const control = this.#controls.get(outcome.field);
      if (control !== undefined) showError(control, outcome.error);
      this.#banner.textContent = N.edit.cannot(outcome.error);
    }
  }

  /** Marks a value that differs from the original, with what it was; and says what a time or a duration is. */
  #mark({ path, value }: Editable): void {
    const control = this.#controls.get(path)!;
    const field = control.closest<HTMLElement>(".field")!;
    const isChanged = control.value !== value;
    showError(control, "");
    field.toggleAttribute("data-changed", isChanged);
    const was = isChanged ? N.edit.was(value === "" ? N.edit.nothing : visible(value)) : "";
    field.querySelector(".hint")!.textContent = [meaningOf(path, control.value), was].filter((part) => part !== "").join(" · ");
  }
}

/** An error that names a field as the form does. */
function inLabels(error: AgoraTokenError): string {
  const { field = "" } = error;
  return language.error(error).replace(`"${field}"`, `“${labelOf({ path: field })}”`);
}

/** What a number is: a moment in UTC, or a duration. */
function meaningOf(path: string, text: string): string {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < 0 || value > 0xffff_ffff) return "";
  if (/^(issueTs|unixTs|ts|expiredTs)$|^privileges\./.test(path)) return value === 0 ? "" : utc(value);
  return path === "expire" || path.includes(".privileges.") ? duration(value) : T.meanings[path] ?? "";
}
