import { Buffer } from "node:buffer";
import { constants, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import type { Given } from "./judge.ts";
import type { Random } from "./random.ts";
import { nameFrom, serviceFrom } from "./tokens.ts";
import type { Wire } from "./wire.ts";

// What is done to a token, to its text, to what stands around it and to what it is held to.

/** A change of a token before it is signed: of what its own certificate then signs. */
type OfToken = (wire: Wire, random: Random) => void;
/** A change of bytes that are signed, or compressed. */
type OfBytes = (bytes: Buffer, random: Random) => Buffer;
/** Another compression of a content. */
type Compression = (content: Buffer, random: Random) => Uint8Array;
/** A change of a text. */
type OfText = (text: string, random: Random) => string;
/** Something around a text, in which the token can be found. */
type Around = (text: string) => string;
/** A change of what a token is held to. */
type OfGiven = (given: Given, random: Random, text: string) => void;

/** Any of the services, or nothing where there is none. */
const someService = ({ services }: Wire, random: Random) => services.length === 0 ? undefined : random.pick(services);

/** Changes one name of a token, wherever it is. */
function name(change: (random: Random) => string | Uint8Array<ArrayBuffer>): OfToken {
  return (wire, random) => {
    const service = someService(wire, random);
    const index = service?.fields.findIndex((field) => typeof field === "string") ?? -1;
    if (index >= 0) service!.fields[index] = change(random);
    else if (!["005", "004", "003", "002"].includes(wire.version) && random.percent(50)) wire.user = change(random);
    else wire.channel = change(random);
  };
}

export const OF_TOKEN: Readonly<Record<string, OfToken>> = {
  "services dropped": (wire, random) => wire.services.splice(random.below(wire.services.length), 1),
  "services all dropped": (wire) => wire.services.splice(0),
  "services doubled": (wire, random) => wire.services.push(someService(wire, random) ?? serviceFrom(random, 1, 60)),
  "services in another order": (wire) => wire.services.reverse(),
  "service added": (wire, random) => wire.services.unshift(serviceFrom(random, 1 + random.below(10), 600)),
  "service unknown": (wire, random) =>
    wire.services.splice(random.below(wire.services.length + 1), 0, {
      type: random.pick([0, 11, 12, 99, 65_535]),
      privileges: [[1, 60]],
      fields: ["x"],
    }),
  "service of another type": (wire, random) => {
    const service = someService(wire, random);
    if (service !== undefined) service.type = random.below(12);
  },
  "fields dropped": (wire, random) => someService(wire, random)?.fields.pop(),
  "services miscounted": (wire, random) => wire.countedMore = random.pick([-1, 1, 2, 65_000]),
  "entries in another order": (wire, random) => {
    wire.entries.reverse();
    someService(wire, random)?.privileges.reverse();
  },
  "entries doubled": (wire, random) => {
    if (wire.entries.length > 0) wire.entries.push([wire.entries[0]![0], random.pick(wire.entries)[1]]);
    const { privileges = [] } = someService(wire, random) ?? {};
    if (privileges.length > 0) privileges.push([privileges[0]![0], random.below(100_000)]);
  },
  "entries with odd keys": (wire, random) => {
    const key = random.pick([0, 5, 13, 255, 65_535]);
    if (wire.version === "006") wire.entries.push([key, wire.expire]);
    if (wire.version === "005") wire.entries.push([key, nameFrom(random)]);
    someService(wire, random)?.privileges.push([key, 600]);
  },
  "many services": (wire, random) => {
    for (let more = random.below(60); more > 0; more--) wire.services.push(serviceFrom(random, 1 + random.below(10), 60));
  },
  "name with NUL": name((random) => `${nameFrom(random).slice(0, 9)}\0${random.pick(["", "admin"])}`),
  "name with stars": name((random) => random.pick(["*", "**", "*a", "a*", "1*a*2", "*".repeat(40)])),
  "name not UTF-8": name((random) => random.bytes(1 + random.below(80)).map((byte) => byte | random.pick([0, 0x80, 0xc0]))),
  "name empty": name(() => ""),
  "name long": name((random) => nameFrom(random).repeat(1 + random.below(8)).slice(0, 4000)),
  "name that is a secret": (wire, random) => name(() => wire.certificate)(wire, random),
  "App ID that is none": (wire, random) => {
    const { appId } = wire;
    const short = wire.version === "005" ? appId.slice(0, 30) : appId.slice(1);
    wire.appId = random.pick([short, `${appId}00`, wire.version === "005" ? "" : appId.replace(/.$/, "g")]);
  },
  "App ID that is the certificate": (wire) => wire.appId = wire.certificate,
  "bytes after the last field": (wire, random) =>
    random.percent(50)
      ? wire.trailing = Buffer.from(random.bytes(1 + random.below(40)))
      : wire.trailingMessage = Buffer.alloc(3),
  "times at their limits": (wire, random) => {
    wire.issued = random.pick([0, 1, 2 ** 31, 2 ** 32 - 1]);
    wire.expire = random.pick([0, 1, 2 ** 31, 2 ** 32 - 1]);
  },
};

function replaced(bytes: Buffer, at: number, length: number, by: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + length)]);
}

export const OF_BYTES: Readonly<Record<string, OfBytes>> = {
  "bit flipped": (bytes, random) => {
    const changed = Buffer.from(bytes);
    const at = placeIn(bytes.length, random);
    if (at < bytes.length) changed[at]! ^= 1 << random.below(8);
    return changed;
  },
  "bytes replaced": (bytes, random) =>
    replaced(bytes, placeIn(bytes.length, random), 1 + random.below(4), random.bytes(random.below(5))),
  "number at a limit": (bytes, random) => {
    const by = random.pick([[0, 0], [0xff, 0xff], [0xff, 0x7f], [1, 0], [0, 0, 0, 0], [0xff, 0xff, 0xff, 0xff]]);
    return replaced(bytes, placeIn(bytes.length, random), by.length, Uint8Array.from(by));
  },
  "bytes moved": (bytes, random) => {
    const [from, to, length] = [placeIn(bytes.length, random), placeIn(bytes.length, random), random.below(40)];
    return replaced(bytes, to, random.below(40), bytes.subarray(from, from + length));
  },
  "bytes cut off": (bytes, random) => bytes.subarray(0, placeIn(bytes.length, random)),
  "bytes added": (bytes, random) => Buffer.concat([bytes, random.bytes(1 + random.below(20))]),
};

/** Stored blocks (RFC 1951 §3.2.4) of a size. */
function stored(content: Buffer, size: number): Buffer {
  return Buffer.from(deflateSync(content, { level: 0, chunkSize: Math.max(64, size) }));
}

export const COMPRESSIONS: Readonly<Record<string, Compression>> = {
  "another level": (content, random) => deflateSync(content, { level: random.pick([1, 2, 3, 9]) }),
  "stored": (content, random) => stored(content, random.below(1000)),
  "another strategy": (content, random) =>
    deflateSync(content, {
      strategy: random.pick([constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FILTERED]),
    }),
  "another window": (content, random) => deflateSync(content, { windowBits: 9 + random.below(7) }),
  "an empty block at the end": (content) => withEmptyBlock(content),
  "a preset dictionary": (content) => withDictionary(content),
  "raw deflate": (content) => deflateRawSync(content),
  "gzip": (content) => gzipSync(content),
  "not at all": (content) => content,
};

/** As Go ends a stream: the blocks, an empty stored one, an empty last one, the checksum. */
function withEmptyBlock(content: Buffer): Buffer {
  const stream = deflateSync(content, { finishFlush: constants.Z_SYNC_FLUSH });
  const checksum = deflateSync(content).subarray(-4);
  return Buffer.concat([stream, Buffer.from([1, 0, 0, 0xff, 0xff]), checksum]);
}

/** A stream that says it needs a dictionary (RFC 1950 §2.2), though it does not. */
function withDictionary(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0x78, 0x20, 0, 0, 0, 1]), deflateSync(content).subarray(2)]);
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ %*:.";

/** A place in something of a length: one in four is near its end, where checksums and padding are. */
function placeIn(length: number, random: Random): number {
  return random.percent(25) ? Math.max(0, length - 1 - random.below(4)) : random.below(length);
}

function spliced(text: string, at: number, length: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + length);
}

export const OF_TEXT: Readonly<Record<string, OfText>> = {
  "character's bit flipped": (text, random) => {
    const at = placeIn(text.length, random);
    return spliced(text, at, 1, String.fromCharCode(text.charCodeAt(at) ^ 1 << random.below(8)));
  },
  "character replaced": (text, random) => spliced(text, placeIn(text.length, random), 1, random.pick([...ALPHABET])),
  "character missing": (text, random) => spliced(text, placeIn(text.length, random), 1, ""),
  "character added": (text, random) =>
    spliced(text, random.below(text.length + 1), 0, random.pick([...ALPHABET, "é", "\0", "\ud800", "\n"])),
  "characters exchanged": (text, random) => {
    const at = placeIn(text.length - 1, random);
    return spliced(text, at, 2, [...text.slice(at, at + 2)].reverse().join(""));
  },
  "text cut off": (text, random) => text.slice(0, placeIn(text.length, random)),
  "text longer": (text, random) => text + random.pick(["=", "==", "A", "AAAA", text, "\n", " ", "\0"]),
  "another version": (text, random) =>
    random.pick(["001", "002", "003", "004", "005", "006", "007", "008", "07", "1:", ""]) + text.slice(3),
  "columns shifted": (text, random) => {
    const [at, to] = [placeIn(text.length, random), placeIn(text.length, random)];
    return spliced(spliced(text, at, 1, ""), to, 0, text[at] ?? "");
  },
  "letter case": (text, random) => random.percent(50) ? text.toLowerCase() : text.toUpperCase(),
  "URL-safe base64": (text) => text.replaceAll("+", "-").replaceAll("/", "_"),
  "without padding": (text) => text.replace(/=+$/, ""),
  "spaces for plus signs": (text) => text.replaceAll("+", " "),
  "masked": (text, random) =>
    spliced(text, placeIn(text.length, random), 1 + random.below(30), random.pick(["***", "...", "…"])),
  "line broken": (text, random) => spliced(text, placeIn(text.length, random), 0, random.pick(["\n", "\r\n", "\\\n"])),
};

/** Texts that are no token, and look like one. */
export const OTHERS: readonly ((random: Random) => string)[] = [
  (random) => ["eyJhbGciOiJIUzI1NiJ9", Buffer.from(random.bytes(40)).toString("base64url"), "c2lnbmF0dXJl"].join("."),
  (random) => `eyJ${Buffer.from(random.bytes(120)).toString("base64url")}.${random.pick(["", "a.b", "..."])}`,
  (random) => random.pick(["007", "006", "005", "003", "1:"]) + Buffer.from(random.bytes(random.below(300))).toString("base64"),
  (random) => `007${Buffer.concat([Buffer.from([0x78, 0x9c]), random.bytes(random.below(200))]).toString("base64")}`,
  (random) => Buffer.from(random.bytes(random.below(80))).toString("hex"),
  (random) => Buffer.from(random.bytes(random.below(100))).toString("latin1"),
  (random) =>
    random.pick([
      "",
      " ",
      "undefined",
      "null",
      "token",
      "invalid token",
      "{}",
      "007",
      "1:",
      "YOUR TOKEN HERE",
      "401 Unauthorized",
    ]),
];

/** What a token stands in: each leaves the token to be found in it. */
export const AROUND: Readonly<Record<string, Around>> = {
  "JSON": (text) => JSON.stringify({ token: text, uid: 1001 }),
  "JSON in JSON": (text) => JSON.stringify({ body: JSON.stringify({ data: { rtcToken: text } }) }),
  "quotes": (text) => `"${text}"`,
  "single quotes and a comma": (text) => `'${text}',`,
  "a query": (text) => `https://app.example/join?channel=lobby&token=${encodeURIComponent(text)}&uid=7`,
  "a log line": (text) => `2026-11-26T10:00:00Z INFO joinChannel token=${text} channel=lobby uid=7`,
  "a header": (text) => `Authorization: agora token="${text}"`,
  "code": (text) => `const TOKEN = \`${text}\`;\n`,
  "an environment file": (text) => `AGORA_TOKEN=${text}\n`,
  "whitespace": (text) => `\n  ${text}\r\n`,
  "brackets": (text) => `<${text}>`,
  "a mail": (text) => `Hello,\n\nthe token is:\n\n${text}\n\nbye\n`,
};

export const OF_GIVEN: Readonly<Record<string, OfGiven>> = {
  "another certificate": (given, random) => given.certificates = [Buffer.from(random.bytes(16)).toString("hex")],
  "certificate in another case": (given) => given.certificates = given.certificates.map((one) => one.toUpperCase()),
  "certificate with one digit changed": (given, random) =>
    given.certificates = given.certificates.map((one) =>
      spliced(one, random.below(32), 1, random.pick([..."0123456789abcdef"]))
    ),
  "certificate that is none": (given, random) => {
    const [own = ""] = given.certificates;
    given.certificates = [random.pick(["", own.slice(1), `"${own}"`, `KEY=${own}`, `${own}\n`, "undefined", "g".repeat(32)])];
  },
  "no certificate": (given) => given.certificates = [],
  "second certificate": (given, random) => given.certificates.unshift(Buffer.from(random.bytes(16)).toString("hex"), "not one"),
  "before it is valid": (given, random) => given.now = Math.max(0, given.now - random.pick([1, 60, 90_000, 1e9])),
  "after it expired": (given, random) => given.now += random.pick([1, 60, 90_000, 1e9]),
  "a second before, with a tolerance": (given, random) => {
    given.clockTolerance = random.pick([0, 1, 30, 2 ** 32 - 1]);
    given.now = Math.max(0, given.now - random.pick([1, 2, 30, 31]));
  },
  "another channel": (given, random) => given.channelName = random.percent(50) ? `${given.channelName}2` : nameFrom(random),
  "another user": (given, random) => {
    delete given.uid;
    delete given.account;
    if (random.percent(50)) given.account = nameFrom(random);
    else given.uid = random.pick([0, 1, 8, 2 ** 32 - 1, "", "007"]);
  },
  "names exchanged": (given) => {
    const { channelName, account, uid } = given;
    if (channelName === undefined) return;
    delete given.uid;
    given.account = channelName;
    given.channelName = account ?? `${uid ?? ""}`;
  },
  "names left out": (given) => {
    delete given.uid;
    delete given.account;
  },
  "no names": (given) => {
    for (const key of ["channelName", "uid", "account", "service"] as const) delete given[key];
  },
  "another service": (given, random) =>
    given.service = random.pick([
      "rtc",
      "rtm",
      "rtm2",
      "chat",
      "mediaChannel",
      "recording",
      "signaling",
      "nope",
      "__proto__",
      "toString",
    ]),
  "a secret for a name": (given, random, text) => {
    const secret = random.percent(50) ? given.certificates[0] ?? "" : text;
    if (random.percent(50)) given.channelName = secret;
    else {
      delete given.uid;
      given.account = secret;
    }
  },
  "a small bound": (given, random) => given.maxPayload = random.pick([1, 60, 100, 150, 300]),
};

/** Moves what separates channel, user and message of a 006, which its signature does not cover, and its checksums with it. */
export function shifted006(wire: Wire, random: Random): Wire {
  const both = `${wire.channel}${wire.user}`;
  const at = random.below(both.length + 1);
  return { ...wire, channel: both.slice(0, at), user: both.slice(at) };
}

/** Other checksums in a 006, which its signature does not cover either. */
export function checksumsOf(content: Buffer, random: Random): Buffer {
  return replaced(content, 34 + 4 * random.below(2), 4, random.percent(50) ? Buffer.alloc(4) : random.bytes(4));
}
