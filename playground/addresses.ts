import { sharedIn } from "./defused.ts";
import { N } from "./language.ts";
import { say } from "./say.ts";
import { open } from "./state.ts";

/** A place in the page: the view, and the step in it, where it has steps. */
export interface Place {
  /** The name of the view, as `learn`. */
  view: string;
  /** The step, as `3`, or `006/3` in another tour. */
  step?: string;
}

/** Opens the place that the address names. */
let go: (place: Place) => void = () => {};

/** The part of an address after `#`. */
function fragment(): string {
  return location.hash.slice(1);
}

function placeIn(fragment: string): Place {
  const [, view = "", step] = /^([^/]*)(?:\/(.*))?$/.exec(fragment) ?? [];
  return step === undefined ? { view } : { view, step };
}

/**
 * Gives places addresses: the page opens where its address says, and Back and Forward work. Nothing that is typed in is ever in
 * an address.
 *
 * @param names The views that there are.
 * @param onGo Opens a place.
 */
export function followAddresses(names: readonly string[], onGo: (place: Place) => void): void {
  go = (place) => onGo(names.includes(place.view) ? place : { view: names[0]! });
}

/** Opens what the address names: a place, or a token that was shared. Whether it was a token. */
export async function openAddress(): Promise<boolean> {
  const here = fragment();
  if (!here.startsWith("shared/")) return openPlace();
  const text = await sharedIn(here);
  go({ view: "" });
  if (text === undefined) say(N.share.unreadable);
  else open({ text });
  return text !== undefined;
}

/** Opens the place that the address names; the first one for a token that was shared. Always `false`: it opens no token. */
export function openPlace(): false {
  go(placeIn(fragment()));
  return false;
}

/** Puts a place into the address, as a step of the browser's history. */
export function visit({ view, step }: Place): void {
  const wanted = step === undefined ? view : `${view}/${step}`;
  if (fragment() === wanted) return;
  const isStart = fragment() === "" && view === "inspect";
  if (isStart) return;
  try {
    history.pushState(null, "", `#${wanted}`);
  } catch {
    location.hash = wanted; // a page from disk, in browsers that let its address change in no other way
  }
}
