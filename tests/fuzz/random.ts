/** Random choices that are the same in every run with the same seed. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** Whether something happens that does in so many of a hundred cases. */
  percent(share: number): boolean;
  /** One of a list. */
  pick<T>(list: readonly T[]): T;
  /** Some random bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** The random choices of one input: those of each input depend on the seed and its number only, so that it can be made alone. */
export function randomOf(seed: number, number: number): Random {
  // mulberry32, started at a place that no neighbour is near
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(number + 1, 0xc2b2ae35);
  state ^= state >>> 15;
  const next = () => {
    state = state + 0x6d2b79f5 | 0;
    let mixed = Math.imul(state ^ state >>> 15, 1 | state);
    mixed = mixed + Math.imul(mixed ^ mixed >>> 7, 61 | mixed) ^ mixed;
    return (mixed ^ mixed >>> 14) >>> 0;
  };
  const below = (limit: number) => Math.floor(next() / 2 ** 32 * limit);
  return {
    below,
    percent: (share) => next() / 2 ** 32 * 100 < share,
    pick: (list) => list[below(list.length)]!,
    bytes: (length) => Uint8Array.from({ length }, () => next() & 0xff),
  };
}
