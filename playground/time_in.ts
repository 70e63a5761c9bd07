/** A date and a time, as programs and people write them; without a zone it is the time of this place. */
const DATE = /(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d))?/i;

/** The last second of which a token can tell. */
const LAST = 0xffff_ffff;

/** The first time in a text, in Unix seconds: a date, or the whole text as a Unix time in seconds or milliseconds. */
export function timeIn(text: string): number | undefined {
  const number = /^\s*(\d{9,10})(\d{3})?\s*$/.exec(text)?.[1];
  if (number !== undefined) return Math.min(Number(number), LAST);
  const [, year, month, day, hour, minute, second = "00", zone = ""] = DATE.exec(text) ?? [];
  if (year === undefined) return undefined;
  const offset = /^(z|utc|gmt)$/i.test(zone) ? "Z" : zone.replace(/^(...)(\d\d)$/, "$1:$2");
  const time = Math.floor(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`) / 1000);
  return time >= 0 && time <= LAST ? time : undefined;
}
