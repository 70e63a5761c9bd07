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
 * says, taken literally, so that a `*` in a user's name is no star. A placeholder that has no value matches nothing.
 *
 * The stars are matched from the left, each up to the first text that fits, so that the time grows only with the lengths.
 */
export function matches(pattern: string, text: string, values: Placeholders): boolean {
  if (placeholdersOf(pattern).some((name) => !values[name as keyof Placeholders])) return false;
  const literal = (part: string) => part.replaceAll(PLACEHOLDER, (_, name: keyof Placeholders) => values[name]!);
  const [first = "", ...others] = pattern.split("*").map(literal);
  const last = others.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const middle = text.slice(first.length, text.length - last.length);
  let at = 0;
  return others.every((part) => {
    const found = middle.indexOf(part, at);
    at = found + part.length;
    return found >= 0;
  });
}
