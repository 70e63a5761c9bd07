import { T } from "./language.ts";

const THEMES = ["auto", "light", "dark"] as const;

/** Makes a button of the page choose its colours: those of the system, light or dark. */
export function themeButton(button: HTMLElement): void {
  const { dataset } = document.documentElement;
  const theme = () => (dataset.theme ?? THEMES[0]) as typeof THEMES[number];
  const show = () => button.textContent = T.theme[theme()];
  button.addEventListener("click", () => {
    dataset.theme = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]!;
    show();
  });
  show();
}
