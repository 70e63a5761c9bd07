/**
 * Ties together everything that shows the same field: a stretch of the token's text, bytes, a row of the table. All say in
 * `data-spans` which fields they show. Pointing at one, or focusing it, lights all; choosing one keeps them lit.
 */
export class Links {
  readonly #root: HTMLElement;
  #lit: readonly HTMLElement[] = [];
  #chosen: readonly number[] = [];

  /** Listens to everything inside `root`. */
  constructor(root: HTMLElement) {
    this.#root = root;
    const spansAt = ({ target }: Event) =>
      (target as Element).closest<HTMLElement>("[data-spans]")?.dataset.spans?.split(" ").map(Number);
    root.addEventListener("pointerover", (event) => this.#light(spansAt(event) ?? this.#chosen));
    root.addEventListener("pointerleave", () => this.#light(this.#chosen));
    root.addEventListener("focusin", (event) => this.#light(spansAt(event) ?? this.#chosen, event.target as Element));
    root.addEventListener("focusout", () => this.#light(this.#chosen));
    root.addEventListener("click", (event) => {
      const spans = spansAt(event);
      if (spans !== undefined) this.choose(spans.join() === this.#chosen.join() ? [] : spans, event.target as Element);
    });
    root.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.choose([]);
    });
  }

  /**
   * Keeps spans lit until others are chosen, and brings them into view where they scroll.
   *
   * @param origin Where the request comes from: what is around it does not scroll.
   */
  choose(spans: readonly number[], origin: Element | null = null): void {
    for (const element of this.#elementsOf(this.#chosen)) element.removeAttribute("aria-current");
    this.#chosen = spans;
    for (const element of this.#elementsOf(spans)) element.setAttribute("aria-current", "true");
    this.#light(spans, origin);
  }

  /** Highlights the selection again after something was redrawn. */
  refresh(): void {
    this.choose(this.#chosen);
  }

  #light(spans: readonly number[], origin?: Element | null): void {
    for (const element of this.#lit) element.classList.remove("lit");
    this.#lit = this.#elementsOf(spans);
    const panes = new Set<Element>();
    for (const element of this.#lit) {
      element.classList.add("lit");
      const pane = element.closest<HTMLElement>("[data-pane]");
      if (origin === undefined || pane === null || panes.has(pane) || pane.contains(origin)) continue;
      panes.add(pane);
      scrollWithin(pane, element);
    }
  }

  #elementsOf(spans: readonly number[]): HTMLElement[] {
    if (spans.length === 0) return [];
    return [...this.#root.querySelectorAll<HTMLElement>(spans.map((span) => `[data-spans~="${span}"]`).join())];
  }
}

/** Scrolls only a pane: `scrollIntoView` would also move the page. */
function scrollWithin(pane: HTMLElement, element: HTMLElement): void {
  const [outer, inner] = [pane.getBoundingClientRect(), element.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) pane.scrollTop += inner.top - outer.top - outer.height / 3;
}
