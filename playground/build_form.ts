import type { Service } from "../mod.ts";
import { RTM2_RESOURCES, SERVICES } from "../src/access_token2/services.ts";
import { ROLE_PRIVILEGES } from "../src/legacy/builders.ts";
import { choice, type Control, labelled, showError, textInput } from "./controls.ts";
import { h } from "./dom.ts";
import type { ServiceOptions } from "./plan.ts";
import { T } from "./texts.ts";
import { nowSeconds } from "./times.ts";

/** How a value is asked for. */
interface FieldForm {
  kind: "text" | "number" | "flag" | "json" | "choice" | "user" | "privileges";
  /** What stands there at first; a field that may be left out is empty. */
  initial?: string | (() => string);
  choices?: Readonly<Record<string, string>>;
}

const hour: FieldForm = { kind: "number", initial: "3600" };
const inAnHour: FieldForm = { kind: "number", initial: () => String(nowSeconds() + 3600) };
const text = (initial: string): FieldForm => ({ kind: "text", initial });
const number = (initial: string): FieldForm => ({ kind: "number", initial });
const json = (value: unknown): FieldForm => ({ kind: "json", initial: JSON.stringify(value) });

/** Every option and argument of the library's tables: how it is asked for. `service.option` goes before `option`. */
export const FIELD_FORMS: Readonly<Record<string, FieldForm>> = {
  channelName: text("lobby"),
  uid: number("1001"),
  account: text("alice"),
  who: { kind: "user", initial: "1001" },
  user: { kind: "user", initial: "1001" },
  userId: text("alice"),
  role: number("1"),
  "rtc.role": { kind: "choice", choices: T.roles, initial: "publisher" },
  privileges: { kind: "privileges" },
  "006.accessToken.privileges": json([{ privilege: 1, expireTimestamp: 0 }]),
  privilegeExpire: { kind: "number" },
  permissions: json({ [Object.keys(RTM2_RESOURCES)[0]!]: { read: ["news"], write: ["news"] } }),
  app: { kind: "flag" },
  roomUuid: text("room-1"),
  userUuid: text("alice"),
  tokenExpire: hour,
  expire: hour,
  joinChannelPrivilegeExpire: hour,
  pubAudioPrivilegeExpire: hour,
  pubVideoPrivilegeExpire: hour,
  pubDataStreamPrivilegeExpire: hour,
  rtcAccount: text("agent"),
  rtcRole: number("1"),
  rtcTokenExpire: hour,
  rtmUserId: text("agent"),
  rtmTokenExpire: hour,
  roleName: { kind: "choice", choices: Object.fromEntries(Object.keys(ROLE_PRIVILEGES).map((name) => [name, name])) },
  changes: json([]),
  privilegeExpiredTs: inAnHour,
  joinChannelExpiredTs: inAnHour,
  pubAudioExpiredTs: inAnHour,
  pubVideoExpiredTs: inAnHour,
  pubDataStreamExpiredTs: inAnHour,
  expiredTs: inAnHour,
  unixTs: { kind: "number", initial: () => String(nowSeconds()) },
  randomInt: number("58964981"),
  serviceType: number("1"),
  permission: text("3"),
  extra: json([]),
};

/** One control and how its value is read. */
interface Part {
  control: Control;
  element: HTMLElement;
  read: () => Record<string, unknown>;
}

/** A form for some options or arguments. */
export interface Form {
  /** What to put on the page. */
  element: HTMLElement;
  /** The values that are there, by name. */
  values: () => Record<string, unknown>;
  /** Says at the control of a field what is wrong with it; false where no control is of that field. */
  fail: (field: string, message: string) => boolean;
}

/**
 * Makes the form of a builder, from the names of its arguments.
 *
 * @param context What the arguments are of: `006.rtc`, `rtc`.
 */
export function argumentsForm(context: string, names: readonly string[]): Form {
  const parts = new Map(names.map((name) => [name, partOf(context, name)]));
  for (const [name, { element }] of parts) element.dataset.option = name;
  return {
    element: h("div", { class: "grid" }, ...[...parts.values()].map(({ element }) => element)),
    values: () => Object.assign({}, ...[...parts.values()].map(({ read }) => read())),
    fail(field, message) {
      for (const { control } of parts.values()) showError(control, "");
      const [root = ""] = field.split(/[.[]/);
      const part = parts.get(root) ?? (["uid", "account"].includes(root) ? parts.get("who") ?? parts.get("user") : undefined);
      if (part !== undefined) showError(part.control, message);
      return part !== undefined;
    },
  };
}

/** Makes the form of a service, from the options of its constructor and its row in the table of services. */
export function serviceForm(type: Service["type"], options: readonly string[]): Form & { options: () => ServiceOptions } {
  const spec = SERVICES.find(({ name }) => name === type)!;
  const names = options.flatMap((name) => name === "uid" ? ["who"] : name === "account" ? [] : [name]);
  const form = argumentsForm(type, names);
  const element = h(
    "fieldset",
    { class: "service" },
    h("legend", {}, spec.title, " ", h("small", {}, spec.about)),
    names.length === 0 ? h("p", { class: "note" }, T.build.noOptions) : form.element,
  );
  const options_ = (): ServiceOptions => {
    const { role, privileges, privilegeExpire, ...values } = form.values();
    const life = privilegeExpire === undefined ? {} : { privilegeExpire };
    if (values.app === true) return { type, app: true, ...life };
    const inRoom = type === "apaas" && values.roomUuid !== "";
    if (type === "apaas") return inRoom ? { type, ...values, role, ...life } : { type, userUuid: values.userUuid, ...life };
    if (privileges === undefined || role === "publisher" || role === "subscriber") {
      return { type, ...values, ...(role === undefined ? {} : { role }), ...life };
    }
    return { type, ...values, privileges };
  };
  // Single privileges are asked for where no role stands for them.
  const update = () => {
    const { role } = form.values();
    element.dataset.role = String(role ?? "");
  };
  element.addEventListener("input", update);
  update();
  return { ...form, element, options: options_ };
}

function partOf(context: string, name: string): Part {
  const { kind, initial, choices } = FIELD_FORMS[`${context}.${name}`] ?? FIELD_FORMS[name]!;
  const value = typeof initial === "function" ? initial() : initial ?? "";
  const label = T.formFields[name] ?? T.fields[name] ?? name;
  const one = (control: Control, read: (text: string) => unknown): Part => ({
    control,
    element: labelled(label, control, T.hints[`${context}.${name}`] ?? T.hints[name]),
    read: () => {
      const result = read(control.value);
      return result === undefined ? {} : { [name]: result };
    },
  });
  switch (kind) {
    case "text":
      return one(textInput({ value }), (text) => text);
    case "number":
      return one(textInput({ value, inputmode: "numeric" }), numberOf);
    case "json":
      return one(h("textarea", { rows: 2, class: "mono", spellcheck: "false" }, value), jsonOf);
    case "choice":
      return one(choice(choices!), (text) => text);
    case "flag": {
      const control = h("input", { type: "checkbox" });
      return { ...one(control, () => undefined), read: () => control.checked ? { [name]: true } : {} };
    }
    case "user": {
      const control = textInput({ value });
      const type = choice(T.userKinds, { "aria-label": T.userKind });
      const read = () => type.value === "uid" ? numberOf(control.value) ?? NaN : control.value;
      return {
        control,
        element: labelled(T.user, control, T.hints.who, type),
        read: () => ({ [name === "user" ? "user" : type.value]: read() }),
      };
    }
    case "privileges":
      return privilegesPart(context, name);
  }
}

/** A box and a life for each privilege of a service. */
function privilegesPart(context: string, name: string): Part {
  const { privileges } = SERVICES.find(({ name }) => name === context)!;
  const rows = Object.keys(privileges).map((privilege) => {
    const box = h("input", { type: "checkbox", checked: true });
    const life = textInput({ value: "3600", inputmode: "numeric", "aria-label": T.privilegeLife(privilege) });
    return { privilege, box, life, element: h("div", {}, h("label", {}, box, " ", h("code", {}, privilege)), life) };
  });
  const error = h("p", { class: "error" });
  return {
    control: rows[0]!.life,
    element: h(
      "fieldset",
      { class: "privileges field" },
      h("legend", {}, T.fields[name]),
      ...rows.map(({ element }) => element),
      error,
    ),
    read: () => ({
      [name]: Object.fromEntries(
        rows.filter(({ box }) => box.checked).map(({ privilege, life }) => [privilege, numberOf(life.value) ?? NaN]),
      ),
    }),
  };
}

/** A number; nothing for an empty text; what is none becomes NaN, which the library refuses in its own words. */
function numberOf(text: string): number | undefined {
  if (text.trim() === "") return undefined;
  return /^\s*-?\d+\s*$/.test(text) ? Number(text) : NaN;
}

/** JSON; what is none stays text, which the library refuses. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
