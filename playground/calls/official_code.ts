import { rowOf, RTM2_PERMISSIONS, RTM2_RESOURCES } from "../../src/formats/access_token2/services.ts";
import type { Service } from "../../mod.ts";
import { type Language, LANGUAGES } from "./languages.ts";
import DATA from "./official_calls.json" with { type: "json" };
import type { Recipe } from "./recipe.ts";
import { language as spoken, T } from "../language.ts";

/** What is known of a language's official code: a row of official_calls.json. */
interface Calls {
  label: string;
  source: string;
  install: string;
  note: string;
  imports: Readonly<Record<string, string>>;
  calls: Readonly<Record<string, string>>;
  orders?: Readonly<Record<string, string>>;
  notes?: Readonly<Record<string, string>>;
  warnings?: Readonly<Record<string, string>>;
  roles?: Readonly<Record<string, string>>;
  roles006?: Readonly<Record<string, string>>;
  privileges006?: Readonly<Record<string, string>>;
  services?: Readonly<Record<string, { make: string; privileges?: string }>>;
  permissions?: readonly [resource: string, type: string];
  anyUid?: string;
  faults: readonly string[];
}

/** The official code of every language, by its key. */
export const OFFICIAL: Readonly<Record<string, Calls>> = DATA.languages as unknown as Readonly<Record<string, Calls>>;

/** A program that makes a token with the official code of a language. */
export interface OfficialCode {
  /** How to get the official code. */
  install: string;
  /** The program; absent where this language cannot make the token. */
  code?: string;
  /** Where the language's builder is wrong, or why there is no code. */
  warning?: string;
  /** What else one should know about this call and this code. */
  notes: readonly string[];
  /** What is known to be wrong in the language's official code. */
  faults: readonly string[];
}

/** The program that makes a token by the official code of a language, and what to know about it. */
export function officialCode(recipe: Recipe | undefined, key: string): OfficialCode {
  const [row, language] = [OFFICIAL[key]!, LANGUAGES[key]!];
  const { install } = row;
  const words = spoken.calls?.[key] ?? row;
  const asked = recipe?.builder?.name ?? "";
  const isAnyone = recipe?.builder?.args.uid === 0;
  const warning = words.warnings?.[asked] ?? (isAnyone ? words.warnings?.[`${asked} of anyone`] : undefined);
  const body = recipe === undefined ? undefined : byBuilder(recipe, row, language) ?? byParts(recipe, row, language);
  const notes = [words.notes?.[asked], words.note].filter((text) => text !== undefined);
  const { faults } = words;
  if (body === undefined) return { install, warning: missing(recipe, row), notes, faults };
  const imports = [...new Set(body.imports.map((family) => importLine(row, family, body)))].join("\n");
  const steps = body.steps.flatMap((step) => step.split("\n")).map((step) => `${indentOf(language)}${step}\n`).join("");
  const code = fill(language.program, { imports, steps, token: body.token });
  return { install, code, ...(warning === undefined ? {} : { warning }), notes, faults };
}

/** The parts of a program. */
interface Body {
  /** The families that it imports. */
  imports: readonly string[];
  /** The statements before the last. */
  steps: readonly string[];
  /** The expression that makes the token. */
  token: string;
}

/** The privileges of 006 that the official code of today has names for. */
const KNOWN_006 = ["joinChannel", "publishAudioStream", "publishVideoStream", "publishDataStream", "rtmLogin"];

/** The call of a builder in a language, if it has one: its own, or the one that the template of its family gives. */
function callNamed({ calls }: Calls, name: string): string | undefined {
  const [family = "", method = ""] = name.split(".");
  const call = calls[name] ?? calls[family];
  return call === undefined || call === "" ? undefined : filled(call, method);
}

/** A template for names: `~c` is the name as it is here, `~C` with a capital, `~s` in snake_case, `~U` in capitals. */
function filled(template: string, name: string): string {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const forms: Readonly<Record<string, string>> = {
    c: name,
    C: name.charAt(0).toUpperCase() + name.slice(1),
    s: snake,
    U: snake.toUpperCase(),
  };
  return template.replace(/~([cCsU])/g, (_, form: string) => forms[form]!);
}

function missing(recipe: Recipe | undefined, { label, calls }: Calls): string {
  const families = new Set(Object.keys(calls).map((name) => name.startsWith("006") ? "006" : "007"));
  const version = recipe?.version;
  return version === undefined || families.has(version) ? T.calls.cannot(label) : T.calls.lacks(label, version);
}

/** One call of an official builder, if the language has the one that makes this token. */
function byBuilder({ builder }: Recipe, row: Calls, language: Language): Body | undefined {
  if (builder === undefined) return undefined;
  let { name, args } = builder;
  if (name === "006.rtc:uid" && callNamed(row, name) === undefined) {
    args = { ...args, user: args.user === 0 ? "" : String(args.user) };
    name = "006.rtc:account";
  }
  const call = callNamed(row, name);
  if (call === undefined) return undefined;
  const roles = name.startsWith("006") ? row.roles006 : row.roles;
  const [appId, appCertificate] = language.credentials;
  const steps: string[] = [];
  const written = (argument: string): string | undefined => {
    const value = args[argument];
    if (argument === "appId") return appId;
    if (argument === "appCertificate") return appCertificate;
    if (argument === "role" && name === "006.rtm") return roles?.rtmUser;
    if (argument === "role" && typeof value === "string") return roles?.[value];
    if ((argument === "role" && name.startsWith("rtc.")) || argument === "rtcRole") {
      return roles?.[value === 1 ? "publisher" : "subscriber"];
    }
    if (argument === "permissions") {
      const made = permissionSteps(value as Permissions, row, language);
      if (made === undefined) return undefined;
      steps.push(...made);
      const [, , toService, toBuilder] = language.steps!.permissions;
      return toBuilder ?? toService;
    }
    if (argument === "uid" && value === 0) return row.anyUid ?? "0";
    return literal(value, language, argument === "role");
  };
  const named = row.orders?.[name]?.split(" ").map((pair): [string, string?] => {
    const [argument = "", own] = pair.split(":");
    return [argument, own === "" ? argument : own];
  });
  // Arguments that are objects keep the official order, in which our builders name them.
  const own = name === "006.rtm" ? ["account", "role", "privilegeExpiredTs"] : Object.keys(args);
  const order = named ?? ["appId", "appCertificate", ...own].map((argument): [string, string?] => [argument]);
  const lines = order.map(([argument, own]): Line | undefined => {
    const value = written(argument);
    if (value === undefined) return undefined;
    const text = own === undefined ? value : fill(language.named!, { name: own, value });
    return { text, hint: hintOf(argument, own !== undefined) };
  });
  if (lines.includes(undefined)) return undefined;
  const family = name.startsWith("006") ? name.split(":")[0]! : name.split(".")[0]!;
  const imports = args.permissions === undefined ? [family] : [family, "rtm2"];
  return { imports, steps, token: callOf(call, lines as Line[], language) };
}

/** What an argument is, for the comment after it: its name where the language does not say it, and the unit of a time. */
function hintOf(argument: string, isNamed: boolean): string {
  if (argument === "appId" || argument === "appCertificate") return "";
  const unit = /expire$/i.test(argument) ? T.calls.seconds : argument.endsWith("Ts") ? T.calls.unixTime : undefined;
  return [isNamed ? undefined : argument, unit].filter((part) => part !== undefined).join(", ");
}

/** An argument and what it is. */
interface Line {
  text: string;
  hint: string;
}

/** A call with an argument a line, each with what it is. */
function callOf(call: string, lines: readonly Line[], { comment, indent, lastComma, ...language }: Language): string {
  const outer = indentOf({ indent, ...language } as Language);
  const rows = lines.map(({ text, hint }, index) => {
    const comma = index < lines.length - 1 || lastComma ? "," : "";
    return `${outer}${indent}${text}${comma}${hint === "" ? "" : ` ${comment} ${hint}`}\n`;
  });
  return `${call}(\n${rows.join("")}${outer})`;
}

/** The token from its parts: AccessToken2 and its services, or the AccessToken of 006 and its privileges. */
function byParts(recipe: Recipe, row: Calls, language: Language): Body | undefined {
  const [id, certificate] = language.credentials;
  const project = { id, certificate };
  if (recipe.version === "006") {
    const call = row.calls["006.accessToken"];
    if (call === undefined || language.steps006 === undefined) return undefined;
    const { make, privilege, build } = language.steps006;
    const given = Object.entries(recipe.privileges).map(([name, until]) => ({
      name: row.privileges006?.[name] ?? filled(row.privileges006![""]!, name),
      until,
    }));
    if (Object.keys(recipe.privileges).some((name) => !KNOWN_006.includes(name))) return undefined;
    const texts = { channel: literal(recipe.channelName, language), user: literal(recipe.user, language) };
    const steps = [
      fill(make, { ...project, ...texts, call }),
      ...given.map(({ name, until }) => fill(privilege, { privilege: name, value: literal(until, language) })),
    ];
    return { imports: ["006.accessToken"], steps, token: build };
  }
  const { steps } = language;
  if (steps === undefined || row.services === undefined) return undefined;
  const parts = recipe.services.map((service, index) => serviceSteps(service, `service${index + 1}`, row, language));
  if (parts.includes(undefined)) return undefined;
  return {
    imports: ["services"],
    steps: [fill(steps.make, { ...project, expire: literal(recipe.expire, language) }), ...parts.flatMap((part) => part!)],
    token: steps.build,
  };
}

/** The statements that make a service and add it; `undefined` where the language has no words for it. */
function serviceSteps(service: Service, name: string, row: Calls, language: Language): string[] | undefined {
  const known = row.services?.[service.type];
  const steps = language.steps!;
  if (known === undefined) return undefined;
  const values = service as unknown as Readonly<Record<string, unknown>>;
  const before: string[] = [];
  const { fields, privileges: named } = rowOf(service.type)!;
  const written = fields.map((field) => {
    if (field.wire !== "permissions") return literal(values[field.name], language, field.wire === "i16");
    const made = permissionSteps(values.permissions as Permissions, row, language);
    before.push(...made ?? [""]);
    return steps.permissions[2];
  });
  const privileges = Object.entries(service.privileges);
  if (before.includes("") || privileges.some(([privilege]) => !Object.hasOwn(named, privilege))) return undefined;
  const Service = {
    rtc: "Rtc",
    rtm: "Rtm",
    streaming: "Streaming",
    fpa: "Fpa",
    chat: "Chat",
    fcdn: "FCdn",
    apaas: "Apaas",
    rtm2: "Rtm2",
  };
  const own = { name, make: known.make, Service: Service[service.type as keyof typeof Service] };
  return [
    ...before,
    fill(steps.service!, { ...own, values: written.join(", ") }),
    ...(values.role === 0 && steps.roleZero !== undefined ? [fill(steps.roleZero, own)] : []),
    ...privileges.map(([privilege, seconds]) =>
      fill(steps.privilege, { ...own, privilege: filled(known.privileges!, privilege), value: literal(seconds, language) })
    ),
    fill(steps.add!, own),
  ];
}

type Permissions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

function permissionSteps(permissions: Permissions, row: Calls, language: Language): string[] | undefined {
  const [make, add] = language.steps!.permissions;
  const steps = [make];
  for (const [resource, types] of Object.entries(permissions)) {
    for (const [type, names] of Object.entries(types)) {
      if (!Object.hasOwn(RTM2_RESOURCES, resource) || !Object.hasOwn(RTM2_PERMISSIONS, type)) return undefined;
      const [ofResource, ofType] = row.permissions!;
      const known = { resource: filled(ofResource, resource), type: filled(ofType, type) };
      const items = names.map((name) => literal(name, language)).join(", ");
      steps.push(fill(add, { ...known, names: fill(language.list, { items }) }));
    }
  }
  return steps;
}

/** A text or a number as the language writes it. Nothing in a text ends it, or is run. */
export function literal(value: unknown, { escaped, special = "", number, withNull }: Language, isRole = false): string {
  if (typeof value === "number") return number?.(value, isRole) ?? String(value);
  const named: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  const text = String(value).replace(/[\p{C}\p{Zl}\p{Zp}]|["\\]/gu, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    return named[character] ?? escaped(character);
  });
  const quoted = [...special].reduce((text, character) => text.replaceAll(character, `\\${character}`), text);
  return String(value).includes("\0") ? withNull?.(`"${quoted}"`, String(value)) ?? `"${quoted}"` : `"${quoted}"`;
}

/** The import of a family, with the names that are used where the line has a place for them. */
function importLine({ imports }: Calls, family: string, { imports: all, steps, token }: Body): string {
  const lineOf = (family: string) => Object.entries(imports).find(([families]) => families.split(" ").includes(family))![1];
  const line = lineOf(family);
  if (!line.includes("NAMES")) return line;
  const others = all.map(lineOf).filter((other) => !other.includes("NAMES")).join();
  const code = [...steps, token].join("\n").replace(/"(?:[^"\\]|\\.)*"/g, '""').replace(/[ ](\/\/|#) .*/g, "");
  const names = code.match(/(?<![.\w])(?:[A-Z]\w*|k[A-Z]\w*|priviledges)\b/g) ?? [];
  const own = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(others));
  return line.replace("NAMES", [...new Set(own)].sort().join(", "));
}

/** The indentation of the program's statements: that of the token. */
function indentOf({ program }: Language): string {
  const line = program.replace("%steps%", "").split("\n").find((line) => line.includes("%token%"))!;
  return line.slice(0, line.length - line.trimStart().length);
}

/** Fills in the parts of a template. */
function fill(template: string, parts: Readonly<Record<string, string>>): string {
  return template.replace(/%(\w+)%/g, (_, name: string) => parts[name] ?? "");
}
