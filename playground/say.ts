import { h } from "./dom.ts";

/** Where short news appears and is read out: what was copied, cleared or opened. There from the start. */
export const news: HTMLElement = h("p", { class: "news", role: "status" });

let timer: number | undefined;

/** Where verdicts are read out; there from the start, and to be heard only. */
export const spoken: HTMLElement = h("p", { class: "spoken", role: "status" });

const REST = 300;
let resting: number | undefined;

/** Has the newest words read out once they have stood for a moment: not those between two keys, nor those of a hidden view. */
export function announce(view: Element, words: string): void {
  clearTimeout(resting);
  resting = setTimeout(() => {
    if (view.checkVisibility()) spoken.textContent = words;
  }, REST) as unknown as number;
}

/** Says something for a few seconds. */
export function say(text: string): void {
  news.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => news.textContent = "", 4000) as unknown as number;
}
