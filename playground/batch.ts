import { inspectionOf } from "../src/inspect/inspect.ts";
import { judge, withVerdict } from "../src/inspect/judge.ts";
import { readPasted } from "../src/inspect/find/pasted.ts";
import { type Read, readToken } from "../src/inspect/parse.ts";
import type { Diagnosis, Name } from "../mod.ts";
import type { BatchRow } from "./batch_rows.ts";
import { serviceTitle } from "./who.ts";
import { inspectVerdict } from "./verdict.ts";
import { readWhiteboard, whiteboardIn } from "./whiteboard.ts";

/** What reading many tokens takes. */
export interface BatchOptions {
  /** The certificates that may have made them. */
  certificates: readonly string[];
  /** The time for which they are judged, in Unix seconds. */
  now: number;
  /** Told how much of the text is read, from 0 to 1, and the rows so far. */
  onProgress: (part: number, rows: readonly BatchRow[]) => void;
  /** Ends the reading. */
  signal: AbortSignal;
}

/** How long the page works without a pause, in milliseconds: shorter than a frame, so that it answers to the person. */
const SLICE = 12;

/** The longest part of a line that is searched at once, in characters. A token has no character at which it is cut. */
const LONGEST_PIECE = 8192;

/** A character that is in no token, at which a long line may be cut. */
const BETWEEN_WORDS = /[\s"',;<>(){}[\]]/;

/**
 * Reads every token of a text, line by line, in slices between which the page can do other things. A worker would need a policy
 * that lets the page run code from a blob, for the sake of a few seconds.
 *
 * @returns The rows; those so far where it was ended.
 */
export async function readBatch(text: string, { certificates, now, onProgress, signal }: BatchOptions): Promise<BatchRow[]> {
  const rows: BatchRow[] = [];
  let paused = performance.now();
  for (const { piece, end } of piecesOf(text)) {
    for (const read of await readsIn(piece)) {
      rows.push(await rowOf(read, rows.length + 1, certificates, now));
      if (performance.now() - paused < SLICE) continue;
      onProgress(end / text.length, rows);
      await new Promise((done) => setTimeout(done, 0));
      if (signal.aborted) return rows;
      paused = performance.now();
    }
  }
  onProgress(1, rows);
  return rows;
}

/** The lines of a text; a long one in parts, between its words. */
function* piecesOf(text: string): Generator<{ piece: string; end: number }> {
  for (let start = 0; start < text.length;) {
    const line = text.indexOf("\n", start);
    let end = line < 0 ? text.length : line + 1;
    if (end - start > LONGEST_PIECE) {
      end = start + LONGEST_PIECE;
      while (end > start && !BETWEEN_WORDS.test(text[end - 1]!)) end--;
      if (end === start) end = start + LONGEST_PIECE;
    }
    const piece = text.slice(start, end).trim();
    start = end;
    if (piece !== "") yield { piece, end };
  }
}

/** The tokens in a piece, read; a damaged one too, and of the whiteboard as text. */
async function readsIn(piece: string): Promise<(Read | string)[]> {
  const { read, found, whiteboard } = await readPasted(piece, {});
  const all = [...found, ...whiteboard].sort((a, b) => a.start - b.start);
  if (all.length === 0) return read.format === undefined ? [whiteboardIn(read.text) ?? []].flat() : [read];
  return await Promise.all(all.map(({ token, version }) => version === "whiteboard" ? token : readToken(token, {}, [])));
}

async function rowOf(read: Read | string, place: number, certificates: readonly string[], now: number): Promise<BatchRow> {
  const { text, inspection, diagnosis } = typeof read === "string"
    ? { text: read, ...await readWhiteboard(read, "", now) }
    : { text: read.text, inspection: inspectionOf(read), diagnosis: withVerdict(await judge(read, { now }, certificates)) };
  const { view, version = "" } = inspection;
  const nothing = { found: [], chosen: undefined, which: 0, listed: [], repaired: undefined, expired: 0 };
  const { tone, title } = inspectVerdict({ text, inspection, diagnosis, ...nothing });
  const names = (of: (right: typeof view.rights[number]) => Name | undefined) =>
    [...new Set(view.rights.map(of).map((name) => name === undefined ? "" : inWords(name)))].filter((name) => name !== "").join(
      " / ",
    );
  return {
    place,
    tone,
    verdict: title,
    format: version,
    services: [...new Set(view.rights.map(({ service = "" }) => serviceTitle(service)))].join(" + "),
    channel: names(({ channel, room }) => channel ?? room),
    user: names(({ user }) => user),
    expiresAt: view.validity.expiresAt,
    certificate: diagnosis.signature === "valid"
      ? (diagnosis as Diagnosis).certificateIndex! + 1
      : diagnosis.signature === "invalid"
      ? 0
      : undefined,
    appId: view.appId,
    token: text,
  };
}

/** A name in a list: `*` for any, nothing for one that the token does not hold. */
function inWords(name: Name): string {
  if (name.kind === "any") return "*";
  return name.kind === "text" || name.kind === "pattern" ? name.value : "";
}
