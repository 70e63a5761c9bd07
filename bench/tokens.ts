/**
 * Measures builders and readers against npm agora-token, in the runtime that it runs in; `main.ts` runs it in each. Prints the
 * microseconds of processor time for one call, of every round: other work of the machine stretches the clock, and that hardly.
 *
 * @module
 */
import process from "node:process";
import official from "agora-token";
// @ts-ignore: the package has no types for its parser
import { AccessToken2 } from "npm:agora-token@^2.0.6/src/AccessToken2.js";
import {
  buildToken,
  diagnoseToken,
  inspectToken,
  keepSigningKeys,
  parseToken,
  rtc,
  RtcTokenBuilder2,
  verifyToken,
} from "../mod.ts";
import { RtcTokenBuilder } from "../src/official/compat.ts";
import { useEngine } from "../src/runtime/choose.ts";
import { portableEngine } from "../src/runtime/portable.ts";

const ids = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"] as const;
const [appId, appCertificate] = ids;
const publisher = ["lobby", 1001, 1, 3600, 3600] as const;
const services = [rtc({ channelName: "lobby", uid: 1001, role: "publisher" })];
const built = (issueTs?: number) => buildToken({ appId, appCertificate, expire: 3600, services, ...issueTs && { issueTs } });
const now = Math.floor(Date.now() / 1000);
// As a server sees them: each token of another second, and with a salt of its own.
const texts = await Promise.all(Array.from({ length: 64 }, (_, index) => built(now - 17 * index - 1)));
let turn = 0;
const text = () => texts[turn++ % texts.length]!;
const known = { certificates: appCertificate, now, channelName: "lobby", uid: 1001 };

/** What is measured: what each is compared with, a call of it, and how the library is set for it. */
type Contender = [name: string, peer: string, call: () => unknown, settings?: { portable?: true; keep?: false }];

const BUILD = "agora-token build";
const PARSE = "agora-token parse";
const VERIFY = "agora-token parse + verify";

/** The official parser, which gives whether it could parse. */
function official007(verify: boolean): boolean {
  const token = new AccessToken2("", "", 0, 0);
  return token.from_string(text()) && (!verify || token.verifySignature(appCertificate));
}

const compat = () => RtcTokenBuilder.buildTokenWithUid(...ids, ...publisher);
const CONTENDERS: readonly Contender[] = [
  [BUILD, BUILD, () => official.RtcTokenBuilder.buildTokenWithUid(...ids, ...publisher)],
  ["./compat builder", BUILD, compat],
  ["RtcTokenBuilder2, awaited", BUILD, () => RtcTokenBuilder2.buildTokenWithUid(...ids, ...publisher)],
  ["buildToken, awaited", BUILD, () => built()],
  ["./compat builder, no key kept", BUILD, compat, { keep: false }],
  ["RtcTokenBuilder2, portable engine", BUILD, () => RtcTokenBuilder2.buildTokenWithUid(...ids, ...publisher), {
    portable: true,
  }],
  [PARSE, PARSE, () => official007(false)],
  ["parseToken", PARSE, () => parseToken(text())],
  ["inspectToken", PARSE, () => inspectToken(text())],
  ["parseToken, portable engine", PARSE, () => parseToken(text()), { portable: true }],
  [VERIFY, VERIFY, () => official007(true)],
  ["verifyToken", VERIFY, () => verifyToken(text(), known)],
  ["diagnoseToken", VERIFY, () => diagnoseToken(text(), known)],
  ["verifyToken, portable engine", VERIFY, () => verifyToken(text(), known), { portable: true }],
];

const ROUNDS = 31;
const CALLS = 500;

// The rounds alternate, so that whatever else the machine does meets all contenders alike.
const rounds: Record<string, { peer: string; microseconds: number[] }> = {};
for (let round = -2; round < ROUNDS; round++) { // the first warm up
  for (const [name, peer, call, { portable, keep } = {}] of CONTENDERS) {
    useEngine(portable ? portableEngine : undefined);
    keepSigningKeys(keep ?? true);
    const start = process.cpuUsage();
    for (let i = 0; i < CALLS; i++) {
      const result = call();
      if (result instanceof Promise) await result;
    }
    const { user, system } = process.cpuUsage(start);
    const each = (user + system) / CALLS;
    if (round >= 0) (rounds[name] ??= { peer, microseconds: [] }).microseconds.push(each);
  }
}
console.log(JSON.stringify(rounds));
