import type { Bytes } from "../../bytes/bytes.ts";
import type { UnixSeconds } from "../common.ts";

// The first of the three HMACs of a token is the same for all tokens that a project makes in one second. It takes four of the
// fourteen blocks that are hashed for a token, so it is kept until a token is made for another second.

/** How many projects have their keys kept. */
const PROJECTS = 8;

let isOn = true;
let second: UnixSeconds | undefined;
const kept = /* @__PURE__ */ new Map<string, Bytes>(); // by certificate

/**
 * Whether the first HMAC of a token is kept for the next one; it is by default. It is kept for at most eight projects, each with
 * its certificate, and only until a token is made for another second, when it is overwritten. With one and its time, tokens of that
 * second can be made, and no others.
 *
 * @param keep `false` overwrites what is kept, and keeps nothing from now on.
 */
export function keepSigningKeys(keep: boolean): void {
  forget();
  isOn = keep;
}

/** The key kept for a second and a project. */
export function keptKey(issueTs: UnixSeconds, appCertificate: string): Bytes | undefined {
  return issueTs === second ? kept.get(appCertificate) : undefined;
}

/** Keeps a key. Those of another second are overwritten, and so are all where there are too many. */
export function keepKey(issueTs: UnixSeconds, appCertificate: string, key: Bytes): void {
  if (!isOn) return;
  if (issueTs !== second || kept.size === PROJECTS) forget();
  second = issueTs;
  kept.set(appCertificate, key);
}

function forget(): void {
  for (const key of kept.values()) key.fill(0);
  kept.clear();
}
