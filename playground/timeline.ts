import type { TokenView } from "../mod.ts";
import { MAX_LIFETIME } from "../src/formats/common.ts";
import { folded, h } from "./dom.ts";
import { T } from "./texts.ts";
import { duration, everySecond, nowSeconds } from "./times.ts";

/** A bar of the picture: the token, or one of its privileges. */
interface Bar {
  label: string;
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

/**
 * A picture of the token's times: when it was made, now, and how long the token and each privilege last, up to the 24 hours
 * that Agora grants. The words beside each bar say the same.
 */
export function timeline({ made, cap, bars }: Times): HTMLElement {
  const ends = bars.flatMap(({ until }) => until === undefined ? [] : [until]);
  const now = nowSeconds();
  const start = made ?? Math.min(now, ...ends) - 600;
  // Times in the far past or future would squeeze everything else, so the picture ends a little after what matters.
  const last = Math.max(...ends.map((end) => Math.min(end, start + 2 * DAY)), start + 600);
  const end = start + (Math.max(last, Math.min(now, start + 2 * DAY)) - start) * 1.08;
  const place = (time: number) => `${Math.max(0, Math.min(100, 100 * (time - start) / (end - start)))}%`;

  const row = ({ label, until, isToken }: Bar) => {
    const bar = h("span", { class: "bar", "data-kind": isToken ? "token" : "privilege" });
    bar.style.setProperty("--from", place(made ?? start));
    bar.style.setProperty("--to", place(until ?? bars[0]!.until ?? end));
    const words = everySecond(h("span", { class: "ends" }), (element) => {
      const left = (until ?? 0) - nowSeconds();
      bar.classList.toggle("over", until !== undefined && left <= 0);
      const text = until === undefined
        ? T.timeline.open
        : left > 0
        ? T.timeline.left(duration(left))
        : T.timeline.over(duration(left));
      element.textContent = text;
    });
    return h("li", {}, h("span", { class: "label" }, label), h("span", { class: "track" }, bar), words);
  };
  const marks = h("div", { class: "marks", "aria-hidden": "true" });
  const mark = (time: number, label: string, kind: string) => {
    const element = h("span", { class: "mark", "data-kind": kind }, h("span", {}, label));
    element.style.setProperty("--at", place(time));
    marks.append(element);
    return element;
  };
  if (made !== undefined) mark(made, T.timeline.made, "made");
  if (cap !== undefined) mark(cap, cap <= end ? T.timeline.cap : T.timeline.capBeyond, "cap");
  const over = bars[0]?.until;
  if (over !== undefined && over <= end) mark(over, T.timeline.ends, "ends");
  if (now >= start && now <= end) {
    everySecond(mark(now, T.timeline.now, "now"), (element) => element.style.setProperty("--at", place(nowSeconds())));
  }
  const beyond = now > end ? T.timeline.nowAfter : now < start ? T.timeline.nowBefore : "";
  return h(
    "div",
    { class: "timeline" },
    h("div", { class: "axis" }, marks),
    h("ul", {}, ...folded(bars, row, T.bytes.showMore)),
    h("p", { class: "note" }, beyond),
  );
}

/** When a token was made, and when it and its privileges expire; `undefined` if it says neither. */
export function timesOf({ counts, issuedAt: made, validity, rights }: TokenView): Times | undefined {
  const { expiresAt, raw } = validity;
  if (counts === "from-issue" ? made === undefined || raw === undefined : made === undefined && expiresAt === undefined) {
    return undefined;
  }
  const token: Bar = { label: T.timeline.token, until: expiresAt, isToken: true };
  const privileges = rights.flatMap(({ service, privileges }) =>
    privileges.filter(({ raw }) => raw !== undefined).map(({ name, expiresAt }) => ({
      label: `${service} ${name}`,
      until: expiresAt,
    }))
  );
  return { made, ...(counts === "from-issue" ? { cap: made! + MAX_LIFETIME } : {}), bars: [token, ...privileges] };
}
