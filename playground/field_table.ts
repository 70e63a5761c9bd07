import type { Inspection, Span } from "../mod.ts";
import { hexOf } from "./bytes_view.ts";
import { button, fill, h, oneTabStop, type Part, redraw, roving } from "./dom.ts";
import { groupOf, labelOf, meaningOf, visible } from "./spans.ts";
import { T } from "./texts.ts";
import { duration, timeView } from "./times.ts";

/** How many fields are shown before someone asks for more. */
const FIRST_FIELDS = 250;

/** Every field with its value, what it means, its bytes and their offset. The rows light the bytes, and the bytes the rows. */
export class FieldTable {
  /** What to put on the page. */
  readonly element: HTMLElement;
  readonly #body = h("tbody", { role: "rowgroup" });
  readonly #note = h("p", { class: "note" });

  constructor() {
    const table = h(
      "table",
      { class: "fields", role: "table" }, // the roles stand written out, because a narrow table is no table to its style
      h("caption", {}, T.table.caption),
      h(
        "thead",
        { role: "rowgroup" },
        h("tr", { role: "row" }, ...T.table.columns.map((column) => h("th", { role: "columnheader", scope: "col" }, column))),
      ),
      this.#body,
    );
    this.element = h("div", { class: "field-table" }, table, this.#note);
    roving(this.#body, "button");
  }

  /** Shows the fields of a reading. */
  show(inspection: Inspection, limit = FIRST_FIELDS): void {
    const { spans } = inspection;
    const rows = spans.slice(0, limit).flatMap((span, index): Part[] => [
      ...(/^services\[\d+\]\.type$/.test(span.path) ? [headingPart(meaningOf(span, inspection))] : []),
      {
        // What a field means may depend on fields before it: its number, the time of issue.
        key: JSON.stringify([index, span, meaningOf(span, inspection), timeOf(span, inspection)]),
        make: () => this.#row(span, index, inspection),
      },
    ]);
    const { error, bytes: { length } } = inspection;
    if (error !== undefined && spans.at(-1)?.type !== "fault") rows.push(breakPart(length));
    redraw(this.#body, rows);
    oneTabStop(this.#body);
    const more = button(T.bytes.showMore, () => this.show(inspection, limit * 8));
    fill(this.#note, ...(spans.length > limit ? [T.table.more(spans.length - limit), more] : []));
  }

  #row(span: Span, index: number, inspection: Inspection): HTMLElement {
    const { bytes } = inspection;
    const value = valueOf(span);
    const isLong = span.end - span.start > 16; // all of it stands in the view of the bytes
    const raw = isLong ? `${hexOf(bytes.subarray(span.start, span.start + 8))} …` : hexOf(bytes.subarray(span.start, span.end));
    return h(
      "tr",
      { role: "row", "data-spans": index, "data-group": groupOf(span), "data-path": span.path },
      h(
        "th",
        { scope: "row", role: "rowheader" },
        h("button", { type: "button", tabindex: -1, title: span.path }, labelOf(span)),
      ),
      h("td", { role: "cell", class: value.length > 24 ? "value long" : "value" }, value),
      h("td", { role: "cell", class: "meaning" }, ...meaning(span, inspection)),
      h("td", { role: "cell", class: "raw" }, raw),
      h("td", { role: "cell", class: "offset" }, T.table.bytes(span.start, span.end)),
    );
  }
}

/** A row that names a service, before its first field. */
function headingPart(name: string): Part {
  return {
    key: name,
    make: () =>
      h("tr", { role: "row", class: "heading" }, h("th", { role: "columnheader", colspan: 5, scope: "colgroup" }, name)),
  };
}

/** The last row of a token that breaks off behind a whole field. */
function breakPart(length: number): Part {
  return {
    key: `end ${length}`,
    make: () => h("tr", { role: "row", class: "break" }, h("td", { role: "cell", colspan: 5 }, T.bytes.breaksOff(length))),
  };
}

/** The value in words: text in quotes, a number with its unit. */
function valueOf({ path, type, value }: Span): string {
  if (type === "fault") return T.table.fault;
  if (value === undefined) return T.table.unread;
  if (type === "str") return visible(JSON.stringify(value));
  return isDuration(path) ? T.seconds(Number(value)) : String(value);
}

function isDuration(path: string): boolean {
  return path === "expire" || /^services\[\d+\]\.privileges\.(?!count$)/.test(path);
}

/** What a field means; a time is a date here and in UTC, and how far off it is. */
function meaning(span: Span, inspection: Inspection): (Node | string)[] {
  const words = meaningOf(span, inspection);
  const time = timeOf(span, inspection);
  if (time === undefined) return [words];
  const value = Number(span.value);
  const what = isDuration(span.path) && value > 0 ? T.table.lasts(duration(value)) : words;
  return [what === "" ? "" : `${what} `, timeView(time)];
}

/** The Unix time that a field says, where it says one. */
function timeOf({ path, value }: Span, { token, partial }: Inspection): number | undefined {
  const data = token ?? partial;
  if (typeof value !== "number" && !/^\d{10}$/.test(String(value))) {
    return path === "expiredTs" && data?.version === "signaling" && data.expiredTs ? data.expiredTs : undefined;
  }
  const number = Number(value);
  if (number === 0) return undefined;
  if (isDuration(path)) return data?.version === "007" && data.issueTs !== undefined ? data.issueTs + number : undefined;
  const isTime = ["issueTs", "unixTs", "ts", "expiredTs"].includes(path) || /^privileges\.(?!count$)/.test(path);
  return isTime ? number : undefined;
}
