// What people read: tokens hold anything, and times in seconds.

/** A text in which nothing is invisible or turns the direction of writing: a token may hold anything. */
export function visible(text: string): string {
  const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;
  return text.replace(hidden, (character) => {
    const hex = character.codePointAt(0)!.toString(16).padStart(4, "0");
    return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
  });
}

/** A moment in UTC, to the second. */
export function utc(time: number): string {
  return new Date(time * 1000).toISOString().replace("T", " ").replace(".000Z", " UTC");
}

const UNITS = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]] as const;

/** A number of seconds in its two largest units, of which one that is 0 is left out; 0 is 0 seconds. */
export function inUnits(seconds: number): { unit: typeof UNITS[number][0]; count: number }[] {
  const first = Math.max(0, UNITS.findIndex(([, size]) => seconds >= size));
  let rest = seconds;
  const parts = UNITS.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { unit, count };
  }).filter(({ count }) => count > 0);
  return parts.length > 0 ? parts : [{ unit: "second", count: 0 }];
}
