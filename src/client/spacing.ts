import type { ClientClock } from "./clock.ts";

/** The shortest and the longest pause, in milliseconds. */
const SHORTEST = 5000;
const LONGEST = 300_000;

/** Keeps renewals apart: each begins a pause; where something outside wants one before its end, the next is twice as long. */
export function spacing(clock: ClientClock): {
  /** How much of the pause is left, or of one of this length, in milliseconds; 0 or less where it is over. */
  left(length?: number): number;
  /** Resolves at the end of the pause, for all that wait; rejects with the signal's reason when it aborts. */
  end(signal: AbortSignal): Promise<void>;
  /** A renewal begins, and with it a pause. */
  begin(): void;
} {
  let [pause, last, isEarly] = [SHORTEST, -Infinity, false];
  let waiting: Promise<void> | undefined;
  const left = (length = pause) => Math.min(length, last + length - clock.now()); // a clock that goes back makes no pause longer
  return {
    left,
    async end(signal) {
      isEarly = true;
      const began = last;
      await (waiting ??= clock.wait(left(), signal).then(() => {
        if (last === began) last = -Infinity; // the pause is over, whatever the clock says by now
      }).finally(() => waiting = undefined));
    },
    begin() {
      pause = isEarly ? Math.min(pause * 2, LONGEST) : Math.max(pause / 2, SHORTEST);
      [last, isEarly] = [clock.now(), false];
    },
  };
}
