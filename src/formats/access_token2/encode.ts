import type { Bytes } from "../../bytes/bytes.ts";
import { Writer } from "../../bytes/writer.ts";
import { array, hexId, onlyKeys, refuse } from "../../validate.ts";
import { writeMap } from "../names.ts";
import { findService, rowOf, RTM2_PERMISSIONS, RTM2_RESOURCES } from "./services.ts";
import type { Token007 } from "./types.ts";

/** The bytes that {@linkcode writeSignedPart} writes. */
export function encodeSignedPart(token: Token007): Bytes {
  const writer = new Writer();
  writeSignedPart(writer, token);
  return writer.finish();
}

/**
 * Writes the part of a token that the signature is over: everything but the signature (format notes §1).
 *
 * @throws {AgoraTokenError} For an App ID that is not 32 hexadecimal characters, no service, and every number or text that
 * its field cannot hold.
 */
export function writeSignedPart(writer: Writer, token: Token007): void {
  writer.str("appId", hexId("appId", token.appId));
  writer.u32("issueTs", token.issueTs);
  writer.u32("expire", token.expire);
  writer.u32("salt", token.salt);
  const services = array("services", token.services);
  if (services.length === 0) refuse("services", "at least one service", "none");
  writer.u16("services.count", services.length);
  writer.enter("services");
  const types = services.map((service, index) => typeNumber(writer, index, service));
  // Services of one type keep their order (format notes §5).
  const order = [...types.keys()].sort((a, b) => types[a]! - types[b]!);
  for (const index of order) writeService(writer, index, services[index] as Record<string, unknown>);
}

/** The type of a service, by which services are packed. */
function typeNumber(writer: Writer, index: number, service: unknown): number {
  const { type } = writer.record(index, service);
  const row = rowOf(type);
  if (row !== undefined) return row.type;
  writer.enter(index);
  findService(writer.path("type"), type);
  writer.leave();
  return type as number;
}

function writeService(writer: Writer, index: number, service: Record<string, unknown>): void {
  const { type } = service;
  const row = rowOf(type);
  // A type that is not known has privileges by number only.
  const { fields, privileges } = row ?? { fields: [], privileges: {} };
  writer.enter(index);
  for (const key of Object.keys(service)) {
    if (key === "type" || key === "privileges" || fields.some(({ name }) => name === key)) continue;
    onlyKeys(service, ["type", "privileges", ...fields.map(({ name }) => name)], `${writer.path()}.`);
  }
  writer.u16("type", row === undefined ? type : row.type);
  writeMap(writer, "privileges", service.privileges, privileges, writeU32);
  for (const { name, wire } of fields) {
    if (wire === "str") writer.str(name, service[name]);
    else if (wire === "i16") writer.i16(name, service[name]);
    else writeMap(writer, name, service[name], RTM2_RESOURCES, writeLists);
  }
  writer.leave();
}

function writeU32(writer: Writer, key: string, value: unknown): void {
  writer.u32(key, value);
}

/** RTM2 permissions: two nested maps in ascending order; the names in a list keep theirs (format notes §5). */
function writeLists(writer: Writer, resource: string, lists: unknown): void {
  writeMap(writer, resource, lists, RTM2_PERMISSIONS, writeNames);
}

function writeNames(writer: Writer, permission: string, names: unknown): void {
  const list = writer.array(permission, names);
  writer.enter(permission);
  writer.u16("count", list.length);
  for (let index = 0; index < list.length; index++) writer.str(index, list[index]);
  writer.leave();
}
