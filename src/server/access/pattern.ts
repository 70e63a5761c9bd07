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

/** The name that a pattern stands for; nothing where that may be many names, or a placeholder has no value. */
export function nameIn(pattern: string, values: Placeholders): string | undefined {
  const name = pattern.replaceAll(PLACEHOLDER, (_, name) => values[name as keyof Placeholders] ?? "*");
  return name.includes("*") ? undefined : name;
}

/** A list of patterns, read: the names in it, what stands between the stars of the others, and those with placeholders. */
interface Patterns {
  readonly names: ReadonlySet<string>;
  readonly parts: readonly (readonly string[])[];
  readonly open: readonly { readonly parts: readonly string[]; readonly placeholders: readonly string[] }[];
}

/** Lists that were read before: those of the access file are the same for every request. */
const read = new WeakMap<readonly string[], Patterns>();

function patternsOf(list: readonly string[]): Patterns {
  const patterns = list.map((pattern) => ({ parts: pattern.split("*"), placeholders: placeholdersOf(pattern) }));
  const closed = patterns.filter(({ placeholders }) => placeholders.length === 0).map(({ parts }) => parts);
  return {
    names: new Set(closed.filter(({ length }) => length === 1).map(([name]) => name!)),
    parts: closed.filter(({ length }) => length > 1),
    open: patterns.filter(({ placeholders }) => placeholders.length > 0),
  };
}

/**
 * The function that says whether a text matches one of a list of patterns: `*` stands for any text, also the empty one; `{sub}`
 * and `{uid}` for what the caller's JWT says, taken literally. A placeholder that has no value, or one with a `*`, matches
 * nothing.
 *
 * The text may be a pattern itself: then it matches exactly if a pattern covers all that the text stands for. What the pattern
 * has between its stars holds no `*`, so that every star of the text falls to a star of the pattern, which takes whatever stands
 * in its place; and if it covers every name that the text stands for, then also the one with a character for each star that the
 * pattern nowhere has, and so the text.
 */
export function matcherOf(list: readonly string[], values: Placeholders): (text: string) => boolean {
  if (list.includes("*")) return () => true;
  let patterns = read.get(list);
  if (patterns === undefined) read.set(list, patterns = patternsOf(list));
  const { names, parts, open } = patterns;
  const fits = (text: string) => names.has(text) || parts.some((parts) => fitsParts(parts, text));
  if (open.length === 0) return fits;
  const valueOf = (name: string) => values[name as keyof Placeholders];
  const known = open.filter(({ placeholders }) => placeholders.every((name) => valueOf(name) && !valueOf(name)!.includes("*")));
  const filled = known.map(({ parts }) => parts.map((part) => part.replaceAll(PLACEHOLDER, (_, name) => valueOf(name)!)));
  return (text) => fits(text) || filled.some((parts) => fitsParts(parts, text));
}
