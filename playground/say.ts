import { h } from "./dom.ts";

/** Where short news appears and is read out: what was copied, cleared or opened. There from the start. */
export const news: HTMLElement = h("p", { class: "news", role: "status" });

let timer: number | undefined;

/** Says something for a few seconds. */
export function say(text: string): void {
  news.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => news.textContent = "", 4000) as unknown as number;
}
