import { fill, h, roving } from "./dom.ts";

/** The content of a tab. */
export interface View {
  /** The element to put on the page. */
  element: HTMLElement;
  /** Updates it; called when its tab opens, and after every change while it is open. */
  update: () => unknown;
}

/** Tabs in the ARIA pattern: arrow keys move among them, Tab moves into the panel. The row of tabs is in the page itself. */
export class Tabs {
  readonly #list = document.querySelector<HTMLElement>("[role=tablist]")!;
  readonly #views: Readonly<Record<string, View>>;
  #open: string;

  /**
   * @param views The views, by the ids of their tabs. A tab without a view is hidden.
   * @param onChoose What to do when a person chose a tab.
   */
  constructor(views: Readonly<Record<string, View>>, onChoose: (name: string) => void) {
    this.#views = views;
    const tabs = this.#tabs();
    for (const tab of tabs) {
      tab.hidden = !(nameOf(tab) in views);
      tab.addEventListener("click", () => {
        this.open(nameOf(tab));
        onChoose(nameOf(tab));
      });
    }
    roving(this.#list, "[role=tab]:not([hidden])", (tab) => tab.click());
    fill(
      document.querySelector("main")!,
      ...tabs.filter((tab) => !tab.hidden).map((tab) => {
        const id = tab.getAttribute("aria-controls")!;
        const panel = h("div", { role: "tabpanel", id, "aria-labelledby": tab.id }, views[nameOf(tab)]!.element);
        return panel;
      }),
    );
    this.#open = nameOf(tabs[0]!);
    this.open(this.#open);
  }

  /** Opens a tab. */
  open(name: string): void {
    this.#open = name;
    for (const tab of this.#tabs()) {
      const isOpen = nameOf(tab) === name;
      tab.setAttribute("aria-selected", String(isOpen));
      tab.tabIndex = isOpen ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls")!);
      if (panel !== null) panel.hidden = !isOpen;
    }
    this.update();
  }

  /** Updates the open view. */
  update(): void {
    void this.#views[this.#open]!.update();
  }

  #tabs(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>("[role=tab]")];
  }
}

const nameOf = (tab: HTMLElement) => tab.id.replace("tab-", "");
