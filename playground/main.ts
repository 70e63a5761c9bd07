/** The playground: shows every byte of a token, and why it does not work. @module */
import { askView, isServed } from "./ask_view.ts";
import { buildView } from "./build_view.ts";
import { button, h } from "./dom.ts";
import { EXAMPLES } from "./examples.ts";
import { inspectView } from "./inspect_view.ts";
import { joinView } from "./join_view.ts";
import { learnView } from "./learn_view.ts";
import { news, spoken } from "./say.ts";
import { openWhenMade, watch } from "./state.ts";
import { Tabs } from "./tabs.ts";
import { T } from "./texts.ts";
import { nowSeconds } from "./times.ts";

const toInspect = () => {
  tabs.open("inspect");
  document.getElementById("tab-inspect")!.focus();
};
const inspect = inspectView();
const tabs = new Tabs([
  { id: "inspect", label: T.tabs.inspect, view: inspect },
  {
    id: "join",
    label: T.tabs.join,
    view: joinView((finding) => {
      tabs.open("inspect");
      void inspect.showSpan(finding);
    }),
  },
  { id: "build", label: T.tabs.build, view: buildView(toInspect) },
  { id: "learn", label: T.tabs.learn, view: learnView(toInspect) },
  ...(isServed() ? [{ id: "ask", label: T.tabs.ask, view: askView(toInspect) }] : []),
], T.tabs.label);

const THEMES = ["auto", "light", "dark"] as const;
let theme = 0;
const themeButton = button(T.theme.auto, () => {
  theme = (theme + 1) % THEMES.length;
  document.documentElement.dataset.theme = THEMES[theme]!;
  themeButton.textContent = T.theme[THEMES[theme]!];
}, { class: "quiet theme", title: T.themeLabel });

document.body.append(
  h(
    "header",
    {},
    h("div", { class: "brand" }, h("h1", {}, T.title), h("p", {}, T.tagline)),
    themeButton,
    h("nav", { "aria-label": T.tabs.label }, tabs.list),
  ),
  h("main", {}, ...tabs.panels),
  h("footer", {}, h("p", {}, isServed() ? T.privacyServed : T.privacy), h("p", {}, T.independent)),
  news,
  spoken,
);
watch(() => tabs.update());
void openWhenMade(EXAMPLES.publisher!(nowSeconds()));
