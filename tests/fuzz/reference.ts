import { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";
import { crc32, inflateSync } from "node:zlib";

// A second reader of every format, written from the format notes (docs/format-notes.md, docs/legacy-notes.md) with node:crypto and node:zlib. It imports
// nothing of src/: the fuzzer holds the library to it.

/** A token as the second reader reads it: the data of `ParsedToken`, bytes as hexadecimal digits. */
// deno-lint-ignore no-explicit-any -- data of eight shapes, only compared as a whole
export type Data = Record<string, any>;

/** The privileges of RTC, by number. */
const RTC = { 1: "joinChannel", 2: "publishAudioStream", 3: "publishVideoStream", 4: "publishDataStream" };

/** The services of 007 by type: name, privileges, and fields (texts, but for `role` and `permissions`). */
export const SERVICES: Readonly<Record<number, readonly [string, Readonly<Record<number, string>>, readonly string[]]>> = {
  1: ["rtc", RTC, ["channelName", "uid"]],
  2: ["rtm", { 1: "login" }, ["userId"]],
  3: ["streaming", { 1: "publishMixStream", 2: "publishRawStream" }, ["channelName", "account"]],
  4: ["fpa", { 1: "login" }, []],
  5: ["chat", { 1: "user", 2: "app" }, ["userId"]],
  6: ["fcdn", { 1: "publish", 2: "play" }, ["channelName", "account"]],
  7: ["apaas", { 1: "roomUser", 2: "user", 3: "app" }, ["roomUuid", "userUuid", "role"]],
  8: ["rtm2", { 1: "login" }, ["userId", "permissions"]],
  9: ["convoai", {}, []],
  10: ["stt", {}, []],
};

const RESOURCES = ["messageChannels", "streamChannels", "groupChannels", "serverGroups", "users"];
const PERMISSIONS = ["read", "write"];
const KEY_SERVICES = [undefined, "mediaChannel", "recording", "publicSharing", "inChannelPermission"];

/** The privileges of 006 by number. */
export const PRIVILEGES_006: Readonly<Record<number, string>> = {
  ...RTC,
  5: "publishAudioCdn",
  6: "publishVideoCdn",
  7: "requestPublishAudioStream",
  8: "requestPublishVideoStream",
  9: "requestPublishDataStream",
  10: "invitePublishAudioStream",
  11: "invitePublishVideoStream",
  12: "invitePublishDataStream",
  101: "administrateChannel",
  1000: "rtmLogin",
};

/** Thrown where a text is no token; never leaves this file. */
class Refused extends Error {}

/** Reads little-endian fields; a field that is not whole is refused. */
class Fields {
  at = 0;
  readonly undecoded: Record<string, string> = {};
  constructor(readonly content: Buffer) {}
  take(length: number): Buffer {
    if (this.at + length > this.content.length) throw new Refused();
    return this.content.subarray(this.at, this.at += length);
  }
  u16 = () => this.take(2).readUInt16LE();
  u32 = () => this.take(4).readUInt32LE();
  bytes = () => this.take(this.u16());
  text(path: string): string {
    const raw = this.bytes();
    const text = raw.toString("utf8");
    if (!Buffer.from(text).equals(raw)) this.undecoded[path] = raw.toString("hex");
    return text;
  }
  /** A map: the last of two entries with one key counts. */
  map<T>(nameOf: (key: number) => string | undefined, value: (key: string) => T): Record<string, T> {
    const map: Record<string, T> = {};
    for (let left = this.u16(); left > 0; left--) {
      const number = this.u16();
      const key = nameOf(number) ?? `${number}`;
      map[key] = value(key);
    }
    return map;
  }
}

/** The bytes of canonical base64. */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, "base64");
  if (bytes.toString("base64") !== text) throw new Refused();
  return bytes;
}

/** The content of exactly one zlib stream (RFC 1950), without a preset dictionary and with nothing after it. */
function inflated(stream: Buffer, limit: number): Buffer {
  if (stream.length < 2 || stream.readUInt16BE() % 31 !== 0 || (stream[1]! & 0x20) !== 0) throw new Refused();
  try {
    const { buffer, engine } = inflateSync(stream, { maxOutputLength: limit, info: true } as object) as unknown as {
      buffer: Buffer;
      engine: { bytesWritten: number };
    };
    if (engine.bytesWritten === stream.length && buffer.length <= limit) return buffer;
  } catch {
    // not a whole stream, or more than the limit
  }
  throw new Refused();
}

function read007(text: string, limit: number): Data {
  const fields = new Fields(inflated(fromBase64(text.slice(3)), limit));
  const signature = fields.bytes().toString("hex");
  const signedPart = fields.content.subarray(fields.at).toString("hex");
  const appId = fields.text("appId");
  const [issueTs, expire, salt, serviceCount] = [fields.u32(), fields.u32(), fields.u32(), fields.u16()];
  const services: Data[] = [];
  let unknown: number | undefined;
  for (let index = 0; index < serviceCount && unknown === undefined; index++) {
    const type = fields.u16();
    if (SERVICES[type] === undefined) unknown = type;
    else services.push(service007(fields, `services[${index}]`, ...SERVICES[type]));
  }
  return {
    version: "007",
    ...{ signature, signedPart, appId, issueTs, expire, salt, serviceCount, services },
    ...(unknown === undefined ? {} : { unknownServiceType: unknown }),
    trailingBytes: unknown === undefined ? fields.content.length - fields.at : 0,
    undecoded: fields.undecoded,
  };
}

function service007(fields: Fields, path: string, ...[type, names, rest]: typeof SERVICES[number]): Data {
  const service: Data = { type, privileges: fields.map((number) => names[number], fields.u32) };
  for (const name of rest) {
    if (name === "role") service[name] = fields.take(2).readInt16LE();
    else if (name !== "permissions") service[name] = fields.text(`${path}.${name}`);
    else {
      service[name] = fields.map(
        (number) => RESOURCES[number],
        (resource) =>
          fields.map((number) => PERMISSIONS[number], (right) => {
            const at = `${path}.permissions.${resource}.${right}`;
            return Array.from({ length: fields.u16() }, (_, index) => fields.text(`${at}[${index}]`));
          }),
      );
    }
  }
  return service;
}

function read006(text: string, limit: number): Data {
  const appId = text.slice(3, 35);
  if (!isId(appId)) throw new Refused();
  const fields = new Fields(fromBase64(text.slice(35)));
  if (35 + fields.content.length > limit) throw new Refused();
  const [signature, crcChannelName, crcUid] = [fields.bytes().toString("hex"), fields.u32(), fields.u32()];
  const message = new Fields(fields.bytes());
  const [salt, ts] = [message.u32(), message.u32()];
  const privileges = message.map((number) => PRIVILEGES_006[number], message.u32);
  const trailingBytes = message.content.length - message.at + fields.content.length - fields.at;
  const raw = message.content.toString("hex");
  return { version: "006", appId, signature, crcChannelName, crcUid, message: raw, salt, ts, privileges, trailingBytes };
}

function read005(text: string, limit: number): Data {
  const fields = new Fields(fromBase64(text.slice(3)));
  if (3 + fields.content.length > limit) throw new Refused();
  const number = fields.u16();
  const signature = fields.text("signature");
  const start = fields.at;
  const appId = fields.bytes().toString("hex");
  const [unixTs, randomInt] = [fields.u32(), fields.u32()];
  const middle = fields.at;
  const expiredTs = fields.u32();
  const extra = fields.map(() => undefined, (key) => fields.text(`extra.${key}`));
  const { content, at, undecoded } = fields;
  const signedParts = [
    content.subarray(0, 2).toString("hex") + content.subarray(start, middle).toString("hex"),
    content.subarray(middle, at).toString("hex"),
  ];
  const service = KEY_SERVICES[number] ?? number;
  const trailingBytes = content.length - at;
  return {
    version: "005",
    service,
    signature,
    appId,
    unixTs,
    randomInt,
    expiredTs,
    extra,
    signedParts,
    trailingBytes,
    undecoded,
  };
}

/** The keys of fixed columns: what each has after its prefix. */
const HEAD = "(?<signature>[0-9a-f]{40})(?<appId>[0-9A-Fa-f]{32})(?<unixTs>[0-9]{10})(?<randomInt>[0-9a-f]{8})";
const ENDS = "(?<expiredTs>[0-9]{10})";
const COLUMNS: Readonly<Record<string, RegExp>> = {
  "001": new RegExp(`^${HEAD}$`),
  "002": new RegExp(`^${HEAD}(?<uid>[0-9]{10})${ENDS}$`),
  "004": new RegExp(`^004${HEAD}${ENDS}$`),
  "003": new RegExp(`^003${HEAD}(?<uid>[0-9]{10})${ENDS}$`),
};

function readColumns(version: string, text: string): Data {
  const match = COLUMNS[version]!.exec(text);
  if (match === null) throw new Refused();
  const token: Data = { version };
  for (const [name, digits] of Object.entries(match.groups!)) {
    if (digits === undefined) continue;
    token[name] = /signature|appId/.test(name) ? digits : parseInt(digits, name === "randomInt" ? 16 : 10);
    if (typeof token[name] === "number" && token[name] > 0xffffffff) throw new Refused();
  }
  return token;
}

function readSignaling(text: string): Data {
  const [, appId, digits, signature] = /^1:([0-9A-Fa-f]{32}):(0|[1-9][0-9]{0,9}):([0-9a-f]{32})$/.exec(text) ?? [];
  if (appId === undefined || Number(digits) > 0xffffffff) throw new Refused();
  return { version: "signaling", appId, expiredTs: Number(digits), signature };
}

/** Whether a text is an App ID or certificate. */
export function isId(text: string): boolean {
  return /^[0-9A-Fa-f]{32}$/.test(text);
}

/**
 * Reads a text.
 *
 * @param limit The largest content, in bytes.
 * @returns The token; nothing where the text is none.
 */
export function read(text: string, limit = 1 << 20): Data | undefined {
  const attempt = (run: () => Data): Data | undefined => {
    try {
      return run();
    } catch (error) {
      if (error instanceof Refused) return undefined;
      throw error;
    }
  };
  // Those without a prefix first: their signature may begin with the digits of another version.
  for (const version of ["001", "002"]) {
    const token = attempt(() => readColumns(version, text));
    if (token !== undefined) return token;
  }
  const prefix = /^(00[3-7]|1:)/.exec(text)?.[0];
  switch (prefix) {
    case "007":
      return attempt(() => read007(text, limit));
    case "006":
      return attempt(() => read006(text, limit));
    case "005":
      return attempt(() => read005(text, limit));
    case "004":
    case "003":
      return attempt(() => readColumns(prefix, text));
    case "1:":
      return attempt(() => readSignaling(text));
    default:
      return undefined;
  }
}

/** The names that a token signs and does not hold. */
export interface Names {
  readonly channel?: string;
  readonly user?: string;
  readonly service?: string;
}

const hmac = (hash: string, key: string | Uint8Array, data: string | Uint8Array) => createHmac(hash, key).update(data).digest();

/** A number of 32 bits as bytes. */
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

/** A number of 16 bits as bytes. */
export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value & 0xffff);
  return bytes;
}

/** The signature that a certificate makes for a token and the names that it does not hold, in the form in which the token has it. */
export function signed(token: Data, certificate: string, { channel = "", user = "", service = "" }: Names): string {
  const ten = (value: number | string) => `${value}`.padStart(10, "0");
  const { version, appId, unixTs, randomInt, uid, expiredTs } = token;
  const random = randomInt?.toString(16).padStart(8, "0");
  const code = { mediaChannel: "ACS", recording: "ARS", publicSharing: "APSS" }[service] ?? "";
  switch (version) {
    case "007": {
      const key = hmac("sha256", u32(token.salt), hmac("sha256", u32(token.issueTs), certificate));
      return hmac("sha256", key, Buffer.from(token.signedPart, "hex")).toString("hex");
    }
    case "006": {
      const data = Buffer.concat([Buffer.from(appId + channel + user), Buffer.from(token.message, "hex")]);
      return hmac("sha256", certificate, data).toString("hex");
    }
    case "005": {
      const [before, after] = token.signedParts.map((part: string) => Buffer.from(part, "hex"));
      const name = Buffer.from(channel);
      const data = Buffer.concat([before, u16(name.length), name, u32(Number(user)), after]);
      return hmac("sha1", Buffer.from(certificate, "hex"), data).toString("hex").toUpperCase();
    }
    case "004":
      return hmac("sha1", certificate, code + appId + ten(unixTs) + random + channel + ten(user) + ten(expiredTs)).toString(
        "hex",
      );
    case "003":
    case "002":
      return hmac("sha1", certificate, appId + ten(unixTs) + random + channel + ten(uid) + ten(expiredTs)).toString("hex");
    case "001":
      return hmac("sha1", certificate, appId + ten(unixTs) + random + channel).toString("hex");
    default:
      return createHash("md5").update(user + appId + certificate + expiredTs).digest("hex");
  }
}

/** The checksum that a 006 has of a name, or of the bytes of one. */
export function checksum(name: string | Uint8Array<ArrayBuffer>): number {
  return crc32(name);
}
