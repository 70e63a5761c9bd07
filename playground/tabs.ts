import { h, roving } from "./dom.ts";

/** The content of a tab. */
export interface View {
  /** The element to put on the page. */
  element: HTMLElement;
  /** Updates it; called when its tab opens, and after every change while it is open. */
  update: () => unknown;
}

/** A tab: its label and its content. */
export interface Tab {
  id: string;
  label: string;
  view: View;
}

/** Tabs in the ARIA pattern: arrow keys move among them, Tab moves into the panel. */
export class Tabs {
  /** The row of tabs. */
  readonly list: HTMLElement;
  /** The panels. */
  readonly panels: HTMLElement[];
  readonly #tabs: readonly Tab[];
  #open: string;

  constructor(tabs: readonly Tab[], label: string) {
    this.#tabs = tabs;
    this.#open = tabs[0]!.id;
    this.list = h(
      "div",
      { role: "tablist", "aria-label": label },
      ...tabs.map(({ id, label }) =>
        h("button", {
          type: "button",
          role: "tab",
          id: `tab-${id}`,
          "aria-controls": `panel-${id}`,
          onclick: () => this.open(id),
        }, label)
      ),
    );
    roving(this.list, "[role=tab]", (tab) => tab.click());
    this.panels = tabs.map(({ id, view }) =>
      h("div", { role: "tabpanel", id: `panel-${id}`, "aria-labelledby": `tab-${id}` }, view.element)
    );
    this.open(this.#open);
  }

  /** Opens a tab. */
  open(id: string): void {
    this.#open = id;
    this.#tabs.forEach((tab, index) => {
      const button = this.list.children[index] as HTMLButtonElement;
      button.setAttribute("aria-selected", String(tab.id === id));
      button.tabIndex = tab.id === id ? 0 : -1;
      this.panels[index]!.hidden = tab.id !== id;
    });
    this.update();
  }

  /** Updates the open view. */
  update(): void {
    void this.#tabs.find(({ id }) => id === this.#open)!.view.update();
  }
}
