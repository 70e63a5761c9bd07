import type { Bytes } from "../../bytes/bytes.ts";
import { readMap } from "../names.ts";
import type { Reader } from "../../bytes/reader.ts";
import { readFields, type Reading } from "../../bytes/reading.ts";
import type { Span } from "../../bytes/span.ts";
import { rowOf, RTM2_PERMISSIONS, RTM2_RESOURCES } from "./services.ts";
import type { ParsedToken007, Service } from "./types.ts";

/**
 * Reads a payload (format notes §1): signature, then the signed part. A field that is cut is an error; an unknown service ends
 * the reading, because its length is not known; bytes after the last service are counted.
 *
 * @param payload The inflated bytes.
 * @param spans Where to record the fields; they then cover the whole payload.
 */
export function decodePayload(payload: Bytes, spans?: Span[]): Reading<ParsedToken007> {
  const token: Partial<ParsedToken007> = { version: "007" };
  return readFields(token, payload, spans, (reader) => {
    token.undecoded = reader.undecoded;
    token.signature = reader.bytes("signature");
    token.signedPart = payload.subarray(reader.position);
    token.appId = reader.str("appId");
    token.issueTs = reader.u32("issueTs");
    token.expire = reader.u32("expire");
    token.salt = reader.u32("salt");
    token.serviceCount = reader.u16("serviceCount");
    token.services = [];
    reader.enter("services");
    let last = 0;
    for (let i = 0; i < token.serviceCount; i++) {
      reader.enter(i);
      const type = readService(reader, token);
      reader.leave();
      if (type === undefined) break;
      if (type < last) reader.isUnordered = true;
      last = type;
    }
    reader.leave();
    token.trailingBytes = token.unknownServiceType === undefined ? reader.rest("trailing", "unknown").length : 0;
  });
}

/** Appends one service to the token, and gives its type; nothing where that is unknown and the reading must stop. */
function readService(reader: Reader, token: Partial<ParsedToken007>): number | undefined {
  const type = reader.u16("type");
  const spec = rowOf(type);
  if (spec === undefined) {
    token.unknownServiceType = type;
    reader.rest("unknown", "unknown");
    return undefined;
  }
  const privileges: Record<string, number> = {};
  const service: Record<string, unknown> = { type: spec.name, privileges };
  token.services!.push(service as unknown as Service);
  readMap(reader, "privileges", privileges, spec.privileges, readU32);
  for (const { name, wire } of spec.fields) {
    service[name] = wire === "str" ? reader.str(name) : wire === "i16" ? reader.i16(name) : readPermissions(reader, name);
  }
  return type;
}

function readU32(reader: Reader, key: string): number {
  return reader.u32(key);
}

/** RTM2 permissions (format notes §5). */
function readPermissions(reader: Reader, field: string): Record<string, Record<string, string[]>> {
  return readMap<Record<string, string[]>>(reader, field, {}, RTM2_RESOURCES, readLists);
}

function readLists(reader: Reader, resource: string): Record<string, string[]> {
  return readMap<string[]>(reader, resource, {}, RTM2_PERMISSIONS, readNames);
}

function readNames(reader: Reader, permission: string): string[] {
  reader.enter(permission);
  const count = reader.u16("count");
  const names: string[] = [];
  for (let index = 0; index < count; index++) names.push(reader.str(index));
  reader.leave();
  return names;
}
