import type { Span } from "../mod.ts";
import { hexPairs } from "../src/bytes/hex.ts";
import { visible } from "../src/inspect/words.ts";
import { button, fill, h, oneTabStop, type Part, redraw, roving } from "./dom.ts";
import { T } from "./language.ts";
import type { ShownInspection, ShownView } from "./shown.ts";
import { groupOf, labelOf, meaningOf } from "./spans.ts";
import { clockTimes, countdown, timeView } from "./time_view.ts";
import { duration } from "./times.ts";

/** How many fields are shown at first. */
const FIRST_FIELDS = 250;

/** How many bytes a row shows of its field: the view of the bytes has all of them. */
const RAW_BYTES = 64;

/** Every field with its value, meaning, bytes and offset. Rows highlight their bytes, and bytes their rows. */
export class FieldTable {
  /** The element to put on the page. */
  readonly element: HTMLElement;
  readonly #body = h("tbody", { role: "rowgroup" });
  readonly #note = h("p", { class: "note" });

  constructor() {
    const table = h(
      "table",
      { class: "fields", role: "table" }, // roles are explicit, since the style of a narrow table removes them
      h("caption", { class: "spoken" }, T.table.caption),
      h(
        "thead",
        { role: "rowgroup" },
        h(
          "tr",
          { role: "row" },
          ...Object.entries(T.table.columns).map(([name, column]) =>
            h("th", { role: "columnheader", scope: "col", class: name }, column)
          ),
        ),
      ),
      this.#body,
    );
    this.element = h("div", { class: "field-table" }, table, this.#note);
    roving(this.#body, "button");
  }

  /** Shows the fields of a reading. */
  show(inspection: ShownInspection, limit = FIRST_FIELDS): void {
    const { spans, error, bytes: { length } } = inspection;
    const fault = spans.length - 1;
    const hasFault = spans[fault]?.type === "fault";
    const rows: Part[] = [];
    let at = 0;
    while (at < Math.min(spans.length, limit)) {
      const [index, span] = [at, spans[at]!];
      const second = isEntry(span, spans[at + 1]) ? spans[at + 1] : undefined;
      at += second === undefined ? 1 : 2;
      if (/^services\[\d+\]\.type$/.test(span.path)) rows.push(headingPart(meaningOf(span, inspection)));
      const last = second ?? span;
      rows.push({
        // What a field means may depend on fields before it: its number, the time of issue.
        key: JSON.stringify([index, span, second, meaningOf(last, inspection), timeOf(last, inspection)]),
        make: () => this.#row(span, index, inspection, second),
      });
    }
    // The place where reading stopped is shown, even if many fields before it are not.
    const folded = Math.max(0, spans.length - at - (hasFault ? 1 : 0));
    if (error !== undefined && folded > 0) rows.push(notePart(T.table.gap(folded)));
    if (hasFault && fault >= at) {
      rows.push({
        key: `fault ${fault}`,
        make: () => this.#row(spans[fault]!, fault, inspection),
      });
    }
    if (error !== undefined && !hasFault) rows.push(notePart(T.bytes.breaksOff(length)));
    redraw(this.#body, rows);
    oneTabStop(this.#body);
    const more = button(T.bytes.showMore, () => {
      this.show(inspection, limit * 8);
      this.#body.querySelector<HTMLElement>(`[data-spans~="${at}"] button`)!.focus();
    });
    fill(this.#note, ...(folded > 0 ? [T.table.more(folded), more] : []));
  }

  /** The row of a field; of an entry that is a number and its time (`second`), that of both. */
  #row(span: Span, index: number, inspection: ShownInspection, second?: Span): HTMLElement {
    const { bytes } = inspection;
    const last = second ?? span;
    const value = [span, ...(second === undefined ? [] : [second])].map((part) => valueOf(part, inspection)).join(" → ");
    const end = Math.min(last.end, span.start + RAW_BYTES);
    const raw = `${hexPairs(bytes.subarray(span.start, end))}${end < last.end ? " …" : ""}`;
    const spans = second === undefined ? index : `${index} ${index + 1}`;
    return h(
      "tr",
      { role: "row", "data-spans": spans, "data-group": groupOf(span), "data-path": last.path },
      h(
        "th",
        { scope: "row", role: "rowheader" },
        h("button", { type: "button", tabindex: -1 }, second === undefined ? labelOf(span) : privilegeLabel(second)),
      ),
      h("td", { role: "cell", class: value.length > 24 ? "value long" : "value" }, value),
      h("td", { role: "cell", class: "meaning" }, ...meaning(last, inspection)),
      h("td", { role: "cell", class: "offset" }, T.table.bytes(span.start, last.end)),
      h("td", { role: "cell", class: "raw" }, raw),
    );
  }
}

/** Whether two neighbours are a privilege: its number, and its lifetime or time. */
function isEntry({ path }: Span, next: Span | undefined): boolean {
  return next !== undefined && next.type !== "fault" && /\bprivileges\[\d+\]$/.test(path) &&
    /\bprivileges\.\w+$/.test(next.path);
}

/** The name of a privilege, or its number; before 007, that it is a time. */
function privilegeLabel(time: Span): string {
  return isRight(time.path) ? T.who.privilege(time.path.slice(time.path.lastIndexOf(".") + 1)) : labelOf(time);
}

/** A row that names a service, before its first field. */
function headingPart(name: string): Part {
  return {
    key: name,
    make: () =>
      h("tr", { role: "row", class: "heading" }, h("th", { role: "columnheader", colspan: 4, scope: "colgroup" }, name)),
  };
}

/** A row for what is not shown: fields that are hidden, or the end of a token that stops after a whole field. */
function notePart(words: string): Part {
  return { key: words, make: () => h("tr", { role: "row", class: "break" }, h("td", { role: "cell", colspan: 4 }, words)) };
}

/** The value in words: names in quotes, a number with its unit. */
function valueOf({ path, type, value }: Span, inspection: ShownInspection): string {
  if (type === "fault") return T.table.fault;
  if (value === undefined) return T.table.unread;
  // The raw bytes of old formats have padding and separators; this shows their value.
  const said = path === "service" ? undefined : dataOf(inspection)[path];
  if (inspection.version !== "007" && (typeof said === "string" || typeof said === "number")) return visible(String(said));
  if (type === "str") return visible(JSON.stringify(value));
  return isDuration(path) ? T.seconds(Number(value)) : String(value);
}

function isDuration(path: string): boolean {
  return path === "expire" || isRight(path);
}

function isRight(path: string): boolean {
  return /^services\[\d+\]\.privileges\.(?!count$)/.test(path);
}

/** What a field means; a time is shown in local time, in UTC, and relative to now. */
function meaning(span: Span, inspection: ShownInspection): (Node | string)[] {
  const own = meaningOf(span, inspection);
  const time = timeOf(span, inspection);
  if (time === undefined) return [own];
  const value = Number(span.value);
  const isLess = isDuration(span.path) && time < dataOf(inspection).issueTs! + value;
  const lifetime = isLess ? T.table.capped(duration(value)) : T.table.lasts(duration(value));
  const what = isDuration(span.path) && value > 0 ? lifetime : own;
  const words = what === "" ? "" : `${what} `;
  // The time of a right is in the picture too; its date in UTC is that of the token or near it.
  return isRight(span.path) ? [words, countdown(time), " ", clockTimes(time)[0]!] : [words, timeView(time)];
}

/** The Unix time of a field, if it has one. */
function timeOf({ path, value }: Span, inspection: ShownInspection): number | undefined {
  if (value === undefined) return undefined;
  if (inspection.version === "whiteboard") {
    return path === "expireAt" ? inspection.view.validity.expiresAt : path === "nonce" ? inspection.view.issuedAt : undefined;
  }
  const data = dataOf(inspection);
  const time = Number(data[path] ?? value);
  if (["issueTs", "unixTs", "ts"].includes(path)) return time;
  if (path === "expiredTs" || /^privileges\.(?!count$)/.test(path)) return time || undefined; // 0: no expiry
  return isDuration(path) ? endOf(inspection.view, path) : undefined;
}

/** When the token or privilege expires whose lifetime a field of 007 is. */
function endOf({ validity, rights }: ShownView, path: string): number | undefined {
  const all = [validity, ...rights.flatMap(({ privileges }) => privileges)];
  return all.find((timed) => timed.path === path)?.expiresAt;
}

/** The fields of a token of any format by name, as far as they were read. */
function dataOf(
  { token, partial }: ShownInspection,
): Readonly<Record<string, unknown>> & { issueTs?: number; expire?: number } {
  return (token ?? partial ?? {}) as Record<string, unknown>;
}
