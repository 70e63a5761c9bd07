import type { Seconds, UnixSeconds } from "../formats/common.ts";
import { MAX_LIFETIME } from "../formats/common.ts";
import { fitsPattern } from "../formats/pattern.ts";
import { type Name, type TokenView, viewToken } from "../formats/view.ts";
import { AgoraTokenError } from "../errors.ts";
import { parseToken } from "../inspect/parse.ts";

// What a client reads from its tokens: how long they work, and whether a new one can take the place of the one before.

/**
 * For how many seconds a token will work; nothing where it has no end, or none that can be read. A 007 was just made and is
 * valid for as long as it says, whatever the clock of this machine says; the older formats only say when they end.
 */
export async function lifetimeOf(text: string, now: number): Promise<Seconds | undefined> {
  const view = await viewOf(text);
  if (view === undefined) return undefined;
  const left = endOf(view) - (view.counts === "from-issue" ? view.issuedAt! : now / 1000);
  return left > 0 && left < Infinity ? left : undefined;
}

/** When the first thing in a token ends; a 007 at the latest after Agora's 24 hours. */
function endOf({ validity, rights, counts, issuedAt }: TokenView): UnixSeconds {
  const longest = counts === "from-issue" ? issuedAt! + MAX_LIFETIME : Infinity;
  const timed = [validity, ...rights.flatMap(({ privileges }) => privileges)];
  return timed.reduce((end, { expiresAt = longest }) => Math.min(end, expiresAt), longest);
}

/** The view of a token, where it can be read. */
async function viewOf(text: string): Promise<TokenView | undefined> {
  try {
    return viewToken(await parseToken(text));
  } catch {
    return undefined;
  }
}

/**
 * Why the SDK will not take a new token as the successor of the one before; the first three reasons.
 *
 * @param now The time of this machine, in Unix milliseconds.
 */
export async function faultsOf(before: string, after: string, now: number): Promise<AgoraTokenError[]> {
  if (before === after) return [fault("token", "The new token is the same text as the one before")];
  const [old, fresh] = await Promise.all([viewOf(before), viewOf(after)]);
  if (fresh === undefined) return old === undefined ? [] : [unreadable()];
  const end = endOf(fresh);
  const expired = end > now / 1000 ? [] : [fault("token", "The new token has expired, by the clock of this machine")];
  return [...expired, ...old === undefined ? [] : differences(old, fresh)].slice(0, 3);
}

/** In what a new token differs from the one before, of what the SDK takes for the same connection only. */
function differences(old: TokenView, fresh: TokenView): AgoraTokenError[] {
  const services = ({ rights }: TokenView) => [...new Set(rights.map(({ service }) => service))];
  const [had, has] = [services(old), services(fresh)];
  const names: (readonly [what: string, expected: string, actual: string])[] = [["App ID", old.appId, fresh.appId]];
  if (!had.every((service) => has.includes(service))) names.push(["service", had.join(), has.join()]);
  for (const right of fresh.rights) {
    const same = old.rights.find(({ service }) => service === right.service);
    for (const what of ["channel", "user"] as const) {
      if (!standsFor(same?.[what], right[what])) names.push([what, nameOf(same?.[what]), nameOf(right[what])]);
    }
  }
  return names.filter(([, expected, actual]) => expected !== "" && actual !== "" && expected !== actual).map(
    ([what, expected, actual]) => {
      const message = `The new token is for another ${what} (${actual}) than the one before (${expected})`;
      return fault(what === "App ID" ? "appId" : what, message, { expected, actual });
    },
  );
}

function fault(field: string, message: string, values: { expected?: string; actual?: string } = {}): AgoraTokenError {
  return new AgoraTokenError("invalid-value", message, { field, ...values });
}

/** The fault of a text that is no token, after one that was: where both cannot be read, their format may be a newer one. */
function unreadable(): AgoraTokenError {
  return new AgoraTokenError("unknown-format", "The new token cannot be read, as the one before could", { field: "token" });
}

/** Whether a name is one that a wildcard stands for: to publish, an audience takes a token that names its channel and user. */
function standsFor(wildcard: Name | undefined, name: Name | undefined): boolean {
  if (wildcard?.kind !== "pattern") return wildcard?.kind === "any";
  return name !== undefined && "value" in name && fitsPattern(wildcard.value, name.value);
}

/** A name as a text to compare and to show; empty where the token does not hold it. */
function nameOf(name: Name | undefined): string {
  if (name?.kind === "any") return "any";
  if (name?.kind === "checksum") return `checksum ${name.crc32}`;
  return name !== undefined && "value" in name ? JSON.stringify(name.value) : "";
}
