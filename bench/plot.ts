/** Draws plots as one small SVG, which is readable on light and dark pages. @module */

/** A point: how many, and the microseconds. */
export type Point = readonly [count: number, microseconds: number];

/** One plot: its title, and its lines by their names. */
export interface Plot {
  readonly title: string;
  readonly lines: Readonly<Record<string, readonly Point[]>>;
}

const [WIDTH, HEIGHT, LEFT, TOP] = [360, 220, 60, 30];
const COLORS = ["#2f7ed8", "#d9822b", "#3a9d5d"];

/** The plots beside and below one another, two in a row. Each has its own scales, and both begin at 0. */
export function drawn(plots: readonly Plot[]): string {
  const [width, height] = [2 * WIDTH, Math.ceil(plots.length / 2) * HEIGHT];
  const parts = plots.map((plot, index) => {
    return `<g transform="translate(${index % 2 * WIDTH} ${Math.floor(index / 2) * HEIGHT})">\n${plotOf(plot)}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" fill="#808080">
<title>The time of a call grows in a straight line</title>
${parts.join("\n")}
</svg>
`;
}

function plotOf({ title, lines }: Plot): string {
  const points = Object.values(lines).flat();
  const [most, longest] = [Math.max(...points.map(([x]) => x)), Math.max(...points.map(([, y]) => y))];
  const [right, bottom] = [WIDTH - 20, HEIGHT - 30];
  const x = (count: number) => (LEFT + count / most * (right - LEFT)).toFixed(1);
  const y = (time: number) => (bottom - time / longest * (bottom - TOP)).toFixed(1);
  const series = Object.entries(lines).map(([name, points], index) => {
    const color = COLORS[index % COLORS.length]!;
    const path = points.map(([count, time]) => `${x(count)},${y(time)}`).join(" ");
    const dots = points.map(([count, time]) => `<circle cx="${x(count)}" cy="${y(time)}" r="2"/>`).join("");
    const label = `<text x="${LEFT + 8}" y="${TOP + 12 + 14 * index}" fill="${color}">${name}</text>`;
    return `<polyline points="${path}" fill="none" stroke="${color}"/><g fill="${color}">${dots}</g>${label}`;
  });
  return [
    `<text x="${LEFT}" y="18" font-weight="bold">${title}</text>`,
    `<path d="M${LEFT} ${TOP}V${bottom}H${right}" fill="none" stroke="#808080"/>`,
    `<text x="${LEFT - 6}" y="${TOP + 4}" text-anchor="end">${inMilliseconds(longest)}</text>`,
    `<text x="${LEFT - 6}" y="${bottom}" text-anchor="end">0</text>`,
    `<text x="${right}" y="${bottom + 16}" text-anchor="end">${most.toLocaleString("en")}</text>`,
    ...series,
  ].join("\n");
}

function inMilliseconds(microseconds: number): string {
  return `${(microseconds / 1000).toFixed(microseconds < 10_000 ? 1 : 0)} ms`;
}
