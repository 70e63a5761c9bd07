import { MAX_LIFETIME } from "../src/formats/common.ts";
import { folded, h, setText } from "./dom.ts";
import { T } from "./language.ts";
import type { ShownView } from "./shown.ts";
import { judgedAt } from "./state.ts";
import { duration, everySecond } from "./times.ts";
import { serviceTitle } from "./who.ts";

/** A bar of the picture: everything that ends at one time. */
interface Bar {
  /** The token, or rights of it. */
  labels: string[];
  /** When it expires; `undefined` if it does not. */
  until: number | undefined;
  isToken?: boolean;
}

/** What the picture shows. */
export interface Times {
  /** When the token was made, if the format says so. */
  made: number | undefined;
  /** When Agora's limit of 24 hours is reached, if the format has it. */
  cap?: number;
  bars: readonly Bar[];
}

const DAY = MAX_LIFETIME;

/** A picture of the token's times: when it was made, now, and when it and its rights expire. The words beside each bar say the same. */
export function timeline({ made, cap, bars }: Times): HTMLElement {
  const ends = bars.flatMap(({ until }) => until === undefined ? [] : [until]);
  const now = judgedAt();
  const start = made ?? Math.min(now, ...ends) - 600;
  // Times in the far past or future would squeeze everything else, so the picture ends a little after what matters.
  const last = Math.max(...ends.map((end) => Math.min(end, start + 2 * DAY)), start + 600);
  const end = start + (Math.max(last, Math.min(now, start + 2 * DAY)) - start) * 1.08;
  const place = (time: number) => `${Math.max(0, Math.min(100, 100 * (time - start) / (end - start)))}%`;

  const row = ({ labels, until, isToken }: Bar) => {
    const bar = h("span", { class: "bar", "data-kind": isToken ? "token" : "right" });
    bar.style.setProperty("--from", place(made ?? start));
    bar.style.setProperty("--to", place(until ?? bars[0]!.until ?? end));
    const words = everySecond(h("span", { class: "ends" }), (element) => {
      const left = (until ?? 0) - judgedAt();
      bar.classList.toggle("over", until !== undefined && left <= 0);
      const { left: still, over, open } = T.timeline;
      setText(element, until === undefined ? open : left > 0 ? still(duration(left)) : over(duration(left)));
    });
    return h("li", {}, h("span", { class: "label" }, T.timeline.labels(labels)), words, h("span", { class: "track" }, bar));
  };
  const marks = h("div", { class: "marks", "aria-hidden": "true" });
  const mark = (time: number, label: string, kind: string) => {
    const element = h("span", { class: "mark", "data-kind": kind }, h("span", {}, label));
    element.style.setProperty("--at", place(time));
    element.toggleAttribute("data-late", time - start > 0.85 * (end - start)); // its word stands on the left
    marks.append(element);
    return element;
  };
  const isApart = Math.abs(now - start) > (end - start) / 5; // so that two words find room
  if (made !== undefined) mark(made, isApart ? T.timeline.made : "", "made");
  if (cap !== undefined && cap <= end) mark(cap, T.timeline.cap, "cap");
  if (now >= start && now <= end) {
    everySecond(mark(now, T.timeline.now, "now"), (element) => element.style.setProperty("--at", place(judgedAt())));
  }
  return h(
    "div",
    { class: "timeline" },
    h("ul", {}, ...folded(bars, row, T.bytes.showMore)),
    marks,
  );
}

/** When a token was made, and when it and its rights expire: each time once. `undefined` if it says neither. */
export function timesOf({ counts, issuedAt: made, validity, rights }: ShownView): Times | undefined {
  const { expiresAt, raw } = validity;
  if (counts === "from-issue" ? made === undefined || raw === undefined : made === undefined && expiresAt === undefined) {
    return undefined;
  }
  const bars: Bar[] = [{ labels: [T.timeline.token], until: expiresAt, isToken: true }];
  const byEnd = new Map([[expiresAt, bars[0]!]]);
  for (const { service = "", privileges } of rights) {
    for (const { name, raw, expiresAt: until } of privileges) {
      if (raw === undefined) continue;
      let bar = byEnd.get(until);
      if (bar === undefined) {
        bar = { labels: [], until };
        byEnd.set(until, bar);
        bars.push(bar);
      }
      bar.labels.push(T.timeline.right(serviceTitle(service), T.privileges[name] ?? name));
    }
  }
  const count = bars.reduce((sum, { labels }) => sum + labels.length, -1);
  for (const bar of bars) if (!bar.isToken && count > 1 && bar.labels.length === count) bar.labels = [T.timeline.all];
  return { made, ...(counts === "from-issue" ? { cap: made! + MAX_LIFETIME } : {}), bars };
}
