import { isFor, type Name, type TokenView } from "../../formats/view.ts";
import { U32_MAX } from "../../validate.ts";
import { projectMismatch } from "../credentials.ts";
import { type Expected, fits, namesFor, type NamesHeldTo, rightsFor } from "../expected.ts";
import { type NameParams, type Observation, observed, placesOf } from "../findings.ts";
import { INTENTS } from "../intents.ts";
import { type LiteralKind, literalKind } from "../literals.ts";
import { uidOfNumber } from "../names.ts";
import { misfits, type Names } from "./misfits.ts";

// Is it for this project, service, channel and user?

/** Where a token disagrees with what is expected of it, and what of it is open to anyone. */
export function binding(view: TokenView, expected: Expected, found: Observation[]): void {
  const given = namesFor(view, expected);
  projectMismatch(view, expected, found);
  starsInNames(given, expected, found);
  const explained: string[] = [];
  for (const one of mismatches(view, given, expected)) {
    const { difference, expected: name } = one.params as Partial<NameParams>;
    // Nobody joins by a name with a star, whatever the token is for.
    if (expected.intent !== undefined && name?.includes("*")) continue;
    found.push(one);
    if (difference !== undefined && one.field) explained.push(one.field);
  }
  openNames(view, given, found);
  oddNames(view, explained, found);
}

/**
 * What is known, with a uid that any client could pass: of a negative one that of the same bits, with which a client joins that has
 * signed numbers only; a number of more than 32 bits is no uid, and is held to the token as an account.
 */
export function uidIn32Bits(known: Partial<Expected>): { known: Partial<Expected>; found: Observation[] } {
  const number = typeof known.uid === "string" && /^-?\d{1,15}$/.test(known.uid) ? Number(known.uid) : known.uid;
  if (!Number.isSafeInteger(number)) return { known, found: [] };
  const { uid: _, ...others } = known;
  const uid = Number(number);
  const params = { given: String(uid), uid: uidOfNumber(String(uid)) ?? String(uid) };
  if (uid > U32_MAX || uid < -0x8000_0000) {
    return { known: { account: params.given, ...others }, found: [observed("uid-out-of-range", params)] };
  }
  if (uid >= 0) return { known, found: [] };
  return { known: { ...others, uid: uid >>> 0 }, found: [observed("uid-out-of-range", params, { severity: "info" })] };
}

/** The field that tells what a token is for. */
function serviceField({ counts }: TokenView): string {
  return counts === "from-issue" ? "services" : "service";
}

/** That a token is for none of some services; or that the user of a login stands where an RTC token has its channel. */
export function withoutService(view: TokenView, services: readonly string[], expected: Expected): Observation {
  const user = expected.account ?? namesFor(view, expected).user;
  const swapped = view.rights.find(({ channel }) =>
    services.includes("rtm") && user && (channel?.kind === "text" || channel?.kind === "checksum") && fits(channel, user)
  );
  const actual = [...new Set(view.rights.flatMap(({ service }) => service ?? []))];
  if (swapped === undefined) {
    return observed("service-missing", { expected: services, actual }, { field: serviceField(view) });
  }
  const { path, kind } = swapped.channel!;
  // Before 007 that is the field in which an RTM token has its user.
  return kind === "text"
    ? observed("user-in-channel-field", { actual: user! }, { field: path })
    : observed("rtm-user-elsewhere", { expected: user!, place: "channel" }, { field: path });
}

const NONE: readonly Observation[] = [];

function mismatches(view: TokenView, given: NamesHeldTo, expected: Expected): readonly Observation[] {
  const { service } = expected;
  if (service !== undefined && !view.rights.some((right) => isFor(right, service))) {
    return [withoutService(view, [service], expected)];
  }
  // Of a classroom the room is what others call the channel.
  const isRoom = expected.intent !== undefined && INTENTS[expected.intent].room;
  const ofService = rightsFor(view, expected);
  const rights = isRoom ? ofService.map((right) => right.room ? { ...right, channel: right.room } : right) : ofService;
  const { channelName, user } = given;
  // What names a channel is held to the channel, and to the user with it; else what names a user is held to the user.
  const what = channelName !== undefined ? "channel" : "user";
  const wanted = channelName ?? user;
  // Where it has no service that the intent takes, that is said already; one that has none that is known is for no name.
  if (wanted === undefined || rights.length === 0 && expected.intent !== undefined) return NONE;
  // One service that fits is enough: a token may hold several of a type.
  for (const right of rights) if (right[what] !== undefined && fitsNames(right, given)) return NONE;
  const naming = rights.filter((right) => right[what] !== undefined);
  if (naming.length === 0) {
    return [observed(`${what}-mismatch`, { expected: wanted, by: "none" }, { field: serviceField(view) })];
  }
  return together(naming.slice(0, MOST_COMPARED).flatMap((right) => misfits(right, given, view.appId, expected)));
}

/** Whether the names that a token has for one service can be those given. */
function fitsNames({ channel, user }: Names, given: NamesHeldTo): boolean {
  return (channel === undefined || given.channelName === undefined || fits(channel, given.channelName)) &&
    (user === undefined || given.user === undefined || fits(user, given.user));
}

/** Of how many services it is looked for how their names came to be others than those given: a forged token may have thousands. */
const MOST_COMPARED = 1000;

/** Several mismatches of a kind as one: the one that says most, with the other names and the places. */
function together(found: readonly Observation[]): Observation[] {
  return [...new Set(found.map(({ code }) => code))].map((code): Observation => {
    const alike = found.filter((observation) => observation.code === code);
    const params = (observation: Observation) => observation.params as Partial<NameParams>;
    const first = alike.find((observation) => params(observation).difference !== undefined) ?? alike[0]!;
    if (alike.length === 1) return first;
    const { actual } = params(first);
    const names = new Set(alike.flatMap((observation) => params(observation).actual ?? []).filter((name) => name !== actual));
    const others = names.size > 0 ? { others: [...names].slice(0, 20) } : {};
    return { ...first, params: { ...first.params, ...others, ...placesOf(alike.map(({ field = "" }) => field)) } as never };
  });
}

/** Names with a `*`: only tokens have them, and nobody can join by one (the Web SDK refuses it). */
function starsInNames({ channelName, user }: NamesHeldTo, { intent }: Expected, found: Observation[]): void {
  const star = (of: "channel" | "user", name: string | undefined) => {
    if (!name?.includes("*")) return;
    found.push(observed("wildcard-as-name", { of, expected: name }, intent === undefined ? {} : { severity: "error" }));
  };
  star("channel", channelName);
  star("user", user);
}

/** Names that stand for more than one. */
function openNames({ rights }: TokenView, given: NamesHeldTo, found: Observation[]): void {
  for (const { channel, user } of rights) {
    if (channel === undefined) continue;
    openName("channel", channel, given.channelName, found);
    if (user !== undefined) openName("user", user, given.user, found);
  }
}

function openName(of: "channel" | "user", name: Name, given: string | undefined, found: Observation[]): void {
  const actual = name.kind === "any" ? "" : name.kind === "pattern" ? name.value : undefined;
  if (actual === undefined || given !== undefined && !fits(name, given)) return; // a mismatch says as much
  const at = name.path === "" ? {} : { field: name.path };
  found.push(
    actual === "" || actual === "*"
      ? observed(`wildcard-${of}`, { actual }, at)
      : observed("wildcard-pattern", { of, actual, ...(given === undefined ? {} : { fits: given }) }, at),
  );
}

/**
 * Names that a program wrote in place of one, numbers that are no uids, and the RTM users of 006 in the other field.
 *
 * @param explained The fields of which a mismatch says as much.
 */
function oddNames({ version, rights }: TokenView, explained: readonly string[], found: Observation[]): void {
  for (const { channel, user } of rights) {
    if (user?.path === "crcUid" && user.kind === "checksum" && channel === undefined) {
      found.push(observed("rtm-user-elsewhere", { place: "user" }, { field: user.path }));
    }
    // A channel may well be called 0.
    const ofChannel = literalIn(channel, explained);
    if (ofChannel !== undefined && ofChannel.actual !== "0") {
      found.push(observed("literal-channel", ofChannel, { field: channel!.path }));
    }
    const ofUser = literalIn(user, explained);
    if (ofUser !== undefined) {
      found.push(observed("literal-account", ofUser, { field: user!.path }));
    } else if (user?.kind === "text" && channel !== undefined && version === "007" && !explained.includes(user.path)) {
      const uid = uidOfNumber(user.value);
      if (uid !== undefined) found.push(observed("number-as-account", { actual: user.value, uid }, { field: user.path }));
    }
  }
}

/** What a name comes from that a program wrote in place of one. */
function literalIn(name: Name | undefined, explained: readonly string[]): { actual: string; kind: LiteralKind } | undefined {
  if (name?.kind !== "text" || explained.includes(name.path)) return undefined;
  const kind = literalKind(name.value);
  return kind === undefined ? undefined : { actual: name.value, kind };
}
