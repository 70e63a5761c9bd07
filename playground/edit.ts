import { AgoraTokenError, type Service } from "../mod.ts";
import { checkedToken } from "../src/build/build.ts";
import { PRIVILEGES_006 } from "../src/formats/access_token.ts";
import { rowOf } from "../src/formats/access_token2/services.ts";
import { DEMO } from "./examples.ts";
import { requestsOf, type TokenData } from "./plan_of.ts";

/** A value of a token that can be edited. */
export interface Editable {
  /** Where it stands in the data, as `services[0].channelName`: what {@linkcode labelOf} takes. */
  path: string;
  /** What it is: text, a number, a number that may be left out (a privilege that the token need not have), or JSON. */
  kind: "text" | "number" | "optional" | "json";
  /** It, as it is typed in. */
  value: string;
}

/** Every value of a token that can be edited, in the order of the token; the privileges that it could have, too. */
export function editablesOf(token: TokenData): Editable[] {
  const { version: _version, ...values } = token as Record<string, unknown> & { version: string };
  return Object.entries(values).flatMap(([name, value]): Editable[] => {
    if (name === "services") {
      return (value as Service[]).flatMap((service, index) => serviceFields(service, `services[${index}]`));
    }
    if (name === "privileges") return privilegeFields("privileges", value as Record<string, number>, FIRST_006);
    return [editable(name, value)];
  });
}

/** The privileges of 006 that are offered where a token does not have them. */
const FIRST_006 = Object.keys(PRIVILEGES_006).filter((name) => /^(join|publish\w+Stream|rtm)/.test(name));

function serviceFields({ type, privileges, ...values }: Service, path: string): Editable[] {
  return [
    ...Object.entries(values).map(([name, value]) => editable(`${path}.${name}`, value)),
    ...privilegeFields(`${path}.privileges`, privileges as Record<string, number>, Object.keys(rowOf(type)!.privileges)),
  ];
}

function privilegeFields(path: string, privileges: Readonly<Record<string, number>>, known: readonly string[]): Editable[] {
  return [...new Set([...known, ...Object.keys(privileges)])].map((name) => ({
    path: `${path}.${name}`,
    kind: "optional",
    value: privileges[name] === undefined ? "" : String(privileges[name]),
  }));
}

function editable(path: string, value: unknown): Editable {
  if (typeof value === "number") return { path, kind: "number", value: String(value) };
  return typeof value === "object"
    ? { path, kind: "json", value: JSON.stringify(value) }
    : { path, kind: "text", value: String(value) };
}

/**
 * A token with other values.
 *
 * @param values What was typed in, by path; what is not there stays.
 */
export function edited(token: TokenData, fields: readonly Editable[], values: ReadonlyMap<string, string>): TokenData {
  const copy = structuredClone(token) as unknown as Record<string, unknown>;
  for (const { path, kind, value } of fields) {
    const text = values.get(path) ?? value;
    const names = path.split(/[.[\]]+/).filter((name) => name !== "");
    const last = names.pop()!;
    const holder = names.reduce((part, name) => part[name] as Record<string, unknown>, copy);
    if (kind === "optional" && text.trim() === "") delete holder[last];
    else holder[last] = kind === "text" ? text : kind === "json" ? jsonOf(text) : numberOf(text);
  }
  return copy as unknown as TokenData;
}

/** A number; NaN, which the library refuses, for any other text. */
function numberOf(text: string): number {
  return /^\s*-?\d+\s*$/.test(text) ? Number(text) : NaN;
}

/** JSON; the text itself, which the library refuses, where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Which of Agora's documented rules a token breaks; `undefined` where it breaks none, or is of a format without such rules. */
export function brokenRule(token: TokenData): AgoraTokenError | undefined {
  if (token.version !== "007") return undefined;
  try {
    checkedToken({ ...DEMO, ...requestsOf(token) as { expire: number; services: never } });
    return undefined;
  } catch (error) {
    if (error instanceof AgoraTokenError) return error;
    throw error;
  }
}

const made = new Set<string>();

/** Remembers, until the page is closed, that a token was made by editing another: it never goes into a link. */
export function rememberEdited(token: string): void {
  made.add(token);
}

/** Whether a token was made here by editing another. */
export function wasEdited(token: string): boolean {
  return made.has(token);
}
