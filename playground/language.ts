import { type Language, type LanguageName, LANGUAGES } from "./languages/languages.ts";

/** The language of the page now. Everything reads it when it draws: the page is made anew for another one. */
export let language: Language = LANGUAGES.en;

/** The texts of the page, in its language. */
export let T: Language["texts"] = language.texts;

/** The texts of what one does next with a token, in the language of the page. */
export let N: Language["next"] = language.next;

/** Gives the page another language. What is drawn already stays. */
export function speak(name: LanguageName): void {
  language = LANGUAGES[name];
  T = language.texts;
  N = language.next;
}

/** The language that an address asks for, or else the first one that the browser prefers and the page has. */
export function languageFor(search: string, preferred: readonly string[]): LanguageName {
  const wanted = [new URLSearchParams(search).get("lang") ?? "", ...preferred].map((tag) => tag.toLowerCase().split("-")[0]!);
  return wanted.find((name): name is LanguageName => Object.hasOwn(LANGUAGES, name)) ?? "en";
}
