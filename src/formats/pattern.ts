/** Whether a text fits a pattern in which each `*` stands for any run of characters, none included. Case counts. */
export function fitsPattern(pattern: string, text: string): boolean {
  return fitsParts(pattern.split("*"), text);
}

/**
 * Whether a text fits a pattern that is given by what stands between its stars.
 *
 * The stars are matched from the left, each up to the first text that fits, so that the time grows only with the lengths.
 */
export function fitsParts(parts: readonly string[], text: string): boolean {
  const [first, last] = [parts[0] ?? "", parts[parts.length - 1] ?? ""];
  if (parts.length < 2) return text === first;
  const end = text.length - last.length;
  if (end < first.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (let index = 1; index < parts.length - 1; index++) {
    const found = text.indexOf(parts[index]!, at);
    at = found + parts[index]!.length;
    if (found < 0 || at > end) return false;
  }
  return true;
}
