import { Buffer } from "node:buffer";
import type { Given } from "./judge.ts";
import type { Random } from "./random.ts";
import { SERVICES, u16 } from "./reference.ts";
import { mapped, prefixed, type Raw, type Wire, type WireService } from "./wire.ts";

// Good tokens of every format, and what they are rightly held to.

/** The formats, the commonest first: half of all tokens are 007. */
export const FORMATS = ["007", "006", "005", "004", "003", "002", "001", "signaling"] as const;

/** Names: short, long, empty, of digits, with stars, outside ASCII, and such as break what takes them for something else. */
const NAMES = [
  ...[
    "lobby",
    "room 1",
    "room-1",
    "1001",
    "7",
    "0",
    "007",
    "a",
    "Lobby",
    "ann",
    "bob@example.com",
    "undefined",
    "[object Object]",
  ],
  ...[
    "*",
    "1*a*2",
    "room*",
    "*-1",
    "**",
    "a*",
    "ünïcode",
    "日本語",
    "🙂",
    "e\u0301",
    "\ufeffbom",
    "a\0b",
    "\ud800",
    "\u2028",
    "line\nbreak",
  ],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "863045057",
    "4294967295",
    "4294967296",
    "-1",
    "1e3",
    "00000000-0000-4000-8000-000000000000",
  ],
  ...[
    "%2A",
    "a/b",
    "{sub}",
    "$&",
    "x".repeat(63),
    "x".repeat(64),
    "y".repeat(255),
    "z".repeat(256),
    "channel name with spaces ".repeat(9),
  ],
];

/** A name. One in three has some random characters, one in a hundred is long. */
export function nameFrom(random: Random): string {
  if (random.percent(1)) return random.pick(["ab", "é", "x*"]).repeat(1 + random.below(2000));
  if (random.percent(33)) return `${random.pick(["room-", "user_", ""])}${random.below(1e6).toString(36)}`;
  return random.pick(NAMES);
}

function idFrom(random: Random): string {
  const digits = Buffer.from(random.bytes(16)).toString("hex");
  return random.percent(20) ? digits.toUpperCase() : digits;
}

/** A certificate: half of all tokens are of a few projects, so that one project has many. */
function certificateFrom(random: Random): string {
  return random.percent(50) ? random.pick(["0", "5", "a"]).repeat(31) + "1" : idFrom(random).toLowerCase();
}

/** A uid in decimal. */
function uidFrom(random: Random): string {
  return `${random.pick([0, 1, 7, 1001, 2 ** 31, 2 ** 32 - 1, random.below(2 ** 32)])}`;
}

const HOURS = [60, 600, 3600, 86_399, 86_400];

/** A lifetime, in seconds: one that Agora accepts in nine of ten cases. */
function lifetimeFrom(random: Random): number {
  return random.percent(90) ? random.pick(HOURS) : random.pick([0, 1, 29, 86_401, 3_600_000, 2 ** 32 - 1, 1_700_000_000]);
}

/** A time: of these years in nine of ten cases. */
function timeFrom(random: Random): number {
  return random.percent(90)
    ? 1_500_000_000 + random.below(400_000_000)
    : random.pick([0, 1, 315_532_799, 315_532_800, 2 ** 32 - 1]);
}

/** When something ends, by an older format: some time after its issue in nine of ten cases. */
function endFrom(random: Random, issued: number): number {
  if (random.percent(90)) return Math.min(issued + random.pick(HOURS), 2 ** 32 - 1);
  return random.pick([0, 3600, 86_400, 315_532_799, 315_532_800, 2 ** 32 - 1]);
}

function permissionsFrom(random: Random): Buffer {
  const some = (limit: number) => Array.from({ length: random.below(limit) });
  const names = () => {
    const list = some(4).map(() => prefixed(nameFrom(random)));
    return Buffer.concat([u16(list.length), ...list]);
  };
  const keys = (
    limit: number,
  ) => [...new Set(some(limit).map(() => random.percent(95) ? random.below(limit) : random.below(65_536)))];
  const sorted = (limit: number) => keys(limit).sort((a, b) => a - b).map((key) => [key, undefined] as const);
  return mapped(sorted(5), () => mapped(sorted(2), names));
}

/** A service of a type. */
export function serviceFrom(random: Random, type: number, lifetime: number): WireService {
  const [name, names, fields] = SERVICES[type]!;
  const numbers = Object.keys(names).map(Number).filter(() => random.percent(70));
  if (random.percent(3)) numbers.push(10 + random.below(65_000));
  const seconds = () => random.percent(85) ? lifetime : lifetimeFrom(random);
  return {
    type,
    privileges: numbers.map((number) => [number, seconds()]),
    fields: fields.map((field) => {
      if (field === "role") return random.pick([0, 1, 2, 65_535, 32_768]);
      if (field === "permissions") return { bytes: permissionsFrom(random) };
      const isOpen = random.percent(name.startsWith("rtm") ? 2 : 10);
      return isOpen
        ? ""
        : /^(uid|account)$/.test(field) && random.percent(60)
        ? uidFrom(random).replace(/^0$/, "")
        : nameFrom(random);
    }),
  };
}

/** A token as official code could make it. */
export function tokenFrom(random: Random, version: string = random.percent(50) ? "007" : random.pick(FORMATS)): Wire {
  const [issued, lifetime] = [timeFrom(random), lifetimeFrom(random)];
  const count = random.pick([1, 1, 1, 2, 2, 3, 5]);
  const types = Array.from({ length: count }, () => random.percent(45) ? 1 : 1 + random.below(10)).sort((a, b) => a - b);
  const isLogin = version === "006" && random.percent(30);
  const numbers = isLogin ? [1000] : [1, 2, 3, 4, 101].filter(() => random.percent(60));
  if (isLogin && random.percent(30)) numbers.unshift(1);
  const end = version === "007" ? lifetime : endFrom(random, issued);
  const extra: [number, string][] = random.percent(70) ? [] : [[1, random.pick(["0", "3", "é", nameFrom(random)])]];
  const isAnyone = isLogin ? random.percent(90) : random.percent(20);
  const anyone = version === "006" ? "" : "0";
  const isKey = version !== "006" && version !== "signaling";
  return {
    ...{ version, appId: idFrom(random), certificate: certificateFrom(random), issued, expire: end },
    salt: random.below(2 ** 32),
    services: version === "007" ? types.map((type) => serviceFrom(random, type, lifetime)) : [],
    countedMore: 0,
    channel: random.percent(97) ? nameFrom(random) : "",
    user: isAnyone
      ? anyone
      : isKey
      ? uidFrom(random)
      : random.percent(60)
      ? uidFrom(random).replace(/^0$/, "5")
      : nameFrom(random),
    service: random.pick(["mediaChannel", "recording", "publicSharing"]),
    number: extra.length > 0 ? 4 : random.percent(95) ? 1 + random.below(4) : random.below(65_536),
    entries: version === "006" ? numbers.map((number) => [number, random.percent(90) ? end : endFrom(random, issued)]) : extra,
    trailing: Buffer.alloc(0),
    trailingMessage: Buffer.alloc(0),
  };
}

const asText = (name: Raw | number | object | undefined): string | undefined =>
  typeof name === "string" ? name : name instanceof Uint8Array ? Buffer.from(name).toString() : undefined;

/** A name that a pattern stands for, or the name. */
function nameFor(name: string | undefined, random: Random): string | undefined {
  return name?.replaceAll("*", () => random.pick(["", "x", "1a2"]));
}

/** A user as callers give it: digits of a uid as a number or text, or an account. */
function userGiven(user: string | undefined, random: Random): Partial<Given> {
  if (user === undefined) return {};
  const isUid = user === "" || /^(0|[1-9]\d{0,9})$/.test(user) && Number(user) < 2 ** 32 && user !== "0";
  if (!isUid || random.percent(20) && user !== "") return { account: user };
  return { uid: user === "" ? 0 : random.percent(70) ? Number(user) : `${random.pick(["", "00"])}${user}` };
}

/** What a token is rightly held to: certificate, a time at which it is valid, and names that it is for. */
export function givenFor(wire: Wire, random: Random): Given {
  const { version, certificate, issued, expire } = wire;
  const end = version === "007" ? issued + Math.min(expire, 86_400) : version === "001" || expire === 0 ? 2 ** 32 : expire;
  const start = version === "007" ? issued : 0;
  const inside = start + Math.floor((end - start) * (0.5 + random.below(50) / 100));
  const bounds = [start, end - 1];
  const given: Given = { certificates: [certificate], now: Math.max(0, random.percent(80) ? inside : random.pick(bounds)) };
  return { ...given, ...namesOf(wire, random) };
}

function namesOf(wire: Wire, random: Random): Partial<Given> {
  const channelName = asText(wire.channel)!;
  const user = asText(wire.user)!;
  switch (wire.version) {
    case "007":
      return names007(wire, random);
    case "006": {
      const logsIn = wire.entries.length === 1 && wire.entries[0]![0] === 1000;
      if (logsIn) return random.percent(20) ? { channelName } : { account: channelName };
      return { channelName, ...(user === "" && random.percent(50) ? {} : userGiven(user, random)) };
    }
    case "signaling":
      return { account: user };
    case "001":
      return { channelName };
    case "004":
      return { channelName, uid: Number(user), service: wire.service };
    case "005":
      return { channelName, uid: Number(user) };
    default:
      return { channelName, ...(random.percent(70) ? userGiven(user === "0" ? "" : user, random) : {}) };
  }
}

function names007({ services }: Wire, random: Random): Partial<Given> {
  if (services.length === 0 || random.percent(20)) return {};
  const { type, fields } = random.pick(services);
  const row = SERVICES[type];
  if (row === undefined) return {};
  const [service, , names] = row;
  const at = (pattern: RegExp) => nameFor(asText(fields[names.findIndex((name) => pattern.test(name))]), random);
  const channelName = at(/^channelName$/);
  const user = at(/^(uid|account|userId|userUuid)$/);
  return {
    ...(channelName === undefined || random.percent(10) ? {} : { channelName: channelName || "anywhere" }),
    ...(random.percent(25) ? {} : userGiven(service.startsWith("rtm") ? user || undefined : user, random)),
    ...(random.percent(40) ? { service } : {}),
  };
}
