import type { Service } from "../mod.ts";
import { variantOf } from "../src/build/services.ts";
import { RTM2_RESOURCES, SERVICES } from "../src/formats/access_token2/services.ts";
import { ROLE_PRIVILEGES } from "../src/official/legacy/builders.ts";
import { choice, type Control, labelled, showError, textInput } from "./controls.ts";
import { h, newId } from "./dom.ts";
import { language, T } from "./language.ts";
import type { ServiceOptions } from "./plan.ts";
import { nowSeconds } from "./times.ts";

/** The input of one value. */
interface FieldForm {
  kind: "text" | "number" | "flag" | "json" | "choice" | "user" | "privileges";
  /** The first value; a field that may be omitted starts empty. */
  initial?: string | (() => string);
  /** An example of how it is written, where the first value does not show it. */
  example?: string;
  choices?: Readonly<Record<string, string>>;
}

const hour: FieldForm = { kind: "number", initial: "3600" };
const inAnHour: FieldForm = { kind: "number", initial: () => String(nowSeconds() + 3600) };
const text = (initial: string): FieldForm => ({ kind: "text", initial });
const number = (initial: string): FieldForm => ({ kind: "number", initial });
const json = (value: unknown): FieldForm => ({ kind: "json", initial: JSON.stringify(value) });
const list = (entry: unknown): FieldForm => ({ kind: "json", initial: "[]", example: JSON.stringify([entry]) });

/** The inputs of options and arguments; those that are not here are plain text. `service.option` takes precedence over `option`. */
export const FIELD_FORMS: Readonly<Record<string, FieldForm>> = {
  channelName: text("lobby"),
  uid: number("1001"),
  account: text("alice"),
  who: { kind: "user", initial: "1001" },
  user: { kind: "user", initial: "1001" },
  userId: text("alice"),
  role: number("1"),
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
  changes: list({ privilege: 2, expireTimestamp: 0 }),
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
  extra: list({ key: 1, value: "3" }),
};

/** The role of a service whose roles have names; the last choice is single privileges. */
function roleForm(roles: readonly string[]): FieldForm {
  const { single, ...words } = T.roles;
  const choices = Object.fromEntries(roles.map((role) => [role, (words as Record<string, string>)[role] ?? role]));
  return { kind: "choice", choices: { ...choices, single }, initial: roles[0]! };
}

/** A control, and how its value is read. */
interface Part {
  label: string;
  /** Its controls: that of the whole value under "", and those of its parts by their names. */
  controls: Readonly<Record<string, Control>>;
  element: HTMLElement;
  read: () => Record<string, unknown>;
  /** The library's message for the value, or a simpler one if the text is no value of this kind. */
  explain: (refusal: string) => string;
}

/** A form for some options or arguments. */
export interface Form {
  /** The element to put on the page. */
  element: HTMLElement;
  /** The values that were entered, by name. */
  values: () => Record<string, unknown>;
  /** Shows at the control of a field what is wrong with it, and returns that message; `undefined` if no control is for that field. */
  fail: (field: string, message: string) => string | undefined;
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
      for (const { controls } of parts.values()) for (const control of Object.values(controls)) showError(control, "");
      const [root = ""] = field.split(/[.[]/);
      const part = parts.get(root) ?? (["uid", "account"].includes(root) ? parts.get("who") ?? parts.get("user") : undefined);
      if (part === undefined) return undefined;
      const { label, controls, explain } = part;
      const words = explain(T.sentence(message.replace(`"${field}"`, `“${label}${field.slice(root.length)}”`)));
      showError(controls[field.slice(root.length + 1)] ?? controls[""]!, words);
      return words;
    },
  };
}

/** Makes the form of a service from the options of its request and its row in the table of services. */
export function serviceForm(type: Service["type"], options: readonly string[]): Form & { options: () => ServiceOptions } {
  const spec = SERVICES.find(({ name }) => name === type)!;
  const names = options.flatMap((name) => name === "uid" ? ["who"] : name === "account" ? [] : [name]);
  const form = argumentsForm(type, names);
  const element = h(
    "fieldset",
    { class: "service" },
    h("legend", {}, language.services[type].title),
    h("p", { class: "note" }, language.services[type].about),
    names.length === 0 ? h("p", { class: "note" }, T.build.noOptions) : form.element,
  );
  const { fields, variants, roles } = spec;
  const request = (): ServiceOptions => {
    const { privilegeExpire, ...values } = form.values();
    const lifetime = privilegeExpire === undefined ? {} : { privilegeExpire };
    if (variants === undefined) {
      const { role, privileges, ...others } = values;
      if (roles !== undefined && Object.hasOwn(roles, role as string)) return { type, ...others, role, ...lifetime };
      return { type, ...others, ...(privileges === undefined ? {} : { privileges }) };
    }
    if (values.app === true) return { type, app: true, ...lifetime };
    const given = fields.filter(({ name, wire }) => wire === "str" && values[name] !== "").map(({ name }) => name);
    const taken = variants[variantOf(variants, given)]!;
    for (const { name } of fields) if (!taken.includes(name)) delete values[name];
    return { type, ...values, ...lifetime };
  };
  return { ...form, element, options: request };
}

function partOf(context: string, name: string): Part {
  const roles = name === "role" ? SERVICES.find(({ name }) => name === context)?.roles : undefined;
  const own = roles && roleForm(Object.keys(roles));
  const { kind, initial, example, choices } = own ?? FIELD_FORMS[`${context}.${name}`] ?? FIELD_FORMS[name] ?? text(name);
  const value = typeof initial === "function" ? initial() : initial ?? "";
  const label = T.formFields[name] ?? T.fields[name] ?? name;
  const one = (control: Control, read: (text: string) => unknown, isRight?: (text: string) => boolean): Part => ({
    label,
    controls: { "": control },
    explain: (refusal) => isRight?.(control.value) === false ? T.build.number(label) : refusal,
    element: labelled(label, control, own ? "" : T.hints[`${context}.${name}`] ?? T.hints[name]),
    read: () => {
      const result = read(control.value);
      return result === undefined ? {} : { [name]: result };
    },
  });
  switch (kind) {
    case "text":
      return one(textInput({ value }), (text) => text);
    case "number":
      return one(textInput({ value, inputmode: "numeric" }), numberOf, isWhole);
    case "json": {
      const control = h("textarea", { rows: 2, class: "mono", spellcheck: "false" }, value);
      const explain = (refusal: string) =>
        `${kindOf(jsonOf(control.value)) === kindOf(jsonOf(value)) ? refusal : T.build.unreadable(label)} ${
          T.build.written(example ?? value)
        }`;
      return { ...one(control, jsonOf), explain };
    }
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
        label: T.user,
        controls: { "": control },
        explain: (refusal) => type.value === "uid" && !isWhole(control.value) ? T.build.number(T.user) : refusal,
        element: labelled(T.user, control, T.hints[`${context}.${name}`] ?? T.hints.who, type),
        read: () => ({ [name === "user" ? "user" : type.value]: read() }),
      };
    }
    case "privileges":
      return privilegesPart(context, name);
  }
}

/** A checkbox and a lifetime for each privilege of a service. */
function privilegesPart(context: string, name: string): Part {
  const { privileges } = SERVICES.find(({ name }) => name === context)!;
  const error = h("p", { class: "error", id: newId() });
  const rows = Object.keys(privileges).map((privilege) => {
    const box = h("input", { type: "checkbox", checked: true });
    const lifetime = textInput({
      value: "3600",
      inputmode: "numeric",
      "aria-label": T.privilegeLife(privilege),
      "aria-describedby": error.id,
    });
    return { privilege, box, lifetime, element: h("div", {}, h("label", {}, box, " ", h("code", {}, privilege)), lifetime) };
  });
  const label = T.fields[name]!;
  return {
    label,
    controls: Object.fromEntries([["", rows[0]!.lifetime], ...rows.map(({ privilege, lifetime }) => [privilege, lifetime])]),
    explain: (refusal) => {
      const wrong = rows.find(({ box, lifetime }) => box.checked && !isWhole(lifetime.value));
      return wrong === undefined ? refusal : T.build.number(T.privilegeLife(wrong.privilege));
    },
    element: h(
      "fieldset",
      { class: "privileges field" },
      h("legend", {}, label),
      ...rows.map(({ element }) => element),
      error,
    ),
    read: () => ({
      [name]: Object.fromEntries(
        rows.filter(({ box }) => box.checked).map(({ privilege, lifetime }) => [privilege, numberOf(lifetime.value) ?? NaN]),
      ),
    }),
  };
}

/** A number; `undefined` for an empty text; NaN, which the library refuses, for text that is not a number. */
function numberOf(text: string): number | undefined {
  if (text.trim() === "") return undefined;
  return isWhole(text) ? Number(text) : NaN;
}

function isWhole(text: string): boolean {
  return /^\s*-?\d+\s*$/.test(text);
}

/** A value of JSON; text that is not JSON stays text, which the library refuses. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The kind of a value of JSON: an array, an object, or another type. */
function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
}
