import { visible } from "../src/inspect/words.ts";
import { readBatch } from "./batch.ts";
import { type BatchRow, type Column, COLUMNS, csvOf, jsonOf, sorted } from "./batch_rows.ts";
import { certificateField, copyText, labelled, textInput } from "./controls.ts";
import { button, fill, h } from "./dom.ts";
import { N, T } from "./language.ts";
import { current, judgedAt, openMade, watch } from "./state.ts";
import type { View } from "./tabs.ts";
import { duration, nowSeconds } from "./times.ts";

/** How many rows are drawn at first, and more at a press. */
const FIRST_ROWS = 200;

/** How long a person may pause while typing before the text is read, in milliseconds. */
const REST = 250;

/** From how many characters on a paste is put in by the page: browsers take a minute to type in thousands of lines. */
const LONG_PASTE = 20_000;

let fillIn: (text: string) => void = () => {};

/** Lists the tokens of a text in the Batch view, and opens it. */
export function listAll(text: string): void {
  fillIn(text);
  location.hash = "batch";
}

/** The Batch view: many tokens, a row each, sortable, to save as CSV and JSON. */
export function batchView(onOpen: () => void): View {
  const input = h("textarea", { rows: 5, class: "token", autocomplete: "off", autocapitalize: "off", spellcheck: "false" });
  const second = textInput({ type: "password", maxlength: 200 });
  const file = h("input", { type: "file", accept: ".txt,.log,.csv,.json,text/*" });
  const progress = h("progress", { max: 1, "aria-label": N.batch.progress });
  const said = h("p", { role: "status" });
  const cancel = button(N.batch.cancel, () => reading.abort(), { class: "quiet" });
  const working = h("div", { class: "actions", hidden: true }, progress, cancel);
  const table = h("div", {});
  const saves = h("div", { class: "actions", hidden: true });
  let reading = new AbortController();
  let rows: readonly BatchRow[] = [];
  let order: { column: Column; isDescending: boolean } = { column: "place", isDescending: false };
  let limit = FIRST_ROWS;
  let timer: number | undefined;
  let last = "";

  const draw = () => fill(table, ...(rows.length === 0 ? [] : [tableOf(rows, order, limit, { sort, open, more })]));
  const sort = (column: Column) => {
    order = { column, isDescending: order.column === column && !order.isDescending };
    draw();
    table.querySelector<HTMLElement>(`[data-column=${column}]`)!.focus();
  };
  const open = ({ token }: BatchRow) => {
    openMade(token);
    onOpen();
  };
  const more = () => {
    limit += 5 * FIRST_ROWS;
    draw();
  };
  const read = async () => {
    reading.abort();
    const own = reading = new AbortController();
    const certificates = [current().certificate, second.value].map((text) => text.trim()).filter((text) => text !== "");
    limit = FIRST_ROWS;
    working.hidden = false;
    const onProgress = (part: number, so: readonly BatchRow[]) => {
      if (own !== reading) return;
      progress.value = part;
      said.textContent = N.batch.sofar(so.length);
    };
    const done = await readBatch(input.value, { certificates, now: judgedAt(), onProgress, signal: own.signal });
    if (own !== reading) return; // a newer one has begun
    rows = done;
    working.hidden = true;
    saves.hidden = rows.length === 0;
    const valid = rows.filter(({ tone }) => tone === "good").length;
    said.textContent = own.signal.aborted
      ? N.batch.cancelled(rows.length)
      : input.value.trim() === ""
      ? ""
      : N.batch.done(rows.length, valid);
    draw();
  };
  const later = () => {
    const key = JSON.stringify([input.value, current().certificate, second.value, current().asOf]);
    if (key === last) return;
    last = key;
    clearTimeout(timer);
    timer = setTimeout(() => void read(), REST) as unknown as number;
  };
  input.addEventListener("input", later);
  input.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (pasted.length < LONG_PASTE) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = input;
    fillIn(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
  });
  second.addEventListener("input", later);
  watch(() => input.value !== "" && later()); // the certificate is shared with the other views
  fillIn = (text) => {
    input.value = text;
    later();
  };
  const take = async (given: File | undefined) => {
    if (given === undefined) return;
    fillIn(await given.text());
  };
  file.addEventListener("change", () => void take(file.files?.[0]));
  saves.append(
    button(N.batch.copyCsv, () => void copyText(csvOf(rows)), { class: "quiet" }),
    button(N.batch.copyJson, () => void copyText(jsonOf(rows)), { class: "quiet" }),
    button(N.batch.saveCsv, () => save(csvOf(rows), "tokens.csv", "text/csv"), { class: "quiet" }),
    button(N.batch.saveJson, () => save(jsonOf(rows), "tokens.json", "application/json"), { class: "quiet" }),
  );
  const element = h(
    "div",
    {},
    h(
      "section",
      { class: "card inputs", "aria-label": N.batch.inputs },
      h("p", { class: "lead" }, N.batch.lead),
      labelled(N.batch.input, input),
      labelled(N.batch.file, file),
      h(
        "div",
        { class: "grid" },
        certificateField(N.batch.certificateHint),
        labelled(N.batch.second, second, N.batch.secondHint),
      ),
    ),
    h("section", { class: "card batch", "aria-label": N.batch.result }, said, working, saves, table),
  );
  element.addEventListener("drop", (event) => {
    const [given] = event.dataTransfer?.files ?? [];
    if (given === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // elsewhere a file is for Inspect
    void take(given);
  });
  return { element, update: () => {} };
}

/** What the controls of the table do. */
interface Does {
  sort: (column: Column) => void;
  open: (row: BatchRow) => void;
  more: () => void;
}

function tableOf(
  rows: readonly BatchRow[],
  { column: by, isDescending }: { column: Column; isDescending: boolean },
  limit: number,
  { sort, open, more }: Does,
): HTMLElement {
  const now = nowSeconds();
  const heads = COLUMNS.map((column) =>
    h(
      "th",
      { scope: "col", "aria-sort": column === by ? isDescending ? "descending" : "ascending" : undefined },
      button(N.batch.columns[column], () => sort(column), { class: "quiet", "data-column": column }),
    )
  );
  const body = sorted(rows, by, isDescending).slice(0, limit).map((row) =>
    h(
      "tr",
      { "data-tone": row.tone },
      h("td", {}, button(String(row.place), () => open(row), { class: "quiet", "aria-label": N.batch.open(row.place) })),
      h("td", {}, h("span", { class: "mark", "aria-hidden": "true" }, T.marks[row.tone]), ` ${row.verdict}`),
      ...[row.format, row.services, row.channel, row.user].map((text) => h("td", {}, visible(text))),
      h("td", {}, endOf(row.expiresAt, now)),
      h("td", {}, certificateWords(row.certificate)),
      h("td", { class: "mono" }, row.appId),
    )
  );
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": N.batch.result },
    h("table", { class: "formats" }, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...body)),
    rows.length > limit &&
      h("p", {}, N.batch.hidden(rows.length - limit), " ", button(T.bytes.showMore, more, { class: "quiet" })),
  );
}

function endOf(expiresAt: number | undefined, now: number): string {
  if (expiresAt === undefined) return "";
  const relative = expiresAt > now ? T.inTime(duration(expiresAt - now)) : T.timeAgo(duration(now - expiresAt));
  return `${new Date(expiresAt * 1000).toISOString().slice(0, 19).replace("T", " ")} · ${relative}`;
}

function certificateWords(certificate: number | undefined): string {
  return certificate === undefined ? N.batch.unchecked : certificate === 0 ? N.batch.none : N.batch.nth[certificate - 1]!;
}

/** Offers a text as a file. */
function save(text: string, download: string, type: string): void {
  const href = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
