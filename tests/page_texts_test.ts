import { assertEquals } from "@std/assert";
import { languageFor } from "../playground/language.ts";
import { LANGUAGES } from "../playground/languages/languages.ts";

/** What is the same in every language: names, signs and code. */
const SAME =
  /^(agoratoken|Token|App ID|RTC|TypeScript|curl|Nonce|Access key.*|Secret key \(SK\)|HMAC-SHA1|HMAC-SHA256|AccessToken2?|DynamicKey\d?|SignalingToken|Native SDK [\d.]+|00\d|signaling|[^\p{L}]*|2026-01-15 12:00 UTC)$/u;

/** The paths of all texts in a table; of one that differs from English only where it may not. */
function pathsOf(table: object, path = ""): string[] {
  return Object.entries(table).flatMap(([name, value]) =>
    typeof value === "object" ? pathsOf(value, `${path}${name}.`) : [`${path}${name} ${typeof value}`]
  ).sort();
}

/** The texts of a table that are those of the English one, and are no names, signs or code. */
function untranslated(table: object, english: object, path = ""): string[] {
  return Object.entries(table).flatMap(([name, value]) => {
    const own = (english as Record<string, unknown>)[name];
    if (typeof value === "object") return untranslated(value, own as object, `${path}${name}.`);
    return typeof value === "string" && value === own && !SAME.test(value) ? [`${path}${name}: ${value}`] : [];
  });
}

const { en, ...others } = LANGUAGES;
for (const [name, { texts, next }] of Object.entries(others)) {
  Deno.test(`the texts of the page are all there in ${name}, and none of them is the English one`, () => {
    for (const [own, english] of [[texts, en.texts], [next, en.next]] as const) {
      assertEquals(pathsOf(own), pathsOf(english));
      assertEquals(untranslated(own, english), []);
    }
  });
}

Deno.test("languageFor() takes the language of the address, else the first of the browser's that there is, else English", () => {
  assertEquals(languageFor("?lang=zh", ["en-US"]), "zh");
  assertEquals(languageFor("?lang=en", ["zh-CN"]), "en");
  assertEquals(languageFor("", ["fr", "zh-Hant-TW", "en"]), "zh");
  assertEquals(languageFor("?lang=xx", ["fr"]), "en");
  assertEquals(languageFor("?lang=constructor", []), "en");
});
