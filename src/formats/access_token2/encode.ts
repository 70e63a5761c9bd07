import type { Bytes } from "../../bytes/bytes.ts";
import { array, hexId, onlyKeys, record, refuse } from "../../validate.ts";
import { writeMap } from "../names.ts";
import { Writer } from "../../bytes/writer.ts";
import { findService, RTM2_PERMISSIONS, RTM2_RESOURCES } from "./services.ts";
import type { OtherService, Service, Token007 } from "./types.ts";

/**
 * The bytes of a token that the signature is over: everything but the signature (format notes §1).
 *
 * @throws {AgoraTokenError} For an App ID that is not 32 hexadecimal characters, no service, and every number or text that
 * its field cannot hold.
 */
export function encodeSignedPart(token: Token007): Bytes {
  const writer = new Writer();
  writer.str("appId", hexId("appId", token.appId));
  writer.u32("issueTs", token.issueTs);
  writer.u32("expire", token.expire);
  writer.u32("salt", token.salt);
  const services = array("services", token.services);
  if (services.length === 0) refuse("services", "at least one service", "none");
  writer.u16("services.count", services.length);
  const ordered = services.map((service, index) => {
    const field = `services[${index}]`;
    const { type } = record(field, service) as unknown as Service | OtherService;
    const spec = findService(`${field}.type`, type);
    return { field, service: service as Service | OtherService, spec, type: spec?.type ?? type as number };
  }).sort((a, b) => a.type - b.type); // stable: services of one type keep their order (format notes §5)
  for (const { field, service, spec, type } of ordered) {
    const values = service as unknown as Record<string, unknown>;
    const fields = spec?.fields ?? [];
    onlyKeys(service, ["type", "privileges", ...fields.map(({ name }) => name)], `${field}.`);
    writer.u16(`${field}.type`, type);
    writeMap(writer, `${field}.privileges`, service.privileges, spec?.privileges ?? {}, (at, expire) => writer.u32(at, expire));
    for (const { name, wire } of fields) {
      if (wire === "permissions") encodePermissions(writer, `${field}.${name}`, values[name]);
      else writer[wire](`${field}.${name}`, values[name]);
    }
  }
  return writer.finish();
}

/** RTM2 permissions: two nested maps in ascending order; the names in a list keep theirs (format notes §5). */
function encodePermissions(writer: Writer, field: string, permissions: unknown): void {
  writeMap(writer, field, permissions, RTM2_RESOURCES, (resource, lists) => {
    writeMap(writer, resource, lists, RTM2_PERMISSIONS, (path, names) => {
      const list = array(path, names);
      writer.u16(`${path}.count`, list.length);
      list.forEach((name, index) => writer.str(`${path}[${index}]`, name));
    });
  });
}
