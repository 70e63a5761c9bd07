import { documentedService } from "../../build/limits.ts";
import { AgoraTokenError } from "../../errors.ts";
import type { ParsedToken007 } from "../../formats/access_token2/types.ts";
import type { ParsedToken } from "../../formats/detect.ts";
import { defined, isHexId } from "../../validate.ts";
import { type Observation, observed, placesOf } from "../findings.ts";

// Is it packed as the official code packs it?

/**
 * What can be said of a token's packing alone.
 *
 * @param isUnordered Whether it was read in another order than the official code packs.
 */
export function form(token: ParsedToken, isUnordered: boolean | undefined): Observation[] {
  const found: Observation[] = [];
  if (token.version === "007") found.push(...services(token));
  else found.push(observed("legacy-format", { actual: token.version }));
  if (!isHexId(token.appId)) found.push(observed("app-id-malformed", {}, { field: "appId" }));
  if ("trailingBytes" in token && token.trailingBytes > 0) {
    found.push(observed("trailing-bytes", { bytes: token.trailingBytes }, { field: "trailing" }));
  }
  const undecoded = "undecoded" in token ? Object.keys(token.undecoded) : [];
  if (undecoded.length > 0) found.push(observed("text-not-utf8", placesOf(undecoded), { field: undecoded[0]! }));
  if (!isCanonical(token, isUnordered)) found.push(observed("not-canonical", {}));
  return found;
}

/** How many services are named that break a rule: no real token has as many, and each costs as much as reading a hundred. */
const MOST_BROKEN = 100;

function services(token: ParsedToken007): Observation[] {
  const found: Observation[] = [];
  if (token.serviceCount === 0) found.push(observed("no-service", {}, { field: "serviceCount" }));
  const { unknownServiceType: type } = token;
  if (type !== undefined) {
    found.push(observed("unknown-service", { type }, { field: `services[${token.services.length}].type` }));
  }
  let broken = 0;
  for (const [index, service] of token.services.entries()) {
    if (broken === MOST_BROKEN) break;
    try {
      // Lifetimes have findings of their own; here it is the names.
      documentedService({ ...service, privileges: {} }, `services[${index}].`);
    } catch (error) {
      if (!(error instanceof AgoraTokenError)) throw error;
      broken++;
      const { field = "", expected = "", actual } = error;
      const params = { path: field, expected, ...defined({ actual }) };
      found.push(observed("against-documented-rules", params, { field }));
    }
  }
  return found;
}

/** Whether what the token holds is in the order in which the official code packs it, as far as it was read. */
function isCanonical(token: ParsedToken, isUnordered: boolean | undefined): boolean {
  if ("undecoded" in token && Object.keys(token.undecoded).length > 0) return true;
  if (token.version === "007" && (!isHexId(token.appId) || token.unknownServiceType !== undefined)) return true;
  return !isUnordered;
}
