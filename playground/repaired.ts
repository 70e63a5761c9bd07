import { type FindingParams, inspectToken } from "../mod.ts";

/** A damaged token as it should be, where it is known which one character was changed, lost or added, and that is all. */
export async function repaired(text: string, damage: FindingParams["text-damaged"]): Promise<string | undefined> {
  const whole = undone(text, damage);
  return whole !== undefined && (await inspectToken(whole)).error === undefined ? whole : undefined;
}

function undone(text: string, { edit, at, until, count = 1, wanted }: FindingParams["text-damaged"]): string | undefined {
  if (at === undefined || until !== undefined || count > 1) return undefined;
  const [before, own, after] = [text.slice(0, at - 1), text.slice(at - 1, at), text.slice(at)];
  if (edit === "inserted") return before + after;
  if (edit === "exchanged") return before + after.slice(0, 1) + own + after.slice(1);
  if (wanted === undefined) return undefined;
  return edit === "missing" ? before + wanted + own + after : edit === "unknown" ? undefined : before + wanted + after;
}
