import { inspectToken } from "../mod.ts";
import { BytesView, ENVELOPE } from "./bytes_view.ts";
import { button, fill, h, hasModifier } from "./dom.ts";
import { exampleOfFormat, TOUR_TOKEN } from "./examples.ts";
import { openWhenMade } from "./state.ts";
import type { View } from "./tabs.ts";
import { T } from "./texts.ts";
import { nowSeconds } from "./times.ts";

/** The Learn view: a walk through a real token, step by step, and a comparison of all formats. */
export function learnView(onOpen: () => void): View {
  const bytes = new BytesView();
  const step = h("div", { class: "step", role: "status" });
  const place = h("span", { class: "place" });
  const back = button(T.learn.back, () => go(at - 1));
  const next = button(T.learn.next, () => go(at + 1), { class: "primary" });
  let paths: string[] | undefined;
  let at = 0;

  const go = (to: number) => {
    at = Math.max(0, Math.min(T.learn.steps.length - 1, to));
    const { title, text, lights } = T.learn.steps[at]!;
    fill(step, h("h3", {}, title), h("p", {}, text));
    place.textContent = T.learn.place(at + 1, T.learn.steps.length);
    // A button that becomes disabled passes the focus to the other.
    const [isFirst, isLast] = [at === 0, at === T.learn.steps.length - 1];
    const focused = document.activeElement;
    back.disabled = isFirst;
    next.disabled = isLast;
    if (focused === next && isLast) back.focus();
    if (focused === back && isFirst) next.focus();
    const wanted = new RegExp(lights);
    const lit = (paths ?? []).flatMap((path, index) => wanted.test(path) ? [index] : []);
    bytes.links.choose(wanted.test("envelope") ? [ENVELOPE, ...lit] : lit);
  };
  const update = async () => {
    if (paths !== undefined) return;
    const inspection = await inspectToken(TOUR_TOKEN);
    paths = inspection.spans.map(({ path }) => path);
    bytes.show(TOUR_TOKEN, inspection);
    go(0);
  };

  const tour = h(
    "section",
    { class: "card tour", "aria-label": T.learn.tour },
    h("h2", {}, T.learn.tour),
    step,
    h("div", { class: "actions" }, back, next, place),
    bytes.element,
  );
  tour.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (target !== back && target !== next || hasModifier(event)) return;
    if (key === "ArrowRight") go(at + 1);
    if (key === "ArrowLeft") go(at - 1);
  });
  return { element: h("div", {}, tour, formats(onOpen)), update };
}

/** The formats side by side, the newest first; each with an example to open. */
function formats(onOpen: () => void): HTMLElement {
  const rows = T.learn.formats.map(({ version, cells }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, version),
      ...cells.map((cell) => h("td", {}, cell)),
      h(
        "td",
        {},
        button(T.learn.open, async () => {
          await openWhenMade(exampleOfFormat(version, nowSeconds()));
          onOpen();
        }, { class: "quiet", "aria-label": T.learn.openFormat(version) }),
      ),
    )
  );
  return h(
    "section",
    { class: "card", "aria-label": T.learn.years },
    h("h2", {}, T.learn.years),
    h("p", { class: "lead" }, T.learn.yearsText),
    h(
      "div",
      { class: "scroll", tabindex: 0, role: "group", "aria-label": T.learn.years },
      h(
        "table",
        { class: "formats" },
        h("thead", {}, h("tr", {}, ...T.learn.columns.map((column) => h("th", { scope: "col" }, column)))),
        h("tbody", {}, ...rows),
      ),
    ),
  );
}
