import { h, setText } from "./dom.ts";
import { T } from "./language.ts";
import { judgedAt } from "./state.ts";
import { duration, everySecond, localTime, utcTime } from "./times.ts";

/** A time relative to now, in local time, and in UTC; the first is updated every second. */
export function timeView(time: number): HTMLElement {
  return h("span", { class: "time" }, countdown(time), " ", ...clockTimes(time));
}

/**
 * A time in local time and in UTC.
 *
 * @param isBrief Whether the date in UTC is left out where it is that of today.
 */
export function clockTimes(time: number, isBrief = false): (HTMLElement | string)[] {
  const [utc, today] = [utcTime(time), utcTime(judgedAt()).slice(0, 10)];
  return [
    h("time", { datetime: new Date(time * 1000).toISOString() }, localTime(time, judgedAt())),
    isBrief ? " · " : " ",
    h("span", { class: "utc" }, isBrief && utc.startsWith(today) ? utc.slice(11) : utc),
  ];
}

/** A time relative to now, updated every second. */
export function countdown(time: number): HTMLElement {
  return everySecond(h("span", { class: "countdown" }), (element) => {
    const left = time - judgedAt();
    setText(element, left > 0 ? T.inTime(duration(left)) : T.timeAgo(duration(left)));
  });
}
