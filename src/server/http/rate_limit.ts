import type { Seconds } from "../../formats/common.ts";

/**
 * A token bucket for each caller: it holds as many requests as the limit of a minute, and fills evenly. The memory is bounded: of
 * too many callers, the one whose last call is the oldest is forgotten, and its bucket is full again.
 *
 * @param now The clock, in milliseconds from any moment.
 * @param maxCallers How many callers are remembered.
 * @returns The function that counts one request of a caller, or `more` requests that belong to one that was allowed, and which
 * the next ones wait for; `limit` is in requests per minute, and the most at once. It gives
 * whether the request is within the limit, the requests that are left now, and the seconds until all requests of the limit are
 * available again (`reset`) and until one is (`retryAfter`).
 */
export function rateLimiter(now: () => number = () => performance.now(), maxCallers = 10_000) {
  const buckets = new Map<string, { level: number; at: number }>(); // in the order of the last call
  return function takeRequest(caller: string, limit: number, more = 0) {
    const time = now();
    const { level, at } = buckets.get(caller) ?? { level: limit, at: time };
    const perSecond = limit / 60;
    const full = Math.min(limit, level + Math.max(0, time - at) / 1000 * perSecond);
    const allowed = more > 0 || full >= 1;
    const left = allowed ? full - (more || 1) : full;
    buckets.delete(caller);
    buckets.set(caller, { level: left, at: time });
    if (buckets.size > maxCallers) buckets.delete(buckets.keys().next().value!);
    const seconds = (requests: number): Seconds => Math.max(0, Math.ceil(requests / perSecond));
    return {
      allowed,
      limit,
      remaining: Math.max(0, Math.floor(left)),
      reset: seconds(limit - left),
      retryAfter: seconds(1 - left),
    };
  };
}

/** What a caller has left. */
type Quota = ReturnType<ReturnType<typeof rateLimiter>>;

/** Adds the headers that give a client its quota. */
export function addQuota(headers: Record<string, string>, { allowed, limit, remaining, reset, retryAfter }: Quota): void {
  headers["ratelimit-limit"] = String(limit);
  headers["ratelimit-remaining"] = String(remaining);
  headers["ratelimit-reset"] = String(reset);
  if (!allowed) headers["retry-after"] = String(retryAfter);
}
