/** The playground: what a token is, whether it works, and why not. @module */
import { followAddresses, visit } from "./addresses.ts";
import { askView, isServed } from "./ask_view.ts";
import { batchView } from "./batch_view.ts";
import { buildView } from "./build_view.ts";
import { EXAMPLES } from "./examples.ts";
import { inspectView } from "./inspect_view.ts";
import { joinView } from "./join_view.ts";
import { learnView } from "./learn_view.ts";
import { current, opened, openWhenMade, watch } from "./state.ts";
import { Tabs } from "./tabs.ts";
import { T } from "./texts.ts";
import { themeButton } from "./theme.ts";
import { nowSeconds } from "./times.ts";
import { tokenBox } from "./token_box.ts";

const openTab = (name: string) => {
  tabs.open(name);
  visit({ view: name });
  document.getElementById(`tab-${name}`)!.focus();
};
const toInspect = () => openTab("inspect");
const box = tokenBox();
const inspect = inspectView(box, openTab);
const learn = learnView(toInspect);
const views = {
  inspect,
  join: joinView(box, (finding) => {
    openTab("inspect");
    void inspect.showSpan(finding);
  }),
  build: buildView(toInspect),
  batch: batchView(toInspect),
  learn,
  ...(isServed() ? { ask: askView(toInspect) } : {}),
};
const tabs = new Tabs(views, (view) => visit({ view }));
themeButton(document.querySelector(".theme")!);
document.getElementById("privacy")!.textContent = isServed() ? T.privacyServed : T.privacy;
watch(() => tabs.update());
void followAddresses(Object.keys(views), ({ view, step }) => {
  tabs.open(view);
  if (view === "learn") learn.go(step);
}).then((isShared) => {
  if (!isShared && current().text === "") void openWhenMade(EXAMPLES.publisher!(nowSeconds()));
  opened();
});
