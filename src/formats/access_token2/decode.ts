import type { AgoraTokenError } from "../../errors.ts";
import type { Bytes } from "../../bytes/bytes.ts";
import { keyOf } from "../names.ts";
import { type Reader, readFields } from "../../bytes/reader.ts";
import type { Span } from "../../bytes/span.ts";
import { RTM2_PERMISSIONS, RTM2_RESOURCES, serviceOfType } from "./services.ts";
import type { ParsedToken007, Service } from "./types.ts";

/** The data of a payload: all of it, or what was read before `error`. */
export interface DecodedPayload {
  /** The data; complete where there is no `error`. */
  token: Partial<ParsedToken007>;
  /** Why the reading stopped. */
  error?: AgoraTokenError;
}

/**
 * Reads a payload (format notes §1): signature, then the signed part. A field that is cut is an error; an unknown service ends
 * the reading, because its length is not known; bytes after the last service are counted.
 *
 * @param payload The inflated bytes.
 * @param spans Where to record the fields; they then cover the whole payload.
 */
export function decodePayload(payload: Bytes, spans?: Span[]): DecodedPayload {
  const token: Partial<ParsedToken007> = { version: "007" };
  const error = readFields(payload, spans, (reader) => {
    token.undecoded = reader.undecoded;
    token.signature = reader.bytes("signature").slice();
    token.signedPart = payload.slice(reader.position);
    token.appId = reader.str("appId");
    token.issueTs = reader.u32("issueTs");
    token.expire = reader.u32("expire");
    token.salt = reader.u32("salt");
    token.serviceCount = reader.u16("serviceCount");
    token.services = [];
    for (let i = 0; i < token.serviceCount; i++) {
      if (!reader.within(`services[${i}]`, () => readService(reader, token))) break;
    }
    token.trailingBytes = token.unknownServiceType === undefined ? reader.rest("trailing", "unknown").length : 0;
  });
  return error === undefined ? { token } : { token, error };
}

/** Appends one service to the token; `false` where its type is unknown and the reading must stop. */
function readService(reader: Reader, token: Partial<ParsedToken007>): boolean {
  const type = reader.u16("type");
  const spec = serviceOfType(type);
  if (spec === undefined) {
    token.unknownServiceType = type;
    reader.rest("unknown", "unknown");
    return false;
  }
  const privileges: Record<string, number> = {};
  const service: Record<string, unknown> = { type: spec.name, privileges };
  token.services!.push(service as unknown as Service);
  const count = reader.u16("privileges.count");
  for (let i = 0; i < count; i++) {
    const key = keyOf(reader.u16(`privileges[${i}]`), spec.privileges);
    // A privilege given twice: the last one wins, as in seven of nine official parsers (format notes §8).
    privileges[key] = reader.u32(`privileges.${key}`);
  }
  for (const { name, wire } of spec.fields) {
    service[name] = wire === "permissions" ? reader.within(name, () => readPermissions(reader)) : reader[wire](name);
  }
  return true;
}

/** RTM2 permissions (format notes §5). A type given twice: the last one wins. */
function readPermissions(reader: Reader): Record<string, Record<string, string[]>> {
  const permissions: Record<string, Record<string, string[]>> = {};
  const resources = reader.u16("count");
  for (let i = 0; i < resources; i++) {
    const resource = keyOf(reader.u16(`[${i}]`), RTM2_RESOURCES);
    const lists: Record<string, string[]> = permissions[resource] = {};
    const count = reader.u16(`${resource}.count`);
    for (let j = 0; j < count; j++) {
      const permission = keyOf(reader.u16(`${resource}[${j}]`), RTM2_PERMISSIONS);
      const list: string[] = lists[permission] = [];
      const names = reader.u16(`${resource}.${permission}.count`);
      for (let k = 0; k < names; k++) list.push(reader.str(`${resource}.${permission}[${k}]`));
    }
  }
  return permissions;
}
