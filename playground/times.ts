import { inUnits } from "../src/inspect/words.ts";
import { T } from "./texts.ts";
import { h } from "./dom.ts";

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

const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** A time in local time, in UTC, and relative to now, updated every second. */
export function timeView(time: number): HTMLElement {
  const date = new Date(time * 1000);
  const utc = date.toISOString().slice(0, 19).replace("T", " ");
  return h(
    "span",
    { class: "time" },
    countdown(time),
    " ",
    h("time", { datetime: date.toISOString() }, local.format(date)),
    " ",
    h("span", { class: "utc" }, `${utc} UTC`),
  );
}

/** A time relative to now, updated every second. */
export function countdown(time: number): HTMLElement {
  return everySecond(h("span", { class: "countdown" }), (element) => {
    const left = time - nowSeconds();
    element.textContent = left > 0 ? T.inTime(duration(left)) : T.timeAgo(duration(left));
  });
}
