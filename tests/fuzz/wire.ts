import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import { checksum, type Data, type Names, signed, u16, u32 } from "./reference.ts";

// Writes tokens of every format field by field, also wrong ones: what official code does not pack can be written too.

/** A name as it lies on the wire: a text, or bytes that are no text. */
export type Raw = string | Uint8Array<ArrayBuffer>;

/** A service as it lies on the wire: entries in any order, also twice, and then its fields. */
export interface WireService {
  type: number;
  privileges: [number, number][];
  /** Texts, the role, and the permissions as bytes. */
  fields: (Raw | number | { bytes: Buffer })[];
}

/** A token before it is written: of each format, the fields that it has. */
export interface Wire {
  version: string;
  appId: string;
  certificate: string;
  /** Its time of issue, or `unixTs`. */
  issued: number;
  /** Its lifetime (007), or when it ends. */
  expire: number;
  salt: number;
  services: WireService[];
  /** How many more services it says it has. */
  countedMore: number;
  channel: Raw;
  user: Raw;
  /** The service of a key by name (004), or by number (005). */
  service: string;
  number: number;
  /** Privileges of 006; the keys of the entries of 005. */
  entries: [number, number | string][];
  /** Bytes after the last field. */
  trailing: Buffer;
  /** Bytes after the last field of the message of a 006. */
  trailingMessage: Buffer;
}

/** Bytes with their length before them. */
export function prefixed(value: Raw): Buffer {
  const bytes = Buffer.from(value as string);
  return Buffer.concat([u16(bytes.length), bytes]);
}

/** A map: how many entries it has, and the entries as they are. */
export function mapped<T>(entries: readonly (readonly [number, T])[], value: (value: T) => Buffer): Buffer {
  return Buffer.concat([u16(entries.length), ...entries.flatMap(([key, of]) => [u16(key), value(of)])]);
}

function service007({ type, privileges, fields }: WireService): Buffer {
  const written = fields.map((field) => {
    if (typeof field === "number") return u16(field);
    return typeof field === "object" && "bytes" in field && Buffer.isBuffer(field.bytes) ? field.bytes : prefixed(field as Raw);
  });
  return Buffer.concat([u16(type), mapped(privileges, u32), ...written]);
}

/** The content of a token that has one (007, 006, 005): with its signature. */
export function contentOf(wire: Wire): Buffer {
  const { version, appId, certificate, issued, expire, salt, services, entries, trailing } = wire;
  const [channel, user] = [Buffer.from(wire.channel as string), Buffer.from(wire.user as string)];
  if (version === "007") {
    const count = u16(services.length + wire.countedMore);
    const head = [prefixed(appId), u32(issued), u32(expire), u32(salt), count];
    const part = Buffer.concat([...head, ...services.map(service007), trailing]);
    const own = signed({ version, issueTs: issued, salt, signedPart: part.toString("hex") }, certificate, {});
    return Buffer.concat([prefixed(Buffer.from(own, "hex")), part]);
  }
  if (version === "006") {
    const privileges = mapped(entries as [number, number][], u32);
    const message = Buffer.concat([u32(salt), u32(expire), privileges, wire.trailingMessage]);
    // The signature is over bytes: names that are no text are signed as they are.
    const names = { version, appId, message: Buffer.concat([channel, user, message]).toString("hex") };
    const own = Buffer.from(signed(names, certificate, {}), "hex");
    const sums = [channel, user].map((name) => u32(checksum(new Uint8Array(name))));
    return Buffer.concat([prefixed(own), ...sums, prefixed(message), trailing]);
  }
  const before = [prefixed(Buffer.from(appId, "hex")), u32(issued), u32(salt)];
  const after = Buffer.concat([u32(expire), mapped(entries, (text) => prefixed(`${text}`))]);
  const signedParts = [Buffer.concat([u16(wire.number), ...before]), after].map((part) => part.toString("hex"));
  const own = signed({ version, signedParts }, certificate, { channel: channel.toString(), user: `${wire.user}` });
  return Buffer.concat([u16(wire.number), prefixed(own), ...before, after, trailing]);
}

/** The text of a content. */
export function textOf(
  wire: Wire,
  content: Buffer,
  compress: (content: Buffer) => Uint8Array = (bytes) => deflateSync(bytes),
): string {
  if (wire.version === "007") return `007${Buffer.from(compress(content)).toString("base64")}`;
  return `${wire.version}${wire.version === "006" ? wire.appId : ""}${content.toString("base64")}`;
}

/** Whether a format has a content in base64. */
export function hasContent({ version }: Wire): boolean {
  return ["007", "006", "005"].includes(version);
}

/** The text of a token of a format without a content. */
export function plainText(wire: Wire): string {
  const { version, appId, certificate, issued, expire, salt, service } = wire;
  const ten = (value: number) => `${value}`.padStart(10, "0");
  const names: Names = { channel: `${wire.channel}`, user: `${wire.user}`, service };
  const values: Data = { version, appId, unixTs: issued, randomInt: salt, uid: Number(wire.user), expiredTs: expire };
  const own = signed(values, certificate, names);
  if (version === "signaling") return `1:${appId}:${expire}:${own}`;
  const head = own + appId + ten(issued) + salt.toString(16).padStart(8, "0");
  switch (version) {
    case "001":
      return head;
    case "004":
      return `004${head}${ten(expire)}`;
    default:
      return `${version === "003" ? "003" : ""}${head}${ten(Number(wire.user))}${ten(expire)}`;
  }
}

/** The text of a token as its official code writes it. */
export function written(wire: Wire): string {
  return hasContent(wire) ? textOf(wire, contentOf(wire)) : plainText(wire);
}
