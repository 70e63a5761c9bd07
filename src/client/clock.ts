/** The clock and the random numbers of a client; tests give their own. */
export interface ClientClock {
  /** The time now: Unix milliseconds. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** A number from 0 to less than 1. */
  random(): number;
}

/** The longest time of a timer, in milliseconds; longer waits are split. */
const LONGEST = 0x7fffffff;

/** The machine's clock. */
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
