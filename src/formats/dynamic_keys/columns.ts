import { encodeHex } from "../../bytes/hex.ts";
import { utf8 } from "../../bytes/bytes.ts";
import { hexId, integer, isHexId, oneOf, onlyKeys, string, u32, U32_MAX } from "../../validate.ts";
import type { Engine } from "../../runtime/engine.ts";
import { readFields, type Reading } from "../../bytes/reading.ts";
import type { Span } from "../../bytes/span.ts";
import type {
  ParsedToken001,
  ParsedToken002,
  ParsedToken003,
  ParsedToken004,
  Token001,
  Token002,
  Token003,
  Token004,
} from "../legacy_types.ts";

// Dynamic keys 001 to 004 are texts of fixed columns (legacy notes §2).

/** The versions of fixed columns. */
export type ColumnVersion = "001" | "002" | "003" | "004";
/** A key of fixed columns. */
export type ColumnToken = Token001 | Token002 | Token003 | Token004;
/** A parsed key of fixed columns. */
export type ParsedColumnToken = ParsedToken001 | ParsedToken002 | ParsedToken003 | ParsedToken004;

type ColumnName = "signature" | "appId" | "unixTs" | "randomInt" | "uid" | "expiredTs";
type SignedName = "appId" | "unixTs" | "randomInt" | "uid" | "expiredTs" | "channelName" | "service";

/** The values of a key, those outside the key included. */
type Values = { readonly [name in ColumnName | SignedName]?: string | number };

/** How a column is written, and what its characters must be. */
interface Column {
  readonly width: number;
  readonly valid: (chars: string) => boolean;
  readonly expected: string;
  readonly base?: 10 | 16;
}

const DECIMAL: Column = {
  width: 10,
  valid: (chars) => /^\d{10}$/.test(chars) && Number(chars) <= U32_MAX,
  expected: "10 digits, at most 4294967295",
  base: 10,
};

const COLUMNS: Readonly<Record<ColumnName, Column>> = {
  signature: { width: 40, valid: (chars) => /^[0-9a-f]{40}$/.test(chars), expected: "40 lower-case hexadecimal characters" },
  appId: { width: 32, valid: isHexId, expected: "32 hexadecimal characters" },
  unixTs: DECIMAL,
  randomInt: {
    width: 8,
    valid: (chars) => /^[0-9a-f]{8}$/.test(chars),
    expected: "8 lower-case hexadecimal characters",
    base: 16,
  },
  uid: DECIMAL,
  expiredTs: DECIMAL,
};

const USER_COLUMNS = ["signature", "appId", "unixTs", "randomInt", "uid", "expiredTs"] as const;
const USER_SIGNED = ["appId", "unixTs", "randomInt", "channelName", "uid", "expiredTs"] as const;

/** How the keys of a version are made up: the prefix, the columns after it, and what is signed, in order. */
interface Layout {
  readonly prefix: string;
  readonly columns: readonly ColumnName[];
  readonly signed: readonly SignedName[];
}

/** The layouts by version. */
export const LAYOUTS: Readonly<Record<ColumnVersion, Layout>> = {
  "001": {
    prefix: "",
    columns: ["signature", "appId", "unixTs", "randomInt"],
    signed: ["appId", "unixTs", "randomInt", "channelName"],
  },
  "002": { prefix: "", columns: USER_COLUMNS, signed: USER_SIGNED },
  "003": { prefix: "003", columns: USER_COLUMNS, signed: USER_SIGNED },
  "004": {
    prefix: "004",
    columns: ["signature", "appId", "unixTs", "randomInt", "expiredTs"],
    signed: ["service", "appId", "unixTs", "randomInt", "channelName", "uid", "expiredTs"],
  },
};

/** The services of 004 as they are signed. */
export const SERVICE_CODES_004: Readonly<Record<Token004["service"], string>> = {
  mediaChannel: "ACS",
  recording: "ARS",
  publicSharing: "APSS",
};

/** How many characters a key of a version has. */
export function lengthOf(version: ColumnVersion): number {
  const { prefix, columns } = LAYOUTS[version];
  return columns.reduce((width, name) => width + COLUMNS[name].width, prefix.length);
}

/** Whether a text has exactly the characters of a version: the only way to know one without a prefix. */
export function hasColumnsOf(version: ColumnVersion, text: string): boolean {
  return text.length === lengthOf(version) && readColumns(version, text).error === undefined;
}

/** The signature: HMAC-SHA1 over the signed columns, in lower-case hex. */
export async function signColumns(
  version: ColumnVersion,
  values: Values,
  appCertificate: string,
  engine: Engine,
): Promise<string> {
  const text = LAYOUTS[version].signed.map((name) => column(name, values)).join("");
  return encodeHex(await engine.hmac("SHA-1", utf8(appCertificate), utf8(text)));
}

/** Packs a key of fixed columns. */
export async function packColumns(token: ColumnToken, appCertificate: string, engine: Engine): Promise<string> {
  const { version } = token;
  const { prefix, columns, signed } = LAYOUTS[version];
  onlyKeys(token, ["version", ...signed]);
  hexId("appCertificate", appCertificate);
  const given: { readonly [name in SignedName]?: unknown } = token;
  const values: Values = Object.fromEntries(signed.map((name) => [name, CHECKS[name](name, given[name])]));
  const signature = await signColumns(version, values, appCertificate, engine);
  return prefix + columns.map((name) => column(name, { ...values, signature })).join("");
}

/** What is packed of each value. */
const CHECKS: Readonly<Record<SignedName, (field: string, value: unknown) => string | number>> = {
  appId: hexId,
  unixTs: u32,
  randomInt: modulo32,
  uid: modulo32,
  expiredTs: u32,
  channelName: string,
  service: (_field, value) => serviceCode(value as string),
};

/** Reads a key of fixed columns; the spans are over its text. */
export function readColumns(version: ColumnVersion, text: string, spans?: Span[]): Reading<ParsedColumnToken> {
  const { prefix, columns } = LAYOUTS[version];
  const token: Record<string, unknown> = { version };
  return readFields(token, utf8(text), spans, (reader) => {
    if (prefix !== "") reader.chars("version", prefix.length, (chars) => chars === prefix, prefix);
    for (const name of columns) {
      const { width, valid, expected, base } = COLUMNS[name];
      const chars = reader.chars(name, width, valid, expected);
      token[name] = base === undefined ? chars : parseInt(chars, base);
    }
    reader.finish();
  }) as Reading<ParsedColumnToken>;
}

/** The code of a service of 004. */
export function serviceCode(service: string): string {
  return oneOf("service", SERVICE_CODES_004, service);
}

/** A whole number modulo 2³², as most official code takes a uid or random number here. */
export function modulo32(field: string, value: unknown): number {
  return integer(field, value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) >>> 0;
}

/** The characters of a value: names and codes as they are, numbers padded to their column. */
function column(name: ColumnName | SignedName, values: Values): string {
  const value = values[name]!;
  if (typeof value === "string") return value;
  const { width, base } = COLUMNS[name as ColumnName];
  return value.toString(base).padStart(width, "0");
}
