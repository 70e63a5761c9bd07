import type { UnixMilliseconds } from "./types.ts";

/** What a nonce says by its form. */
export interface NonceFacts {
  /** When the token was made. */
  issuedAt?: UnixMilliseconds;
  /** Whether it has the hardware address of the machine that made it. */
  hasAddress?: true;
}

/** From the start of the Gregorian calendar, 15 October 1582, to 1970, in milliseconds (RFC 9562 §5.1). */
const GREGORIAN = 12_219_292_800_000;

/**
 * What a nonce says: a UUID of version 1 has the time and a node, which Python and Ruby take from the hardware, and JavaScript at
 * random (its multicast bit is set then: RFC 9562 §6.10); the service writes the time and two digits.
 */
export function factsOfNonce(nonce: string): NonceFacts {
  const [, low, middle, high, node] = /^([\da-f]{8})-([\da-f]{4})-1([\da-f]{3})-[89ab][\da-f]{3}-([\da-f]{12})$/i.exec(nonce) ??
    [];
  if (node !== undefined) {
    const ticks = BigInt(`0x${high}${middle}${low}`); // of 100 nanoseconds
    const isAddress = (parseInt(node.slice(0, 2), 16) & 1) === 0;
    return { issuedAt: Number(ticks / 10_000n) - GREGORIAN, ...(isAddress ? { hasAddress: true } : {}) };
  }
  return /^\d{15}$/.test(nonce) ? { issuedAt: Number(nonce.slice(0, 13)) } : {};
}
