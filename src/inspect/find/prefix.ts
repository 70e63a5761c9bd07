// What a log writes before every line also stands within a token that it broke into lines.

/** The longest beginning of a line that is looked for, in characters. */
const LONGEST = 120;

/** A break of lines, with what the line after it begins with like the one before: a time, a level, a number of a process. */
interface RepeatedPrefix {
  readonly what: "line-breaks";
  readonly from: number;
  readonly to: number;
  readonly replacement: "";
}

/** The breaks after which a line begins like the one before it, but for numbers and the width of whitespace. */
export function repeatedPrefixes(text: string): RepeatedPrefix[] {
  const found: RepeatedPrefix[] = [];
  let before = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
    const length = lengthOf(text.slice(before, Math.min(end, before + LONGEST)), text.slice(end + 1, end + 1 + LONGEST));
    const from = text[end - 1] === "\r" ? end - 1 : end;
    before = end + 1;
    if (length > 0) found.push({ what: "line-breaks", from, to: before + length, replacement: "" });
  }
  return found;
}

/** How many characters of a line, up to whitespace, are like those of the one before. */
function lengthOf(before: string, line: string): number {
  const parts = /\d+|[ \t]+|[^\d \t\n]/g;
  const alike = (part: string) => /^\d/.test(part) ? "0" : part.trim() || " ";
  const others = before.match(parts) ?? [];
  let [length, at] = [0, 0];
  for (const [index, part] of (line.split("\n", 1)[0]!.match(parts) ?? []).entries()) {
    if (others[index] === undefined || alike(others[index]) !== alike(part)) break;
    at += part.length;
    if (alike(part) === " ") length = at;
  }
  return line.slice(0, length).trim() === "" ? 0 : length; // an indentation is no prefix
}
