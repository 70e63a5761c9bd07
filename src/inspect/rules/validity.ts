import { MAX_LIFETIME, type Seconds } from "../../formats/common.ts";
import type { TokenView } from "../../formats/view.ts";
import type { Expected } from "../expected.ts";
import { type Observation, observed } from "../findings.ts";

// Until when does the token work?

/** RTC warns this many seconds before the privilege to join expires, and RTM before the token does (docs/facts.md). */
export const SDK_WARNS_BEFORE: Seconds = 30;

/** No duration is this long, and no time of a token is this early: 1 January 1980, in seconds. */
const DURATION_OR_TIME: Seconds = 315_532_800;

/** What can be said of a token's times whatever the time is. */
export function lifetimes({ counts, validity, rights }: TokenView): Observation[] {
  const found: Observation[] = [];
  const privileges = rights.flatMap(({ service = "", privileges }) =>
    privileges.map((privilege) => ({ ...privilege, service }))
  );
  for (const { path, raw } of [validity, ...privileges]) {
    if (raw === undefined || raw === 0) continue;
    if (counts === "unix-time" && raw < DURATION_OR_TIME) {
      found.push(observed("duration-as-absolute-time", { path, time: raw }, { field: path }));
    }
    if (counts === "from-issue" && raw >= DURATION_OR_TIME && raw !== 0xffffffff) {
      found.push(observed("absolute-time-as-duration", { path, seconds: raw }, { field: path }));
    }
  }
  if (counts !== "from-issue") return found;
  const { raw: lifetime, path } = validity;
  if (lifetime === 0) found.push(observed("lifetime-zero", {}, { field: path }));
  if (lifetime !== undefined && lifetime > MAX_LIFETIME) {
    found.push(observed("lifetime-over-24-hours", { lifetime }, { field: path }));
  }
  for (const { service, name, path, raw } of privileges) {
    if (raw === 0) found.push(observed("privilege-zero", { service, privilege: name }, { field: path }));
  }
  return found;
}

/** What can be said of them at a time. */
export function validityAt(
  { counts, issuedAt, validity, rights }: TokenView,
  { now, clockTolerance }: Expected,
): Observation[] {
  const found: Observation[] = [];
  const { notBefore, expiresAt, raw = 0 } = validity;
  if (expiresAt !== undefined && now >= expiresAt) found.push(observed("expired", { expiresAt, now }));
  if (expiresAt !== undefined && now < expiresAt && expiresAt - now <= SDK_WARNS_BEFORE) {
    found.push(observed("expires-soon", { expiresAt, now }));
  }
  if (notBefore !== undefined && now < notBefore - clockTolerance) {
    found.push(observed("not-yet-valid", { notBefore, now }));
  }
  if (counts !== "from-issue") return found;
  if (issuedAt !== undefined && raw > MAX_LIFETIME && now >= issuedAt + MAX_LIFETIME) {
    found.push(observed("older-than-24-hours", { issuedAt, now }, { field: "issueTs" }));
  }
  for (const { service = "", privileges } of rights) {
    for (const { name, path, expiresAt: end } of privileges) {
      if (end === undefined || expiresAt === undefined || end >= expiresAt || now >= end) continue;
      found.push(
        observed("privilege-ends-early", { service, privilege: name, before: expiresAt - end }, { field: path }),
      );
    }
  }
  return found;
}
