import { fitsParts } from "../../formats/pattern.ts";

/** What placeholders stand for: the subject of a JWT, and its user's uid in decimal. */
export interface Placeholders {
  /** The subject. */
  sub?: string;
  /** The uid, in decimal. */
  uid?: string;
}

const PLACEHOLDER = /\{(\w+)\}/g;

/** The names of the placeholders in a pattern. */
export function placeholdersOf(pattern: string): string[] {
  return [...pattern.matchAll(PLACEHOLDER)].map(([, name]) => name!);
}

/**
 * Whether a text matches a pattern: `*` stands for any text, also the empty one; `{sub}` and `{uid}` for what the caller's JWT
 * says, taken literally. A placeholder that has no value, or one with a `*`, matches nothing.
 *
 * The text may be a pattern itself: then it matches exactly if the pattern covers all that the text stands for. What the pattern
 * has between its stars holds no `*`, so that every star of the text falls to a star of the pattern, which takes whatever stands
 * in its place; and if it covers every name that the text stands for, then also the one with a character for each star that the
 * pattern nowhere has, and so the text.
 */
export function matches(pattern: string, text: string, values: Placeholders): boolean {
  const valueOf = (name: string) => values[name as keyof Placeholders];
  if (placeholdersOf(pattern).some((name) => !valueOf(name) || valueOf(name)!.includes("*"))) return false;
  return fitsParts(pattern.split("*").map((part) => part.replaceAll(PLACEHOLDER, (_, name) => valueOf(name)!)), text);
}
