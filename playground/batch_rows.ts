import type { Tone } from "./verdict.ts";

/** One token of many. */
export interface BatchRow {
  /** Its place among the tokens of the text, from 1. */
  place: number;
  /** How the verdict looks. */
  tone: Tone;
  /** The verdict in words. */
  verdict: string;
  /** The format. */
  format: string;
  /** The services that it is for. */
  services: string;
  /** The channel, or the room; empty where there is none. */
  channel: string;
  /** The user; empty where there is none. */
  user: string;
  /** When it expires, in Unix seconds. */
  expiresAt: number | undefined;
  /** Which certificate made it, from 1; 0 where none of those given did, `undefined` where that could not be checked. */
  certificate: number | undefined;
  /** The project. */
  appId: string;
  /** The token: to open it, and in no list that leaves the page. */
  token: string;
}

/** The columns by which the rows can be sorted, and which CSV and JSON have. */
export const COLUMNS = [
  "place",
  "verdict",
  "format",
  "services",
  "channel",
  "user",
  "expiresAt",
  "certificate",
  "appId",
] as const;

/** A column. */
export type Column = typeof COLUMNS[number];

/** The rows in the order of a column; those without a value last. */
export function sorted(rows: readonly BatchRow[], column: Column, isDescending: boolean): BatchRow[] {
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [one[column], other[column]];
    if (a === b) return one.place - other.place;
    if (a === undefined || a === "") return 1;
    if (b === undefined || b === "") return -1;
    return sign * (typeof a === "number" ? a - (b as number) : a < b ? -1 : 1);
  });
}

/** The rows as CSV (RFC 4180), without the tokens. A text that a spreadsheet would calculate has an apostrophe before it. */
export function csvOf(rows: readonly BatchRow[]): string {
  const cell = (value: string | number | undefined) => {
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? "");
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => row[column]))];
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** The rows as JSON, without the tokens. */
export function jsonOf(rows: readonly BatchRow[]): string {
  return JSON.stringify(rows.map((row) => Object.fromEntries(COLUMNS.map((column) => [column, row[column]]))), null, 1);
}
