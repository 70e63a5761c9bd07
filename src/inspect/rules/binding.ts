import { fitsPattern } from "../../formats/pattern.ts";
import { isFor, isOfProject, type Right, type TokenView } from "../../formats/view.ts";
import { type Expected, fits, namesFor, rightsFor } from "../expected.ts";
import { type NameDifference, type Observation, observed } from "../findings.ts";

// Is it for this project, service, channel and user?

/** What a program writes for a value that is not there. */
const LITERALS = ["0", "undefined", "null", "NaN"];

/** Where a token disagrees with what is expected of it, and what of it is open to anyone. */
export function binding(view: TokenView, expected: Expected): Observation[] {
  return [
    ...projectMismatch(view, expected),
    ...starsInNames(view, expected),
    ...mismatches(view, expected),
    ...openNames(view, expected),
  ];
}

function projectMismatch(view: TokenView, { appId }: Expected): Observation[] {
  if (appId === undefined || isOfProject(view, appId)) return [];
  const { appId: actual } = view;
  const difference = appId.toLowerCase() === actual.toLowerCase() ? { difference: "letter-case" } as const : {};
  return [observed("app-id-mismatch", { actual, ...difference }, { field: "appId" })];
}

/** The field that tells what a token is for. */
export function serviceField({ counts }: TokenView): string {
  return counts === "from-issue" ? "services" : "service";
}

function mismatches(view: TokenView, expected: Expected): Observation[] {
  const { service } = expected;
  const actual = servicesOf(view);
  if (service !== undefined && !view.rights.some((right) => isFor(right, service))) {
    return [observed("service-missing", { expected: [service], actual }, { field: serviceField(view) })];
  }
  const rights = rightsFor(view, expected);
  const { channelName, user } = namesFor(view, expected);
  // What names a channel is held to the channel, and to the user with it; else what names a user is held to the user.
  const what = channelName !== undefined ? "channel" : "user";
  const wanted = channelName ?? user;
  if (wanted === undefined || rights.length === 0) return [];
  const naming = rights.filter((right) => right[what] !== undefined);
  if (naming.length === 0) {
    return [observed(`${what}-mismatch`, { expected: wanted, by: "none" }, { field: serviceField(view) })];
  }
  // One service that fits is enough: a token may hold several of a type.
  const found = naming.map((right) => [
    ...misfit("channel", right, channelName, expected),
    ...misfit("user", right, user, expected),
  ]);
  return found.some((mismatches) => mismatches.length === 0) ? [] : found.flat();
}

/** What a token is for, each service once. */
export function servicesOf({ rights }: TokenView): string[] {
  return [...new Set(rights.flatMap(({ service }) => service ?? []))];
}

function misfit(
  what: "channel" | "user",
  right: Right,
  expected: string | undefined,
  { uid, account }: Expected,
): Observation[] {
  const name = right[what];
  if (name === undefined || expected === undefined || fits(name, expected)) return [];
  const field = { field: name.path };
  if (name.kind === "pattern") {
    const { value: actual } = name;
    const isCase = fitsPattern(actual.toLowerCase(), expected.toLowerCase());
    const details = isCase ? { difference: "letter-case" } as const : {};
    return [observed(`${what}-mismatch`, { expected, actual, by: "pattern", ...details }, field)];
  }
  if (name.kind !== "text") return [observed(`${what}-mismatch`, { expected, by: "checksum" }, field)];
  const actual = name.value;
  if (what === "user") {
    const isUid = /^[1-9]\d{0,9}$/.test(actual);
    if (account === undefined && uid !== undefined && !isUid && !LITERALS.includes(actual)) {
      return [observed("uid-against-account", { expected: String(Number(uid)), actual, given: "uid" }, field)];
    }
    if (account !== undefined && isUid && !/^\d+$/.test(account)) {
      return [observed("uid-against-account", { expected: account, actual, given: "account" }, field)];
    }
  }
  const difference = differenceOf(expected, actual);
  const details = difference === undefined ? {} : { difference };
  return [observed(`${what}-mismatch`, { expected, actual, by: "text", ...details }, field)];
}

/** In what only two names differ, if it is something that the eye misses. */
function differenceOf(a: string, b: string): NameDifference | undefined {
  const decoded = (text: string) => {
    try {
      return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
      return text;
    }
  };
  if (a.toLowerCase() === b.toLowerCase()) return "letter-case";
  if (a.replaceAll(/\s/g, "") === b.replaceAll(/\s/g, "")) return "whitespace";
  if (a.normalize() === b.normalize()) return "unicode-form";
  return decoded(a) === decoded(b) ? "percent-encoding" : undefined;
}

/** Names with a `*`: only tokens have them, and nobody can join by one (the Web SDK refuses it). */
function starsInNames(view: TokenView, expected: Expected): Observation[] {
  const { channelName: channel, user } = namesFor(view, expected);
  const severity = expected.intent === undefined ? {} : { severity: "error" } as const;
  return Object.entries({ channel, user } as const).flatMap(([of, name]) =>
    name?.includes("*") ? [observed("wildcard-as-name", { of: of as "channel" | "user", expected: name }, severity)] : []
  );
}

/** Names that stand for more than one, and texts that stand for nobody. */
function openNames(view: TokenView, expected: Expected): Observation[] {
  const { channelName, user: userName } = namesFor(view, expected);
  return view.rights.flatMap(({ channel, user }) => {
    const found: Observation[] = [];
    const at = (path: string) => path === "" ? {} : { field: path };
    for (const [of, name, given] of [["channel", channel, channelName], ["user", user, userName]] as const) {
      const open = name?.kind === "any" ? "" : name?.kind === "pattern" ? name.value : undefined;
      if (channel === undefined || name === undefined || open === undefined) continue;
      const fitting = given !== undefined && fits(name, given) ? { fits: given } : {};
      found.push(
        open === "" || open === "*"
          ? observed(`wildcard-${of}`, { actual: open }, at(name.path))
          : observed("wildcard-pattern", { of, actual: open, ...fitting }, at(name.path)),
      );
    }
    if (user?.kind === "text" && LITERALS.includes(user.value)) {
      found.push(observed("literal-account", { actual: user.value }, at(user.path)));
    }
    return found;
  });
}
