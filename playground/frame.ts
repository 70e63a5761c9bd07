import { T } from "./language.ts";
import { LANGUAGES } from "./languages/languages.ts";

/** What of the page is in the HTML itself, and what the views change. */
const FRAME = ["header", "main", "footer"];

/** The frame as the HTML has it, before anything is drawn in it. */
const plain = FRAME.map((name) => document.querySelector(name)!.cloneNode(true));

/** Puts the frame on the page again, as it was, to be filled in another language. */
export function renewFrame(): void {
  FRAME.forEach((name, index) => document.querySelector(name)!.replaceWith(plain[index]!.cloneNode(true)));
}

/** Puts the texts of the HTML itself, which are English, into the language of the page. */
export function translateFrame(): void {
  document.documentElement.lang = T.page.language;
  const own = new Map(pairs(LANGUAGES.en.texts, T));
  const nodes = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node; (node = nodes.nextNode());) {
    const texts = node instanceof Element ? [...node.attributes] : [node as Text];
    for (const text of texts) {
      const english = text.nodeValue!.trim();
      const words = own.get(english);
      // What is English already keeps the whitespace around it, which Chinese does not have.
      if (words !== undefined && words !== english) text.nodeValue = words;
    }
  }
}

/** Every text of the one language with that of the other; of texts that are the same in the one, the first counts. */
function pairs(one: object, other: object): [string, string][] {
  return Object.entries(one).flatMap(([name, text]): [string, string][] => {
    const own = (other as Record<string, unknown>)[name];
    return typeof text === "string" ? [[text, own as string]] : typeof text === "object" ? pairs(text, own as object) : [];
  }).reverse();
}
