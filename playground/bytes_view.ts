import type { Span } from "../mod.ts";
import { hexPairs } from "../src/bytes/hex.ts";
import { visible } from "../src/inspect/words.ts";
import { button, fill, h, oneTabStop, type Part, redraw, roving } from "./dom.ts";
import { T } from "./language.ts";
import { Links } from "./links.ts";
import type { ShownInspection } from "./shown.ts";
import { groupOf, labelOf, textSegments } from "./spans.ts";

/** How many bytes are shown at first. */
const FIRST_BYTES = 4096;

/** How many bytes of the unreadable part are shown if it comes after those. */
const FAULT_BYTES = 128;

/** The index for the parts of the text that belong to no field: the version, and what packing adds. */
export const ENVELOPE = -1;

/** The largest content, in bytes, whose compression is traced bit by bit. */
const TRACED_BYTES = 16_384;

const wide = matchMedia("(min-width: 46rem)");

/** The text and the bytes of a token, field by field, linked with each other. */
export class BytesView {
  /** The element to put on the page. */
  readonly element: HTMLElement;
  /** Highlights fields here, and in other elements that are added to it. */
  readonly links: Links;
  readonly #text = h("p", { class: "token-text", "data-pane": true, tabindex: 0, role: "group", "aria-label": T.bytes.text });
  readonly #hex = h("div", { class: "hex", "data-pane": true, role: "group", "aria-label": T.bytes.hex });
  readonly #note = h("p", { class: "note" });
  #shown: { text: string; inspection: ShownInspection } | undefined;
  #limit = FIRST_BYTES;

  /** @param links The links of a larger view, to share; by default its own. */
  constructor(links?: Links) {
    this.element = h(
      "div",
      { class: "bytes" },
      h("h3", {}, T.bytes.text),
      this.#text,
      h("h3", {}, T.bytes.hex),
      this.#hex,
      this.#note,
    );
    this.links = links ?? new Links(this.element);
    roving(this.#hex, "button");
    wide.addEventListener("change", () => {
      if (this.#shown === undefined) return;
      this.show(this.#shown.text, this.#shown.inspection);
      this.links.refresh();
    });
  }

  /** Shows the reading of a text. */
  show(text: string, inspection: ShownInspection): void {
    if (this.#shown?.text !== text) this.#limit = FIRST_BYTES;
    this.#shown = { text, inspection };
    redraw(this.#text, this.#textParts(text, inspection));
    redraw(this.#hex, this.#rows(inspection));
    const rest = inspection.bytes.length - this.#limit;
    const more = () => {
      const shown = this.#limit;
      this.#limit *= 16;
      this.show(text, inspection);
      const next = this.#hex.querySelector(`[data-row="${shown}"]`)!;
      (next.querySelector("button") ?? this.#hex.querySelector<HTMLElement>("button[tabindex='0']"))?.focus();
    };
    fill(this.#note, ...(rest > 0 ? [T.bytes.more(rest), button(T.bytes.showMore, more)] : []));
    oneTabStop(this.#hex);
  }

  #textParts(text: string, inspection: ShownInspection): Part[] {
    if (inspection.bytes.length > TRACED_BYTES) {
      const start = text.slice(0, FIRST_BYTES);
      return [{ key: start, make: () => document.createTextNode(start) }];
    }
    return textSegments(text, inspection).map(({ start, end, spans, isFault }) => {
      const first = inspection.spans[spans[0]!];
      const group = isFault ? "fault" : first === undefined ? start === 0 ? "version" : "packing" : groupOf(first);
      const owners = spans.length > 0 ? spans.join(" ") : isFault ? undefined : ENVELOPE;
      const part = text.slice(start, end);
      const make = () => h("span", { class: "seg", "data-group": group, "data-spans": owners }, visible(part));
      return { key: `${group} ${owners} ${part}`, make };
    });
  }

  /** Rows of bytes; in a row, the bytes of one span are one element. */
  #rows({ bytes, spans, error }: ShownInspection): Part[] {
    const width = wide.matches ? 16 : 8;
    const end = Math.min(bytes.length, this.#limit);
    const fault = spans.at(-1)?.type === "fault" ? spans.at(-1)!.start : bytes.length;
    const after = error === undefined || bytes.length === end ? bytes.length : Math.max(end, fault - fault % width);
    const rows: Part[] = [];
    let index = 0;
    for (let row = 0; row < Math.min(bytes.length, after + FAULT_BYTES); row += width) {
      if (row === end) {
        if (error === undefined) break;
        row = after;
        if (row > end) {
          rows.push({
            key: `gap ${end} ${row}`,
            make: () => h("div", { class: "break" }, T.bytes.gap(row - end)),
          });
        }
        if (row >= bytes.length) break;
      }
      const rowEnd = Math.min(row + width, row < end ? end : bytes.length);
      const pieces: Piece[] = [];
      for (let at = row; at < rowEnd;) {
        while (spans[index]!.end <= at) index++;
        const span = spans[index]!;
        const to = Math.min(span.end, rowEnd);
        pieces.push({ span, index, isFirst: at === span.start, part: bytes.subarray(at, to), isLast: to === rowEnd });
        at = to;
      }
      const shape = pieces.map(({ index, part, span }) => `${index} ${part.length} ${span.path}`).join();
      rows.push({ key: `${width} ${row} ${shape} ${bytes.subarray(row, rowEnd)}`, make: () => hexRow(row, pieces) });
    }
    if (error !== undefined && bytes.length <= after + FAULT_BYTES) {
      const { length } = bytes;
      rows.push({ key: `end ${length}`, make: () => h("div", { class: "break" }, T.bytes.breaksOff(length)) });
    }
    return rows;
  }
}

/** The bytes of one span within one row. */
interface Piece {
  span: Span;
  index: number;
  part: Uint8Array;
  isFirst: boolean;
  isLast: boolean;
}

function hexRow(offset: number, pieces: readonly Piece[]): HTMLElement {
  const hex: Node[] = [];
  const ascii: Node[] = [];
  for (const { span, index, part, isFirst, isLast } of pieces) {
    const attributes = { class: "seg", "data-group": groupOf(span), "data-spans": index };
    const digits = hexPairs(part);
    const text = digits + (isLast ? "" : " ");
    const label = T.bytes.span(digits, labelOf(span), span.start);
    hex.push(
      isFirst
        ? h("button", { ...attributes, type: "button", tabindex: -1, "aria-label": label }, text)
        : h("span", attributes, text),
    );
    ascii.push(h("span", attributes, asciiOf(part)));
  }
  return h(
    "div",
    { class: "hex-row", "data-row": offset },
    h("span", { class: "offset" }, offset.toString(16).padStart(4, "0")),
    h("span", { class: "hex-bytes" }, ...hex),
    h("span", { class: "ascii", "aria-hidden": "true" }, ...ascii),
  );
}

function asciiOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·").join("");
}
