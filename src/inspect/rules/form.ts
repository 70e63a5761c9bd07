import { documentedFields } from "../../build/limits.ts";
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
export function form(token: ParsedToken, isUnordered: boolean | undefined, found: Observation[]): void {
  if (token.version === "007") services(token, found);
  else found.push(observed("legacy-format", { actual: token.version }));
  const isOfProject = isHexId(token.appId);
  if (!isOfProject) found.push(observed("app-id-malformed", {}, { field: "appId" }));
  if ("trailingBytes" in token && token.trailingBytes > 0) {
    found.push(observed("trailing-bytes", { bytes: token.trailingBytes }, { field: "trailing" }));
  }
  const undecoded = "undecoded" in token ? Object.keys(token.undecoded) : [];
  if (undecoded.length > 0) found.push(observed("text-not-utf8", placesOf(undecoded), { field: undecoded[0]! }));
  // Of what was read in part, or is no token of a project, nobody knows how the official code packs it.
  const isWhole = undecoded.length === 0 && (token.version !== "007" || isOfProject && token.unknownServiceType === undefined);
  if (isUnordered && isWhole) found.push(observed("not-canonical", {}));
}

/** How many services are named that break a rule: no real token has as many, and each costs as much as reading a hundred. */
const MOST_BROKEN = 100;

function services(token: ParsedToken007, found: Observation[]): void {
  if (token.serviceCount === 0) found.push(observed("no-service", {}, { field: "serviceCount" }));
  const { unknownServiceType: type } = token;
  if (type !== undefined) {
    found.push(observed("unknown-service", { type }, { field: `services[${token.services.length}].type` }));
  }
  let broken = 0;
  for (let index = 0; index < token.services.length && broken < MOST_BROKEN; index++) {
    try {
      // Lifetimes have findings of their own; here it is the names.
      documentedFields(token.services[index]!, `services[${index}].`);
    } catch (error) {
      if (!(error instanceof AgoraTokenError)) throw error;
      broken++;
      const { field = "", expected = "", actual } = error;
      const params = { path: field, expected, ...defined({ actual }) };
      found.push(observed("against-documented-rules", params, { field }));
    }
  }
}
