import { MAX_LIFETIME, type Seconds } from "../../formats/common.ts";
import type { TokenView, ViewedPrivilege } from "../../formats/view.ts";
import type { Expected } from "../expected.ts";
import { type Observation, observed, placesOf, privilegesOf } from "../findings.ts";

// Until when does the token work? As every rule, these push what they observe, and do nothing more where there is nothing.

/** RTC warns this many seconds before the privilege to join expires, and RTM before the token does (docs/facts.md). */
export const SDK_WARNS_BEFORE: Seconds = 30;

/** No duration is this long, and no time of a token is this early: 1 January 1980, in seconds. */
const DURATION_OR_TIME: Seconds = 315_532_800;

/** The times in which a token can end: 1 January 2014, when there was no Agora yet, to 1 January 2100. */
const PLAUSIBLE = { from: 1_388_534_400, to: 4_102_444_800 };

/** The largest number of 32 bits, which stands for "never" in some code. */
const NEVER = 0xffffffff;

/** A privilege of a token, and of which service it is. */
export type PrivilegeOfService = ViewedPrivilege & { readonly service: string };

/** The privileges of a token that fit, service by service. */
export function privilegesIn(
  { rights }: Pick<TokenView, "rights">,
  fits: (privilege: ViewedPrivilege) => boolean,
): PrivilegeOfService[] {
  const found: PrivilegeOfService[] = [];
  for (const { service = "", privileges } of rights) {
    for (const privilege of privileges) if (fits(privilege)) found.push({ ...privilege, service });
  }
  return found;
}

/** Whether a number that should be a Unix time looks like a duration. */
export function isDuration({ counts }: TokenView, raw: number | undefined): boolean {
  return counts === "unix-time" && raw !== undefined && raw > 0 && raw < DURATION_OR_TIME;
}

/**
 * Whether a duration looks like one in milliseconds: 1000 times some minutes of at most a month, and not some days, unless those
 * are 1000 times five minutes, as 86,400,000.
 */
function isMilliseconds(duration: Seconds): boolean {
  const seconds = duration / 1000;
  return duration > MAX_LIFETIME && seconds % 60 === 0 && seconds <= 30 * MAX_LIFETIME &&
    (duration % MAX_LIFETIME !== 0 || seconds % 300 === 0);
}

/** Whether a duration looks like a Unix time. */
function isAbsolute(duration: Seconds): boolean {
  return duration >= DURATION_OR_TIME && duration !== NEVER && !isMilliseconds(duration);
}

/** What can be said of a token's times whatever the time is. */
export function lifetimes(view: TokenView, found: Observation[]): void {
  if (view.counts === "from-issue") durations(view, found);
  else absoluteTimes(view, found);
}

/** A number of time, and where it stands. */
type Time = { readonly raw: number; readonly path: string };

/** The numbers of time in a token that fit: that of the token first, then those of its privileges. */
function timesIn({ validity, rights }: TokenView, fits: (raw: number) => boolean): Time[] {
  const found: Time[] = [];
  const take = ({ raw, path }: { raw?: number; path: string }) => {
    if (raw !== undefined && fits(raw)) found.push({ raw, path });
  };
  take(validity);
  for (const { privileges } of rights) for (const privilege of privileges) take(privilege);
  return found;
}

function absoluteTimes(view: TokenView, found: Observation[]): void {
  const short = timesIn(view, (raw) => isDuration(view, raw));
  if (short.length > 0) found.push(observed("duration-as-absolute-time", timesAt(short), { field: short[0]!.path }));
  implausible(timesIn(view, (raw) => raw >= DURATION_OR_TIME && isImplausible(raw)), found);
}

/** Whether no token is made and none ends at a time. */
function isImplausible(time: number): boolean {
  return (time < PLAUSIBLE.from || time >= PLAUSIBLE.to) && time !== NEVER;
}

function implausible(times: readonly Time[], found: Observation[]): void {
  if (times.length > 0) found.push(observed("time-implausible", timesAt(times), { field: times[0]!.path }));
}

function timesAt(times: readonly Time[]): { time: number } & ReturnType<typeof placesOf> {
  return { time: times[0]!.raw, ...placesOf(times.map(({ path }) => path)) };
}

function durations(view: TokenView, found: Observation[]): void {
  const { raw, path } = view.validity;
  const lifetime = raw ?? 0;
  const absolute = timesIn(view, isAbsolute);
  if (absolute.length > 0) {
    const [{ raw: seconds, path: field }] = absolute as [Time];
    // A Unix time of these years, or else any number, as a time in milliseconds is that was cut to 32 bits.
    const details = seconds >= PLAUSIBLE.from && seconds < 2_500_000_000 ? {} : { milliseconds: true } as const;
    const places = placesOf(absolute.map(({ path }) => path));
    found.push(observed("absolute-time-as-duration", { seconds, ...details, ...places }, { field }));
  }
  if (raw === 0) found.push(observed("lifetime-zero", {}, { field: path }));
  if (lifetime > MAX_LIFETIME && !isAbsolute(lifetime)) {
    const details = isMilliseconds(lifetime) ? { milliseconds: true } as const : {};
    found.push(observed("lifetime-over-24-hours", { lifetime, ...details }, { field: path }));
  }
  const isShort = lifetime > 0 && lifetime < MAX_LIFETIME;
  const longer = privilegesIn(view, ({ raw = 0 }) => isShort && raw > lifetime && !isAbsolute(raw));
  if (longer.length > 0) {
    const before = longer.reduce((most, { raw = 0 }) => Math.max(most, raw), 0) - lifetime;
    const details = longer.some(({ raw = 0 }) => isMilliseconds(raw)) ? { milliseconds: true } as const : {};
    found.push(observed("token-ends-before-privilege", { before, ...details, ...privilegesOf(longer) }, { field: path }));
  }
  const zero = privilegesIn(view, ({ raw }) => raw === 0);
  if (zero.length > 0) found.push(observed("privilege-zero", privilegesOf(zero), { field: zero[0]!.path }));
}

/** What can be said of them at a time. */
export function validityAt(view: TokenView, { now, clockTolerance }: Expected, found: Observation[]): void {
  const { counts, issuedAt, validity } = view;
  const { notBefore, expiresAt, raw = 0 } = validity;
  // That a time is past which is a duration has a finding of its own.
  if (expiresAt !== undefined && now >= expiresAt && !isDuration(view, raw)) {
    found.push(observed("expired", { expiresAt, now }));
    const isOdd = counts === "from-issue" && issuedAt !== undefined && isImplausible(issuedAt);
    if (isOdd) implausible([{ raw: issuedAt, path: "issueTs" }], found);
  }
  if (expiresAt !== undefined && now < expiresAt && expiresAt - now <= SDK_WARNS_BEFORE) {
    found.push(observed("expires-soon", { expiresAt, now }));
  }
  if (notBefore !== undefined && now < notBefore - clockTolerance) {
    found.push(observed("not-yet-valid", { notBefore, now }));
  }
  if (counts !== "from-issue" || expiresAt === undefined) return;
  if (issuedAt !== undefined && raw > MAX_LIFETIME && now >= issuedAt + MAX_LIFETIME) {
    found.push(observed("older-than-24-hours", { issuedAt, now }, { field: "issueTs" }));
  }
  const early = privilegesIn(view, ({ expiresAt: end = expiresAt }) => end < expiresAt && now < end);
  if (early.length > 0) {
    const first = early.reduce((first, { expiresAt: end = first }) => Math.min(first, end), expiresAt);
    const params = { before: expiresAt - first, ...privilegesOf(early) };
    found.push(observed("privilege-ends-early", params, { field: early[0]!.path }));
  }
}
