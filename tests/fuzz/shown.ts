import type { Summary } from "./run.ts";

/** A summary as text: what each call said of the inputs of each format, and how many tokens were accepted by what was done to them. */
export function shown({ formats, changes }: Summary): string {
  const rows = Object.entries(formats).sort(([a], [b]) => a < b ? 1 : -1);
  const outcomes = [...new Set(rows.flatMap(([, counts]) => Object.keys(counts)))].sort();
  const lines = rows.map(([format, counts]) => {
    const calls = new Map<string, string[]>();
    for (const outcome of outcomes) {
      const [call, what] = split(outcome);
      if (counts[outcome] !== undefined) calls.set(call, [...calls.get(call) ?? [], `${counts[outcome]} ${what}`]);
    }
    return `${format}\n${[...calls].map(([call, list]) => `  ${call.padEnd(9)}${list.join(", ")}`).join("\n")}`;
  });
  const byChange = Object.entries(changes).sort(([a], [b]) => a < b ? -1 : 1).map(([change, counts]) => {
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return `${change.padEnd(48)}${`${all}`.padStart(9)}${`${counts.accepted ?? 0}`.padStart(9)}`;
  });
  const [all, accepted] = [total(changes), total(changes, "accepted")];
  const share = all === 0 ? "" : ` (${Math.round(100 * accepted / all)} %)`;
  return [
    ...lines,
    `\n${"what was done".padEnd(48)}${"inputs".padStart(9)}${"accepted".padStart(9)}`,
    ...byChange,
    `${"in all".padEnd(48)}${`${all}`.padStart(9)}${`${accepted}`.padStart(9)}${share}`,
  ].join("\n");
}

function split(outcome: string): [call: string, what: string] {
  const at = outcome.indexOf(" ");
  return [outcome.slice(0, at), outcome.slice(at + 1)];
}

/** How many inputs there were, in all or of one outcome. */
export function total(table: Summary["changes"], outcome?: string): number {
  const counts = Object.values(table).flatMap((row) => Object.entries(row));
  return counts.reduce((sum, [name, count]) => sum + (outcome === undefined || name === outcome ? count : 0), 0);
}
