import { type Catalogue, ENGLISH, WRAPPINGS } from "../../src/inspect/catalogue.ts";
import { N as NEXT_EN } from "./en/next_texts.ts";
import { T as EN } from "./en/texts.ts";
import { N as NEXT_ZH } from "./zh/next_texts.ts";
import { T as ZH } from "./zh/texts.ts";

/** A language of the page: a row of {@linkcode LANGUAGES}. */
export interface Language {
  /** Its own name for itself. */
  name: string;
  /** The texts of the page. */
  texts: typeof EN;
  /** The texts of what one does next with a token. */
  next: typeof NEXT_EN;
  /** The words of the library's findings. */
  findings: Catalogue;
  /** What stood around a token. */
  wrappings: typeof WRAPPINGS;
}

/** The languages of the page, by what `?lang=` has; the first is that of the page without its script. */
export const LANGUAGES = {
  en: { name: "English", texts: EN, next: NEXT_EN, findings: ENGLISH, wrappings: WRAPPINGS },
  zh: { name: "中文", texts: ZH, next: NEXT_ZH, findings: ENGLISH, wrappings: WRAPPINGS },
} as const satisfies Readonly<Record<string, Language>>;

/** What `?lang=` has. */
export type LanguageName = keyof typeof LANGUAGES;
