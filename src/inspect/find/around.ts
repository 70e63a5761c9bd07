import type { Wrapping } from "../findings.ts";

/** How much of the text on either side is looked at. */
const NEAR = 300;

/** What may stand around a token (here NUL) and nothing else: the first that fits is taken, and else it is words. */
const AROUND: readonly (readonly [Wrapping, RegExp])[] = [
  ["whitespace", /^\s*\0\s*$/],
  ["quotes", /^\s*\\*["'`“”„‘’«»「『]{1,3}\0\\*["'`“”‘’«»」』]{1,3}[\s,;.]*$/],
  [
    "authorization",
    /^\s*\\*["']?(?:authorization\\*["']?\s*[:=]\s*\\*["']?)?(?:bearer\s+|agora\s+token=)\\*["']?\0\\*["']?[\s,;]*$/i,
  ],
  ["json", /^\s*(?:[{[][^]*)?\\*"[^"\n]*"\s*:\s*\\*"\0\\*"(?:\s*,?\s*|[^]*[}\]]\s*)$/],
  ["url", /^[\s"'<]*(?:[a-z][\w+.-]*:\/\/|[/?#]|[\w.-]+=[^\s&=]*&|(?=[\w.-]+=\0&))\S*\0[^\s"'>]*[\s"'>]*$/i],
  ["name", /^\s*(?:[A-Za-z]\w*\s+){0,4}[\w$.-]+(?:\s*:\s*[\w?]+)?\s*(?::|=|:=|：)\s*\\*["'`]?\0\\*["'`]?[;,\s]*$/],
];

/** What stands around a part of a text; nothing where it is the whole text. */
export function aroundOf(text: string, start: number, end: number): Wrapping[] {
  if (start === 0 && end === text.length) return [];
  const outside = `${text.slice(Math.max(0, start - NEAR), start)}\0${text.slice(end, end + NEAR)}`;
  const isNear = start <= NEAR && text.length - end <= NEAR;
  const [what] = AROUND.find(([, pattern]) => isNear && pattern.test(outside)) ?? ["words" as const];
  return [what];
}
