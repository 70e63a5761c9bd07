import { T } from "./texts.ts";

const THEMES = ["auto", "light", "dark"] as const;

/** Makes a button of the page choose its colours: those of the system, light or dark. */
export function themeButton(button: HTMLElement): void {
  let theme = 0;
  button.addEventListener("click", () => {
    theme = (theme + 1) % THEMES.length;
    document.documentElement.dataset.theme = THEMES[theme]!;
    button.textContent = T.theme[THEMES[theme]!];
  });
}
