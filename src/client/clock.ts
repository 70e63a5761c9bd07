/** The time and the chance that a client goes by; tests bring their own. */
export interface ClientClock {
  /** The time now: Unix milliseconds. */
  now(): number;
  /** Resolves after some milliseconds; rejects with the signal's reason when that aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** A number from 0 to less than 1. */
  random(): number;
}

/** What a timer can hold at most; longer waits go on in pieces. */
const LONGEST = 0x7fffffff;

/** The clock of the machine. */
export const systemClock: ClientClock = {
  now: () => Date.now(),
  random: () => Math.random(),
  async wait(milliseconds, signal) {
    for (let left = milliseconds; left > 0; left -= LONGEST) await sleep(Math.min(left, LONGEST), signal);
  },
};

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", stop, { once: true });
  });
}
