/** The playground: what a token is, whether it works, and why not. @module */
import { askView, isServed } from "./ask_view.ts";
import { buildView } from "./build_view.ts";
import { EXAMPLES } from "./examples.ts";
import { inspectView } from "./inspect_view.ts";
import { joinView } from "./join_view.ts";
import { learnView } from "./learn_view.ts";
import { current, openWhenMade, watch } from "./state.ts";
import { Tabs } from "./tabs.ts";
import { T } from "./texts.ts";
import { themeButton } from "./theme.ts";
import { nowSeconds } from "./times.ts";
import { tokenBox } from "./token_box.ts";

const openTab = (name: string) => {
  tabs.open(name);
  document.getElementById(`tab-${name}`)!.focus();
};
const toInspect = () => openTab("inspect");
const box = tokenBox();
const inspect = inspectView(box, openTab);
const tabs = new Tabs({
  inspect,
  join: joinView(box, (finding) => {
    tabs.open("inspect");
    void inspect.showSpan(finding);
  }),
  build: buildView(toInspect),
  learn: learnView(toInspect),
  ...(isServed() ? { ask: askView(toInspect) } : {}),
});
themeButton(document.querySelector(".theme")!);
document.getElementById("privacy")!.textContent = isServed() ? T.privacyServed : T.privacy;
watch(() => tabs.update());
if (current().text === "") void openWhenMade(EXAMPLES.publisher!(nowSeconds()));
