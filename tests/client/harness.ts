import { setImmediate } from "node:timers/promises";
import { buildToken, rtc } from "../../mod.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";

/** A clock that a test moves. */
export class FakeClock {
  time = 1_700_000_000_000;
  chance = 0;
  waits: { until: number; resolve: () => void }[] = [];

  now = () => this.time;
  random = () => this.chance;
  wait = (milliseconds: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const wait = { until: this.time + milliseconds, resolve };
      this.waits.push(wait);
      signal.addEventListener("abort", () => {
        this.waits = this.waits.filter((other) => other !== wait);
        reject(signal.reason);
      }, { once: true });
    });

  /** Sets the clock, on which no timer depends. */
  set(seconds: number): void {
    this.time += seconds * 1000;
    for (const wait of this.waits) wait.until += seconds * 1000;
  }

  /** Moves on, stopping at each wait that ends. */
  async pass(seconds: number): Promise<void> {
    const end = this.time + seconds * 1000;
    for (;;) {
      await settled();
      const next = this.waits.toSorted((a, b) => a.until - b.until)[0];
      if (next === undefined || next.until > end) break;
      this.time = Math.max(this.time, next.until);
      this.waits = this.waits.filter((wait) => wait !== next);
      next.resolve();
    }
    this.time = end;
    await settled();
  }
}

/** Lets everything run that does not wait for the clock: making and reading tokens takes a few turns of the event loop. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await setImmediate();
}

/** What a client of the SDK does with its tokens, noted by the second. */
export class FakeClient {
  listeners = new Map<string, () => void>();
  did: string[] = [];
  tokens: string[] = [];
  #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }
  on(event: string, listener: () => void) {
    this.listeners.set(event, listener);
  }
  off(event: string, listener: () => void) {
    if (this.listeners.get(event) === listener) this.listeners.delete(event);
  }
  renewToken = (token: string): Promise<void> => this.take("renewed", token);
  rejoin = (token: string): Promise<void> => this.take("joined again", token);
  emit(event: string) {
    this.listeners.get(event)?.();
  }
  take(what: string, token: string): Promise<void> {
    this.did.push(`${(this.#clock.time - 1_700_000_000_000) / 1000} s: ${what}`);
    this.tokens.push(token);
    return Promise.resolve();
  }
}

/** Makes tokens with a lifetime in seconds, issued at the clock's time, and keeps them. */
export function maker(clock: FakeClock, expire = 40) {
  const made: string[] = [];
  return {
    made,
    fetchToken: async () => {
      const services = [rtc({ channelName: "test", uid: 1234, role: "publisher" })];
      const issueTs = Math.floor(clock.time / 1000);
      made.push(await buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire, services, issueTs }));
      return made.at(-1)!;
    },
  };
}
