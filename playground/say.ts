/** The status region for short messages: what was copied, cleared or opened. It is in the page itself. */
const news = document.querySelector<HTMLElement>(".news")!;

let timer: number | undefined;

/** The status region that reads verdicts out; it is in the page itself, and not visible. */
const spoken = document.querySelector<HTMLElement>(".spoken")!;

const REST = 300;
let resting: number | undefined;

/** Has the newest text read out when it has not changed for a moment; not while someone types, and not in a hidden view. */
export function announce(view: Element, words: string): void {
  clearTimeout(resting);
  resting = setTimeout(() => {
    if (view.checkVisibility()) spoken.textContent = words;
  }, REST) as unknown as number;
}

/** Shows a message for a few seconds. */
export function say(text: string): void {
  news.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => news.textContent = "", 4000) as unknown as number;
}
