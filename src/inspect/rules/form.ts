import { equalBytes } from "../../bytes/bytes.ts";
import { documentedService } from "../../build/limits.ts";
import { AgoraTokenError } from "../../errors.ts";
import { encodeMessage006 } from "../../formats/access_token.ts";
import { encodeSignedPart } from "../../formats/access_token2/encode.ts";
import type { ParsedToken007 } from "../../formats/access_token2/types.ts";
import type { ParsedToken } from "../../formats/detect.ts";
import { encodeParts005 } from "../../formats/dynamic_keys/dynamic_key5.ts";
import { defined, isHexId } from "../../validate.ts";
import { type Observation, observed, placesOf } from "../findings.ts";

// Is it packed as the official code packs it?

/** What can be said of a token's packing alone. */
export function form(token: ParsedToken): Observation[] {
  const found: Observation[] = [];
  if (token.version === "007") found.push(...services(token));
  else found.push(observed("legacy-format", { actual: token.version }));
  if (!isHexId(token.appId)) found.push(observed("app-id-malformed", {}, { field: "appId" }));
  if ("trailingBytes" in token && token.trailingBytes > 0) {
    found.push(observed("trailing-bytes", { bytes: token.trailingBytes }, { field: "trailing" }));
  }
  const undecoded = "undecoded" in token ? Object.keys(token.undecoded) : [];
  if (undecoded.length > 0) found.push(observed("text-not-utf8", placesOf(undecoded), { field: undecoded[0]! }));
  if (!isCanonical(token)) found.push(observed("not-canonical", {}));
  return found;
}

function services(token: ParsedToken007): Observation[] {
  const found: Observation[] = [];
  if (token.serviceCount === 0) found.push(observed("no-service", {}, { field: "serviceCount" }));
  const { unknownServiceType: type } = token;
  if (type !== undefined) {
    found.push(observed("unknown-service", { type }, { field: `services[${token.services.length}].type` }));
  }
  for (const [index, service] of token.services.entries()) {
    try {
      // Lifetimes have findings of their own; here it is the names.
      documentedService({ ...service, privileges: {} }, `services[${index}].`);
    } catch (error) {
      if (!(error instanceof AgoraTokenError)) throw error;
      const { field = "", expected = "", actual } = error;
      const params = { path: field, expected, ...defined({ actual }) };
      found.push(observed("against-documented-rules", params, { field }));
    }
  }
  return found;
}

/** Whether packing the data again gives the bytes received, as far as they were read. */
function isCanonical(token: ParsedToken): boolean {
  if ("undecoded" in token && Object.keys(token.undecoded).length > 0) return true;
  switch (token.version) {
    case "007": {
      if (token.serviceCount === 0 || !isHexId(token.appId) || token.unknownServiceType !== undefined) return true;
      const { version, appId, issueTs, expire, salt, services, signedPart, trailingBytes } = token;
      const packed = encodeSignedPart({ version, appId, issueTs, expire, salt, services });
      return equalBytes(packed, signedPart.subarray(0, signedPart.length - trailingBytes));
    }
    case "006": {
      const packed = encodeMessage006(token);
      return equalBytes(packed, token.message.subarray(0, packed.length)); // what follows it is no matter of its order
    }
    case "005":
      return equalBytes(encodeParts005(token)[1], token.signedParts[1]);
    default:
      return true;
  }
}
