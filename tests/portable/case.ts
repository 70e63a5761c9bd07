import { engine } from "../../src/runtime/choose.ts";
import { packToken, type ParsedToken007, parseToken, type Token007 } from "../../mod.ts";

/** One test, free of any test runner: named `symbol() does X when Y`, failing by an exception. */
export interface Case {
  name: string;
  run: () => void | Promise<void>;
}

/** A list of cases, and the function that adds to it. */
export function collect(): { cases: Case[]; test: (name: string, run: Case["run"]) => void } {
  const cases: Case[] = [];
  return { cases, test: (name, run) => void cases.push({ name, run }) };
}

/** Fake credentials, those of the vectors. */
export const APP_ID = "0123456789abcdef0123456789abcdef";
/** The certificate that belongs to {@linkcode APP_ID}. */
export const CERTIFICATE = "fedcba9876543210fedcba9876543210";

/** A 007 token with these credentials, to join "lobby" as 1001 for an hour from 1700000000, except for the fields that are given. */
export async function packed(more: Partial<Token007> = {}, certificate = CERTIFICATE): Promise<string> {
  const services: Token007["services"] = [
    { type: "rtc", channelName: "lobby", uid: "1001", privileges: { joinChannel: 3600 } },
  ];
  const token: Token007 = { version: "007", appId: APP_ID, issueTs: 1_700_000_000, expire: 3600, salt: 1, services };
  return await packToken({ ...token, ...more }, certificate);
}

/** Whether content is compressed here: the Edge Runtime stores it, so that a large one makes no token of at most 65,536 characters. */
export async function compresses(): Promise<boolean> {
  return (await engine().deflate(new Uint8Array(1000))).length < 1000;
}

/** Parses a token that must be an AccessToken2. */
export async function parse007(text: string): Promise<ParsedToken007> {
  const token = await parseToken(text);
  if (token.version !== "007") throw new Error(`a token of version ${token.version}`);
  return token;
}

/**
 * How many times as long something takes for twice the size, or so many `times`: 2 where the time grows with the size, 4 where with
 * its square; 8 and 64 for 8 times. The least of several attempts, since a busy machine only ever adds to a time.
 */
export async function growth(run: (size: number) => Promise<unknown>, size: number, times = 2): Promise<number> {
  const least = async (size: number) => {
    let time = Infinity;
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      await run(size);
      time = Math.min(time, performance.now() - start);
    }
    return Math.max(time, 1); // below that, the clocks of browsers and workerd are too coarse: 1 after 0 would be any ratio
  };
  let ratio = Infinity;
  for (let attempt = 0; attempt < 4 && ratio > 1.25 * times; attempt++) {
    const once = await least(size);
    ratio = Math.min(ratio, await least(times * size) / once);
  }
  return ratio;
}
