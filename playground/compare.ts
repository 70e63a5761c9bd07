import type { Inspection } from "../mod.ts";
import { hexPairs } from "../src/bytes/hex.ts";
import { utc, visible } from "../src/inspect/words.ts";
import { language, N } from "./language.ts";
import { labelOf } from "./spans.ts";
import { duration } from "./times.ts";

/** A field of two tokens. */
export interface Compared {
  /** The field for people, with its service. */
  label: string;
  /** The value in the one; `undefined` where it has no such field. */
  one: string | undefined;
  /** The value in the other. */
  other: string | undefined;
  /** How they differ, if they do. */
  difference?: "differs" | "case" | "missing";
}

/** Compares two tokens field by field: those of a service with those of the same service in the other, wherever it stands. */
export function compared(one: Inspection, other: Inspection): Compared[] {
  const [left, right] = [fieldsOf(one), fieldsOf(other)];
  return [...new Set([...left.keys(), ...right.keys()])].map((key) => {
    const [a, b] = [left.get(key), right.get(key)];
    const row = { label: (a ?? b)!.label, one: a?.value, other: b?.value };
    if (a?.value === b?.value) return row;
    if (a === undefined || b === undefined) return { ...row, difference: "missing" };
    return { ...row, difference: folded(a.value) === folded(b.value) ? "case" : "differs" };
  });
}

/** A text without the differences that one overlooks. */
function folded(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{P}]/gu, "").toLowerCase();
}

/** The fields of a token by a key that is the same in another token. */
function fieldsOf({ version, spans, bytes, token, partial, view }: Inspection): Map<string, { label: string; value: string }> {
  const data = token ?? partial;
  const services = data?.version === "007" ? data.services ?? [] : [];
  const fields = new Map<string, { label: string; value: string }>();
  fields.set("version", { label: labelOf({ path: "version" }), value: version ?? "" });
  for (const span of spans) {
    const { path, value, type } = span;
    // Counts and types say nothing that the other fields do not; the version is there already.
    if (type === "fault" || /(^|\.)(version|type|count|serviceCount|length)$|privileges\[\d+\]$/.test(path)) continue;
    const service = services[Number(/^services\[(\d+)\]/.exec(path)?.[1] ?? NaN)];
    const nth = service === undefined
      ? 0
      : services.slice(0, services.indexOf(service)).filter((s) => s.type === service.type).length;
    const own = service === undefined ? path : `${service.type}${nth}.${path.replace(/^services\[\d+\]\./, "")}`;
    const title = service && language.services[service.type].title;
    const label = `${title === undefined ? "" : `${title} · `}${labelOf(span)}`;
    const text = value === undefined ? hexPairs(bytes.subarray(span.start, span.end)) : meant(path, value, view.issuedAt);
    fields.set(own, { label, value: text });
  }
  return fields;
}

/** A value, and the time or the duration that it is. */
function meant(path: string, value: unknown, issuedAt: number | undefined): string {
  const number = Number(value);
  if (["issueTs", "unixTs", "ts", "expiredTs"].includes(path)) return `${value} (${utc(number)})`;
  const isDuration = path === "expire" || path.startsWith("services[") && path.includes(".privileges.");
  if (isDuration && issuedAt !== undefined) return `${value} s (${duration(number)})`;
  return typeof value === "string" ? value === "" ? N.compare.empty : visible(value) : String(value);
}
