import { encodeHex } from "../bytes/hex.ts";
import { RTM2_PERMISSIONS, RTM2_RESOURCES, SERVICES } from "../formats/access_token2/services.ts";
import type { Service } from "../formats/access_token2/types.ts";
import type { Privileges } from "../formats/common.ts";
import { PRIVILEGES_006 } from "../formats/access_token.ts";
import { SERVICES_005 } from "../formats/dynamic_keys/dynamic_key5.ts";
import type { ParsedLegacyToken } from "../formats/legacy_types.ts";
import { numbered } from "../formats/names.ts";
import type { ParsedToken } from "../formats/detect.ts";

/** A parsed token as JSON: names become numbers, bytes become hex. Its keys are fixed: others script against it. */
export function jsonOfToken(token: ParsedToken): Record<string, unknown> {
  if (token.version !== "007") return jsonOfLegacy(token);
  const { version, appId, issueTs, expire, salt, serviceCount, unknownServiceType, trailingBytes } = token;
  const undecoded = Object.entries(token.undecoded).map(([path, bytes]) => [path, encodeHex(bytes)]);
  return {
    version,
    signature: encodeHex(token.signature),
    appId,
    issueTs,
    expire,
    salt,
    serviceCount,
    services: token.services.map(jsonOfService),
    ...(unknownServiceType === undefined ? { trailingBytes } : { unknownServiceType }),
    ...(undecoded.length === 0 ? {} : { undecoded: Object.fromEntries(undecoded) }),
  };
}

function jsonOfService(service: Service): Record<string, unknown> {
  const spec = SERVICES.find(({ name }) => name === service.type)!;
  const values = service as unknown as Record<string, unknown>;
  return {
    type: spec.type,
    name: spec.name,
    privileges: byNumber(service.privileges as Privileges, spec.privileges),
    ...Object.fromEntries(spec.fields.map(({ name, wire }) => [
      name,
      wire === "permissions" ? permissionsByNumber(values[name] as Record<string, Record<string, string[]>>) : values[name],
    ])),
  };
}

function permissionsByNumber(permissions: Record<string, Record<string, string[]>>): Record<string, unknown> {
  const lists = Object.entries(permissions).map(([resource, byName]) => [resource, byNumber(byName, RTM2_PERMISSIONS)]);
  return byNumber(Object.fromEntries(lists), RTM2_RESOURCES);
}

function byNumber<T>(map: Record<string, T>, names: Readonly<Record<string, number>>): Record<string, T> {
  return Object.fromEntries(numbered("", map, names).map(([number, value]) => [number, value]));
}

/** The formats before 007, under the names of the vectors. */
function jsonOfLegacy(token: ParsedLegacyToken): Record<string, unknown> {
  switch (token.version) {
    case "006": {
      const { version, appId, signature, crcChannelName, crcUid, salt, ts, privileges, trailingBytes } = token;
      const entries = numbered("", privileges as Record<string, number>, PRIVILEGES_006);
      return {
        version,
        appId,
        signatureHex: encodeHex(signature),
        crcChannelName,
        crcUid,
        salt,
        ts,
        privileges: entries.map(([privilege, expireTimestamp]) => ({ privilege, expireTimestamp })),
        trailingBytes,
      };
    }
    case "005": {
      const { version, service, signature, appId, unixTs, randomInt, expiredTs, extra, trailingBytes } = token;
      return {
        version,
        serviceType: typeof service === "number" ? service : SERVICES_005[service],
        signatureHex: signature,
        appId: appId.toUpperCase(),
        unixTs,
        randomInt,
        expiredTs,
        extra: Object.entries(extra).map(([key, value]) => ({ key: Number(key), value })),
        trailingBytes,
      };
    }
    case "signaling": {
      const { version, appId, expiredTs, signature } = token;
      return { version, appId, expiredTs, md5Hex: signature };
    }
    default: {
      const { signature, ...rest } = token;
      return { ...rest, signatureHex: signature };
    }
  }
}
