import { type Inspection, inspectToken } from "../mod.ts";
import { readPasted } from "../src/inspect/find/pasted.ts";
import { visit } from "./addresses.ts";
import { BytesView, ENVELOPE } from "./bytes_view.ts";
import { button, fill, h, hasModifier } from "./dom.ts";
import { exampleOfFormat, exampleOfWhiteboard, TOUR_TOKEN, TOUR_TOKEN_006 } from "./examples.ts";
import { N, T } from "./language.ts";
import { BOUNDS, LONGEST_PASTE } from "./reading.ts";
import { current, openWhenMade } from "./state.ts";
import type { View } from "./tabs.ts";
import { nowSeconds } from "./times.ts";

/** Which fields the steps of a tour light, as patterns of their paths. */
const LIGHTS_007 = [
  /^envelope$/,
  /^signature$/,
  /^appId$/,
  /^(issueTs|expire)$/,
  /^salt$/,
  /^(serviceCount|services\[0\]\.type)$/,
  /^services\[0\]\.privileges/,
  /^services\[0\]\.(channelName|uid)$/,
  /^(?!signature$|envelope$)/,
];
const LIGHTS_006 = [
  /^(version|appId)$/,
  /^signature$/,
  /^crc/,
  /^(message|salt|ts|privileges)/,
  /^(salt|ts)$/,
  /^privileges/,
  /^(crc|privileges)/,
];

/** The tours, by what their addresses have before the number of the step; and their texts. */
const TOURS = { "": "example", own: "own", "006": "old" } as const;

type TourName = keyof typeof TOURS;

/** The Learn view: walks through real tokens, step by step, a comparison of all formats, and a map of the credentials. */
export function learnView(onOpen: () => void): View & { go: (step?: string) => void } {
  const bytes = new BytesView();
  const step = h("div", { class: "step", role: "status" });
  const place = h("span", { class: "place" });
  const back = button(T.learn.back, () => move(at - 1));
  const next = button(T.learn.next, () => move(at + 1), { class: "primary" });
  const chips = Object.entries(TOURS).map(([name, label]) =>
    button(N.learn[label], () => void open(name as TourName, 0, true), { class: "chip", "data-tour": name })
  );
  let tour: TourName = "";
  let at = 0;
  let steps: typeof T.learn.steps = [];
  let shown: Inspection | undefined;
  let latest = 0;

  const draw = () => {
    const { title, text } = steps[at]!;
    fill(step, h("h3", {}, title), h("p", {}, text));
    place.textContent = T.learn.place(at + 1, steps.length);
    for (const chip of chips) chip.setAttribute("aria-pressed", String(chip.dataset.tour === tour));
    // A button that becomes disabled passes the focus to the other.
    const [isFirst, isLast] = [at === 0, at === steps.length - 1];
    const focused = document.activeElement;
    back.disabled = isFirst;
    next.disabled = isLast;
    if (focused === next && isLast) back.focus();
    if (focused === back && isFirst) next.focus();
    const wanted = (shown!.version === "006" ? LIGHTS_006 : LIGHTS_007)[at]!;
    const lit = shown!.spans.flatMap(({ path }, index) => wanted.test(path) ? [index] : []);
    bytes.links.choose(wanted.test("envelope") ? [ENVELOPE, ...lit] : lit);
  };
  /** Opens a tour at a step, counted from 0; a person's choice becomes the address of the page. */
  const open = async (name: TourName, to: number, isChosen: boolean) => {
    const call = ++latest;
    const own = await ownToken();
    const text = name === "own" && own !== undefined ? own.text : name === "006" ? TOUR_TOKEN_006 : TOUR_TOKEN;
    const inspection = await inspectToken(text);
    if (call !== latest) return; // another was opened meanwhile
    tour = name === "own" && own === undefined ? "" : name;
    chips.find(({ dataset }) => dataset.tour === "own")!.disabled = own === undefined;
    noOwn.hidden = own !== undefined;
    steps = inspection.version === "006" ? N.learn.steps006 : T.learn.steps;
    at = Math.max(0, Math.min(steps.length - 1, to));
    shown = inspection;
    bytes.show(text, inspection);
    draw();
    if (isChosen) remember();
  };
  const remember = () => visit({ view: "learn", step: tour === "" ? String(at + 1) : `${tour}/${at + 1}` });
  const move = (to: number) => {
    if (to < 0 || to >= steps.length) return;
    at = to;
    draw();
    remember();
  };
  const go = (address = "") => {
    const [, name = "", number = "1"] = /^(?:([a-z0-9]+)\/)?(\d+)$/.exec(address) ?? [];
    void open(Object.hasOwn(TOURS, name) ? name as TourName : "", Number(number) - 1, false);
  };

  const noOwn = h("p", { class: "note" }, N.learn.noOwn);
  const element = h(
    "div",
    {},
    h(
      "section",
      { class: "card tour", "aria-label": T.learn.tour },
      h("h2", {}, T.learn.tour),
      h("div", { class: "examples", role: "group", "aria-label": N.learn.tours }, ...chips),
      noOwn,
      step,
      h("div", { class: "actions" }, back, next, place),
      bytes.element,
    ),
    formats(onOpen),
    credentials(onOpen),
  );
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (hasModifier(event) || !element.checkVisibility() || usesArrows(target as Element)) return;
    if (key === "ArrowRight") move(at + 1);
    if (key === "ArrowLeft") move(at - 1);
  });
  const update = async () => {
    // Another token in Inspect is another tour of it.
    const own = await ownToken();
    if (shown === undefined || tour === "own") await open(tour, at, false);
    chips.find(({ dataset }) => dataset.tour === "own")!.disabled = own === undefined;
    noOwn.hidden = own !== undefined;
  };
  return { element, update, go };
}

/** Whether an element has arrow keys of its own: a table, the tabs, a text, or what scrolls. */
function usesArrows(target: Element): boolean {
  return target.closest?.("input, select, textarea, .hex, .token-text, .scroll, [role=tablist]") != null;
}

/** The first whole token in what was pasted, of a format that has a tour. */
async function ownToken(): Promise<{ text: string } | undefined> {
  const { read } = await readPasted(current().text.slice(0, LONGEST_PASTE), BOUNDS);
  const version = read.format?.version;
  return read.reading.error === undefined && (version === "007" || version === "006") ? { text: read.text } : undefined;
}

/** The formats side by side, the newest first; each with an example to open. */
function formats(onOpen: () => void): HTMLElement {
  const rows = T.learn.formats.map((cells) => [
    ...cells,
    button(T.learn.open, async () => {
      await openWhenMade(exampleOfFormat(cells[0]!, nowSeconds()));
      onOpen();
    }, { class: "quiet", "aria-label": T.learn.openFormat(cells[0]!) }),
  ]);
  return wideTable(T.learn.years, T.learn.yearsText, T.learn.columns, rows);
}

/** All of Agora's credentials: which for which product, and who holds it. */
function credentials(onOpen: () => void): HTMLElement {
  const whiteboard = button(T.whiteboard.open, async () => {
    await openWhenMade(exampleOfWhiteboard(nowSeconds()));
    onOpen();
  }, { class: "quiet" });
  const rows = N.learn.credentials.map((cells) =>
    cells[1]!.includes("NETLESS") ? [...cells.slice(0, -1), h("span", {}, `${cells.at(-1)} `, whiteboard)] : cells
  );
  return wideTable(N.learn.map, N.learn.mapText, N.learn.mapColumns, rows);
}

/** A card with a table that scrolls where it is wider than the page. */
function wideTable(
  title: string,
  lead: string,
  columns: readonly string[],
  rows: readonly (readonly (string | HTMLElement)[])[],
): HTMLElement {
  return h(
    "section",
    { class: "card", "aria-label": title },
    h("h2", {}, title),
    h("p", { class: "lead" }, lead),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-label": title },
      h(
        "table",
        { class: "formats" },
        h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column)))),
        h(
          "tbody",
          {},
          ...rows.map(([head, ...cells]) =>
            h("tr", {}, h("th", { scope: "row" }, head), ...cells.map((cell) => h("td", {}, cell)))
          ),
        ),
      ),
    ),
  );
}
