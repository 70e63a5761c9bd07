/** Runs with a fixed clock in milliseconds, and with fixed random numbers: 4-byte ones of WebCrypto, and those of `Math.random`. */
export function withFixed<T>(
  { now, random32, random = Math.random, useUp }: {
    now: number;
    random32: number;
    random?: () => number;
    /** Makes a token: random numbers are taken 64 at a time, and those that are left are used up. */
    useUp: () => unknown;
  },
  run: () => T,
): T {
  const { Date } = globalThis;
  const { random: real } = Math;
  const fixedDate = class extends Date {
    constructor() {
      super(now);
    }
    static override now() {
      return now;
    }
  };
  const useAllUp = () => Array.from({ length: 64 }, useUp);
  Object.assign(globalThis, { Date: fixedDate });
  Math.random = random;
  const getRandomValues = (array: Uint32Array) => array.fill(random32);
  Object.defineProperty(crypto, "getRandomValues", { configurable: true, value: getRandomValues });
  try {
    useAllUp();
    return run();
  } finally {
    Object.assign(globalThis, { Date });
    Math.random = real;
    Reflect.deleteProperty(crypto, "getRandomValues");
    useAllUp();
  }
}
