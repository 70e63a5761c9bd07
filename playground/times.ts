import { inUnits } from "../src/inspect/words.ts";
import { T } from "./language.ts";

/** The time of this machine, in Unix seconds. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

const jobs = new Map<Element, () => void>();
setInterval(() => {
  for (const [element, job] of jobs) {
    if (element.isConnected) job();
    else jobs.delete(element);
  }
}, 1000);

/** Does something now and every second, for as long as an element is on the page. */
export function everySecond<E extends Element>(element: E, job: (element: E) => void): E {
  job(element);
  jobs.set(element, () => job(element));
  return element;
}

/** Seconds in their two largest units. */
export function duration(seconds: number): string {
  return inUnits(Math.abs(Math.round(seconds))).map(({ unit, count }) => T.units[unit](count)).join(" ");
}

// The language is the page's, not the browser's; the hours are those of UTC beside it.
const formatsOf = (language: string) => ({
  language,
  clock: new Intl.DateTimeFormat(language, { timeStyle: "medium", hourCycle: "h23" }),
  date: new Intl.DateTimeFormat(language, { dateStyle: "medium" }),
});
let formats = formatsOf(T.page.language);

/** A time in local time, as `12:55:00 today`; another day by its date. */
export function localTime(time: number, now: number): string {
  if (formats.language !== T.page.language) formats = formatsOf(T.page.language);
  const { clock, date } = formats;
  const day = (seconds: number) => new Date(seconds * 1000).toDateString();
  const words = day(time) === day(now)
    ? T.days.today
    : day(time) === day(now + 86_400)
    ? T.days.tomorrow
    : day(time) === day(now - 86_400)
    ? T.days.yesterday
    : date.format(time * 1000);
  return T.days.at(clock.format(time * 1000), words);
}

/** A time in UTC, as `2026-01-15 11:55:00 UTC`. */
export function utcTime(time: number): string {
  return `${new Date(time * 1000).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
