/** The children of an element; `undefined` and `false` are left out. */
export type Child = Node | string | false | undefined;

/** Attributes by name; a function, as under `onclick`, is a listener. `style` is not possible: the policy of the page forbids it. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: never) => void)>>;

/** Makes an element. Text is only ever text: nothing here reads markup. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...present(children));
  return element;
}

/** Replaces the children of an element. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...present(children));
}

/** Changes the text of an element if it is another: a countdown is the same for many seconds. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Makes the first button of a roving group reachable by Tab, if none is. */
export function oneTabStop(container: HTMLElement): void {
  const all = [...container.querySelectorAll("button")];
  if (!all.some(({ tabIndex }) => tabIndex === 0)) all[0]?.setAttribute("tabindex", "0");
}

/** A part to draw. It is made anew only if the part at its place had another key. */
export interface Part {
  key: string;
  make: () => Node;
}

const drawn = new WeakMap<Element, string[]>();

/** Draws a list of parts, and keeps those that did not change: typing in a long token changes few of them. */
export function redraw(parent: Element, parts: readonly Part[]): void {
  const old = drawn.get(parent) ?? [];
  parts.forEach(({ key, make }, index) => {
    if (old[index] === key) return;
    const there = parent.childNodes[index];
    if (there === undefined) parent.append(make());
    else there.replaceWith(make());
  });
  while (parent.childNodes.length > parts.length) parent.lastChild!.remove();
  drawn.set(parent, parts.map(({ key }) => key));
}

function present(children: readonly Child[]): (Node | string)[] {
  return children.filter((child) => child !== undefined && child !== false);
}

let lastId = 0;

/** An id that no other element has. */
export function newId(): string {
  return `e${++lastId}`;
}

/** A button with an action. */
export function button(label: string, onclick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  return h("button", { type: "button", onclick, ...attributes }, label);
}

/** How many items of a list are shown at first. */
const FIRST_ITEMS = 16;

/** The first items of a long list, and a button that shows the rest. */
export function folded<Item>(items: readonly Item[], make: (item: Item) => HTMLElement, words: string): HTMLElement[] {
  const shown = items.slice(0, FIRST_ITEMS).map(make);
  if (items.length === shown.length) return shown;
  const more = button(words, () => {
    const rest = items.slice(FIRST_ITEMS).map(make);
    more.parentElement!.replaceWith(...rest);
    rest[0]!.tabIndex = -1;
    rest[0]!.focus();
  });
  return [...shown, h("li", {}, more)];
}

/** Whether a key belongs to the browser or the system: Alt with an arrow goes back in history. */
export function hasModifier({ altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return altKey || ctrlKey || metaKey || shiftKey;
}

/**
 * Arrow keys, Home and End move the focus among the controls that `selector` finds; only one of them takes the Tab key.
 *
 * @param onMove What to do with the control moved to, besides focusing it.
 */
export function roving(container: HTMLElement, selector: string, onMove?: (control: HTMLElement) => void): void {
  const controls = () => [...container.querySelectorAll<HTMLElement>(selector)];
  container.addEventListener("keydown", (event) => {
    const all = controls();
    const at = all.indexOf(event.target as HTMLElement);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[
      event.key
    ];
    if (at < 0 || to === undefined || hasModifier(event)) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length]!;
    next.focus();
    onMove?.(next);
  });
  container.addEventListener("focusin", ({ target }) => {
    const all = controls();
    if (!all.includes(target as HTMLElement)) return;
    for (const control of all) control.tabIndex = control === target ? 0 : -1;
  });
}
