import { Buffer } from "node:buffer";
import { isDeepStrictEqual } from "node:util";
import {
  AgoraTokenError,
  diagnoseToken,
  type Diagnosis,
  findTokens,
  type FoundToken,
  type Inspection,
  inspectToken,
  type Intent,
  parseToken,
  type Verification,
  verifyToken,
} from "../../mod.ts";
import { INTENTS } from "../../src/inspect/intents.ts";
import { useEngine } from "../../src/runtime/choose.ts";
import { portableEngine } from "../../src/runtime/portable.ts";
import { type Given, judged } from "./judge.ts";
import type { Input } from "./inputs.ts";
import type { Random } from "./random.ts";
import { type Data, read } from "./reference.ts";

// What must hold of every answer of the library.

/** What the library answered, for the table. */
export type Outcomes = Record<string, string>;

/** Thrown where the library and the second judge disagree: a bug in one of them. */
export class Disagreement extends Error {}

/** Says what must hold. */
function hold(holds: boolean, what: string, ...seen: unknown[]): void {
  if (!holds) throw new Disagreement(`${what}${seen.length === 0 ? "" : `: ${JSON.stringify(seen)}`}`);
}

/** Bytes as hexadecimal digits, everywhere in a value. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Error) return { ...value, message: value.message, code: (value as AgoraTokenError).code };
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]));
}

/** What a call gives, or the error that it throws. Any other exception than the library's own is a bug. */
async function settled<T>(call: () => Promise<T> | T): Promise<T | AgoraTokenError> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof AgoraTokenError) return error;
    throw error;
  }
}

/** All that the library says of a text. */
interface Answers {
  readonly parsed: Data | AgoraTokenError;
  readonly inspection: Inspection;
  readonly verification: Verification;
  /** Absent where it was not asked for: to find out what is wrong takes a hundred times as long as to see that something is. */
  readonly diagnosis?: Diagnosis;
}

type More = { appId?: string; intent?: Intent };

async function answersTo({ text, given }: Input, more: More, isSick: boolean): Promise<Answers> {
  const { maxPayload } = given;
  const options = maxPayload === undefined ? {} : { maxPayload };
  const verification = await verifyToken(text, given);
  return {
    parsed: await settled(() => parseToken(text, options)),
    inspection: await inspectToken(text, options),
    verification,
    ...(verification.signature === "valid" || isSick ? { diagnosis: await diagnoseToken(text, { ...given, ...more }) } : {}),
  };
}

/** How many of a hundred texts that no certificate given made are diagnosed. */
const DIAGNOSED = 8;

/** Gives an input to the library, in both engines in one of four cases, and holds the answers to the second judge. */
export async function check(input: Input, random: Random): Promise<Outcomes> {
  const { text, given, inner } = input;
  const more: More = random.percent(80) ? {} : { intent: random.pick(Object.keys(INTENTS) as Intent[]) };
  if (random.percent(10)) more.appId = read(text)?.appId ?? "1".repeat(32);
  const isSick = random.percent(DIAGNOSED);
  const answers = await answersTo(input, more, isSick);
  const found = findTokens(text);
  if (random.percent(25)) {
    useEngine(portableEngine);
    const other = await answersTo(input, more, isSick).finally(() => useEngine());
    checkEngines(answers, other);
  }
  const token = read(text, given.maxPayload);
  checkReading(token, answers);
  checkFound(text, found, inner);
  checkJudgement(token, found, given, answers, more);
  checkSilence([text, ...(inner === undefined ? [] : [inner])], given, answers);
  return {
    parse: answers.parsed instanceof AgoraTokenError ? "refused" : "read",
    inspect: answers.inspection.error === undefined ? "whole" : "in part",
    verify: answers.verification.ok ? "accepted" : answers.verification.signature,
    ...(answers.diagnosis === undefined ? {} : { diagnose: answers.diagnosis.verdict }),
    find: found.length > 0 ? "found" : "none",
  };
}

/** Both engines say the same. */
function checkEngines(own: Answers, portable: Answers): void {
  for (const name of Object.keys(own) as (keyof Answers)[]) {
    const [one, other] = [plain(own[name]), plain(portable[name])];
    hold(isDeepStrictEqual(one, other), `${name} differs between the engines`, one, other);
  }
}

/** A text is read exactly if the second reader reads it, and as the same; and what is shown of it has no gap. */
function checkReading(token: Data | undefined, { parsed, inspection }: Answers): void {
  if (parsed instanceof AgoraTokenError) hold(token === undefined, "parseToken refuses a token", plain(parsed));
  else hold(isDeepStrictEqual(plain(parsed), token), "parseToken reads something else", plain(parsed), token);
  hold((inspection.error === undefined) === (token !== undefined), "inspectToken and parseToken differ");
  if (token !== undefined) hold(isDeepStrictEqual(plain(inspection.token), token), "inspectToken reads something else");
  let end = 0;
  for (const span of inspection.spans) {
    hold(span.start === end && span.end > span.start, "the spans have a gap or overlap", span);
    end = span.end;
  }
  const { length } = inspection.bytes;
  hold(inspection.spans.length === 0 || end === length, "the spans do not cover the bytes", end, length);
  for (const { span } of inspection.findings) {
    hold(span === undefined || isWithin(span, length), "a finding outside the bytes", span);
  }
  const { offset = 0 } = inspection.error ?? {};
  hold(offset >= 0 && offset <= length, "an error outside the bytes", offset, length);
}

function isWithin({ start, end }: { start: number; end: number }, length: number): boolean {
  return start >= 0 && start <= end && end <= length;
}

/** Whatever is found is a token, in its place; and the token that stands in a text is found. */
function checkFound(text: string, found: readonly FoundToken[], inner: string | undefined): void {
  let last = 0;
  for (const { token, version, start, end, asFound } of found) {
    hold(start >= last && end > start && end <= text.length, "a found token is not in its place", start, end);
    hold(asFound === text.slice(start, end), "a found token is not what stands there");
    last = end;
    hold(read(token, 1 << 26)?.version === version, "what is found is no token", version, token);
  }
  const own = inner === undefined ? undefined : read(inner);
  if (own === undefined || !isPlausible(own)) return;
  hold(found.some(({ token }) => token === inner), "a token is not found", inner, found.map(({ token }) => token));
}

/** Whether a token can be distinguished from other digits: the keys without a prefix by their time, and others by their App ID. */
function isPlausible({ version, unixTs, signature, appId }: Data): boolean {
  if (version === "007" || version === "006" || version === "signaling") return true;
  if (version === "005") return appId.length === 32;
  return /[a-f]/.test(signature) && (version > "002" || unixTs >= 1_000_000_000 && unixTs < 2_000_000_000);
}

/** `ok` exactly if the second judge accepts; and never two answers that contradict each other. */
function checkJudgement(
  token: Data | undefined,
  found: readonly FoundToken[],
  given: Given,
  { verification, diagnosis }: Answers,
  more: More,
): void {
  const { made, accepted } = token === undefined ? { made: false, accepted: false } : judged(token, given);
  hold(verification.ok === accepted, `verifyToken ${accepted ? "refuses" : "accepts"}`, codesOf(verification));
  hold((verification.signature === "valid") === made, `the signature is ${made ? "" : "not "}valid`, codesOf(verification));
  hold(!verification.ok || !hasError(verification), "ok with an error", codesOf(verification));
  if (diagnosis !== undefined) checkDiagnosis(token, found, given, verification, diagnosis, accepted, more);
}

function checkDiagnosis(
  token: Data | undefined,
  found: readonly FoundToken[],
  given: Given,
  verification: Verification,
  diagnosis: Diagnosis,
  accepted: boolean,
  { appId, intent }: More,
): void {
  hold(diagnosis.ok === (diagnosis.verdict === "works"), "ok and verdict differ");
  hold(diagnosis.verdict !== "fails" || hasError(diagnosis), "fails without an error", codesOf(diagnosis));
  const wrapped = diagnosis.findings.find(({ code }) => code === "text-wrapped");
  if (wrapped !== undefined) {
    hold(token === undefined && diagnosis.verdict === "fails", "a token that is said to stand in itself");
    const own = found[0] === undefined ? undefined : read(found[0].token, given.maxPayload);
    if (own !== undefined && intent === undefined) {
      hold(
        (diagnosis.signature === "valid") === judged(own, given).made,
        "the signature of a token in a text",
        diagnosis.signature,
      );
    }
    return;
  }
  if (token === undefined) hold(diagnosis.verdict === "fails", "no token, and it does not fail");
  if (intent !== undefined) {
    hold(!diagnosis.ok || isMadeFor(token!, given), "works without a certificate or in vain", codesOf(diagnosis));
  } else if (appId === undefined) {
    hold(diagnosis.ok === accepted, "diagnoseToken and verifyToken differ", codesOf(diagnosis), codesOf(verification));
    hold(diagnosis.signature === verification.signature, "their signatures differ", codesOf(diagnosis));
  } else {
    const isSame = token?.version === "005" ? token.appId === appId.toLowerCase() : token?.appId === appId;
    hold(diagnosis.ok === (accepted && isSame), "the App ID counts otherwise", codesOf(diagnosis));
  }
}

/** Whether a certificate made a token for some of the names given, and it is valid: whatever it is used for. */
function isMadeFor(token: Data, { channelName, account, uid, service: _, ...given }: Given): boolean {
  const user = account ?? (uid === undefined ? undefined : `${uid}`);
  const names = [{}, { channelName }, { account }, { uid }, { channelName, uid }, { channelName, account }, { account: user }];
  const services = token.version === "004" ? ["mediaChannel", "recording", "publicSharing"] : [undefined];
  return [...names, { channelName: user, uid: 0 }, { channelName, uid: 0 }, { channelName, uid: 2 ** 32 - 1 }].some((some) =>
    services.some((service) => judged(token, JSON.parse(JSON.stringify({ ...some, ...given, service }))).made)
  );
}

function hasError({ findings }: Verification): boolean {
  return findings.some(({ severity }) => severity === "error");
}

function codesOf({ ok, signature, findings }: Verification): unknown {
  return { ok, signature, codes: findings.map(({ code, severity }) => `${code} ${severity}`) };
}

/** No finding and no error repeats the token, or a certificate. */
function checkSilence(
  texts: string[],
  { certificates }: Given,
  { parsed, inspection, verification, diagnosis }: Answers,
): void {
  const errors = [parsed, inspection.error, verification.error, diagnosis?.error].filter((error) => error instanceof Error);
  const said = JSON.stringify([errors.map(plain), verification.findings, diagnosis?.findings]);
  const secrets = [
    ...texts.filter((text) => text.length >= 32).map((text) => JSON.stringify(text).slice(1, -1)),
    ...certificates,
  ];
  for (const secret of secrets.filter(({ length }) => length >= 32)) {
    hold(!said.toLowerCase().includes(secret.toLowerCase()), "a secret is repeated", said);
  }
}
