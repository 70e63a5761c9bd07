/** The playground: what a token is, whether it works, and why not. @module */
import "./languages/languages.ts"; // first, so that texts stand beside texts in the bundle: it is then a kilobyte less to transfer
import { followAddresses, openAddress, openPlace, visit } from "./addresses.ts";
import { askView, isServed } from "./ask_view.ts";
import { batchView } from "./batch_view.ts";
import { buildView } from "./build_view.ts";
import { fill, h, hasModifier } from "./dom.ts";
import { enterAgain } from "./enter_again.ts";
import { EXAMPLES } from "./examples.ts";
import { renewFrame, translateFrame } from "./frame.ts";
import { inspectView } from "./inspect_view.ts";
import { joinView } from "./join_view.ts";
import { language, languageFor, speak, T } from "./language.ts";
import { type LanguageName, LANGUAGES } from "./languages/languages.ts";
import { learnView } from "./learn_view.ts";
import { change, current, forgetWatchers, opened, openWhenMade, watch } from "./state.ts";
import { Tabs, type View } from "./tabs.ts";
import { themeButton } from "./theme.ts";
import { nowSeconds } from "./times.ts";
import { takeDrops, tokenBox } from "./token_box.ts";

/** Makes the views in the language of the page; what they show is in the state. */
function makeViews(): Readonly<Record<string, View>> {
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
  languageLinks(document.querySelector(".languages")!);
  document.getElementById("privacy")!.textContent = isServed() ? T.privacyServed : T.privacy;
  watch(() => tabs.update());
  followAddresses(Object.keys(views), ({ view, step }) => {
    tabs.open(view);
    if (view === "learn") learn.go(step);
  });
  return views;
}

/** The other languages, as links: each is an address of the page, but nothing that was typed in is lost on the way there. */
function languageLinks(holder: Element): void {
  const others = Object.entries(LANGUAGES).filter(([, other]) => other !== language);
  const link = ([name, { name: own, texts: { page } }]: typeof others[number]) => {
    const href = `?lang=${name}`;
    const follow = (event: MouseEvent) => {
      if (hasModifier(event as never)) return;
      event.preventDefault();
      try {
        history.pushState(null, "", href + location.hash);
      } catch {
        // a page from disk, in browsers that let its address change in no other way than by its fragment
      }
      turnTo(name as LanguageName);
    };
    return h("a", { href, hreflang: page.language, lang: page.language, onclick: follow }, own);
  };
  fill(holder, ...others.map(link));
}

let turning = Promise.resolve();

/** Makes the page anew in another language, and enters what stood in it. */
function turnTo(name: LanguageName): void {
  turning = turning.then(async () => {
    if (LANGUAGES[name] === language) return;
    const before = document.querySelector("main")!;
    speak(name);
    forgetWatchers();
    renewFrame();
    translateFrame();
    const views = makeViews();
    for (const [name, view] of Object.entries(views)) {
      await view.update();
      enterAgain(view.element, before.querySelector(`#panel-${name}`)!);
    }
    openPlace();
    document.querySelector<HTMLElement>(".languages a")!.focus();
  });
}

const asked = () => languageFor(location.search, navigator.languages);
const typed = document.querySelector("textarea")!.value; // before the script was there
if (typed !== "") change({ text: typed });
speak(asked());
translateFrame();
makeViews();
takeDrops();
addEventListener("hashchange", () => void openAddress());
addEventListener("popstate", () => turnTo(asked()));
void openAddress().then((isShared) => {
  if (!isShared && current().text === "") void openWhenMade(EXAMPLES.publisher!(nowSeconds()));
  opened();
});
