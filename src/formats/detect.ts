import { AgoraTokenError } from "../errors.ts";
import type { Reading } from "../bytes/reading.ts";
import type { Span } from "../bytes/span.ts";
import type { Awaitable } from "../runtime/engine.ts";
import { read006 } from "./access_token.ts";
import { read007 } from "./access_token2/read.ts";
import type { ParsedToken007 } from "./access_token2/types.ts";
import { type ColumnVersion, hasColumnsOf, LAYOUTS, readColumns } from "./dynamic_keys/columns.ts";
import { read005 } from "./dynamic_keys/dynamic_key5.ts";
import type { ParsedLegacyToken } from "./legacy_types.ts";
import { readSignaling } from "./signaling.ts";

/** A parsed token of any version, told apart by `version`. */
export type ParsedToken = ParsedToken007 | ParsedLegacyToken;

/** The versions, newest first. */
export type Version = ParsedToken["version"];

/** One token format: how a text of it is recognised and read. */
export interface Format {
  /** The version, as in the data. */
  readonly version: Version;
  /** Its name for people. */
  readonly title: string;
  /** What it looks like, for the error that lists what was tried. */
  readonly looks: string;
  /** How a text of it begins; with `""`, it is known by its exact form. */
  readonly prefix: string;
  /** Reads a text; records spans where a list is given. Never throws on content. */
  read(text: string, limit: number, atOnce: boolean, spans?: Span[]): Awaitable<Reading<ParsedToken>>;
}

/**
 * Every format, in the order in which a text is tried: those without a version prefix first, by their exact form, since a
 * signature may begin with the digits of another version.
 */
const FORMATS: readonly Format[] = [
  /* @__PURE__ */ columns("001", "DynamicKey", "90 hexadecimal characters and digits"),
  /* @__PURE__ */ columns("002", "DynamicKey2", "110 hexadecimal characters and digits"),
  { version: "007", title: "AccessToken2", prefix: "007", looks: "007 and base64", read: read007 },
  { version: "006", title: "AccessToken", prefix: "006", looks: "006, an App ID and base64", read: read006 },
  { version: "005", title: "DynamicKey5", prefix: "005", looks: "005 and base64", read: read005 },
  /* @__PURE__ */ columns("004", "DynamicKey4", "004 and 100 characters"),
  /* @__PURE__ */ columns("003", "DynamicKey3", "003 and 110 characters"),
  { version: "signaling", title: "SignalingToken", prefix: "1:", looks: "1:APPID:TIME:MD5", read: readSignaling },
];

/** A key of fixed columns. */
function columns(version: ColumnVersion, title: string, looks: string): Format {
  return {
    version,
    title,
    prefix: LAYOUTS[version].prefix,
    looks,
    read: (text, _limit, _engine, spans) => readColumns(version, text, spans),
  };
}

/** The format of a text, or why it has none. */
export function detectFormat(text: string): Format | AgoraTokenError {
  const found = FORMATS.find(({ version, prefix }) =>
    prefix === "" ? hasColumnsOf(version as ColumnVersion, text) : text.startsWith(prefix)
  );
  if (found !== undefined) return found;
  const tried = FORMATS.map(({ version, looks }) => `${version} (${looks})`).join("; ");
  return new AgoraTokenError("unknown-format", `The text is no Agora token; tried: ${tried}`, { expected: tried });
}
