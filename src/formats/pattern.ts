/** Whether a text fits a pattern in which each `*` stands for any run of characters, none included. Case counts. */
export function fitsPattern(pattern: string, text: string): boolean {
  return fitsParts(pattern.split("*"), text);
}

/**
 * Whether a text fits a pattern that is given by what stands between its stars.
 *
 * The stars are matched from the left, each up to the first text that fits, so that the time grows only with the lengths.
 */
export function fitsParts([first = "", ...others]: readonly string[], text: string): boolean {
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
