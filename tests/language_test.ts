import { assertEquals } from "@std/assert";
import { ROOT, sources } from "./helpers.ts";

/** A phrase of an old dialect of this project. */
interface Phrase {
  /** What is looked for: a phrase and not a word, since most of these words are also plain English. */
  readonly phrase: RegExp;
  /** The sense in which it is avoided. */
  readonly sense: string;
  /** What to say instead, as in the glossary of CONTRIBUTING.md. */
  readonly instead: string;
  /** Where it must be found. */
  readonly dialect: string;
  /** Plain English with the same words, where it must not be found. */
  readonly plain: string;
}

const PHRASES: readonly Phrase[] = [
  {
    phrase:
      /\bbehind (?!(?:the|a|its) (?:[\w-]+ )?(?:proxy|proxies|balancer|firewall)\b)(the|its|an?|it|them|those|each|App)\b/i,
    sense: "later in a text or in bytes",
    instead: "after",
    dialect: "the bytes behind the signature",
    plain: "a server behind a reverse proxy",
  },
  {
    phrase: /\b(the|an?|its|their|each|every|whose|any) (life|lives)\b/i,
    sense: "how long a token is valid",
    instead: "lifetime",
    dialect: "the life of a token",
    plain: "the lifetime of a token",
  },
  {
    phrase: /\blives? (for|as long|in seconds|counts?)\b|\b(token|key|privilege|certificate)s? lives?\b/i,
    sense: "how long a token is valid",
    instead: "is valid for",
    dialect: "a token lives for an hour",
    plain: "the rules live in one folder",
  },
  {
    phrase: /(?<!keep[- ])\balive\b/i,
    sense: "not expired",
    instead: "valid now",
    dialect: "a genuine token that is alive",
    plain: "Connection: keep-alive",
  },
  {
    phrase: /(?<!\b(request|response|process|program|body|stream|call|test|support|may) )\b(has|have|had|is|are) ended\b/i,
    sense: "past its end",
    instead: "has expired",
    dialect: "the token has ended",
    plain: "the process has ended",
  },
  {
    phrase: /\bended \d|\bended (\w+ ){1,2}ago\b/i,
    sense: "past its end",
    instead: "expired",
    dialect: "ended two hours ago",
    plain: "the file ended early",
  },
  {
    phrase: /\bthe usual\b|\busual (one|value|path|checksums?)\b/i,
    sense: "what holds where nothing is given",
    instead: "default, or say which one",
    dialect: "the usual CRC",
    plain: "the handler runs as usual",
  },
  {
    phrase: /(?<!\byou )\bwish(es|ed)?\b/i,
    sense: "what a caller requests",
    instead: "request",
    dialect: "a wish of the caller",
    plain: "change it if you wish",
  },
  {
    phrase: /\baskers?\b/i,
    sense: "who sends a request",
    instead: "caller",
    dialect: "the asker",
    plain: "the caller that asked",
  },
  {
    phrase: /\b(token|privilege|duration|time|lifetime|option|body|key)s? (that |which )?asks? for\b/i,
    sense: "things do not ask",
    instead: "has, sets or needs",
    dialect: "a token that asks for a week",
    plain: "the guide asks for a name",
  },
  {
    phrase: /\btells? (?!you\b|people\b)(\w+ ){1,4}by (its|the|their)\b/i,
    sense: "to recognize",
    instead: "recognizes … by",
    dialect: "it tells the token by its prefix",
    plain: "it tells you by email",
  },
  {
    phrase: /\b(is|are|was|were|be|being) told\b(?! apart)/i,
    sense: "what a program learns or reports",
    instead: "report, get, receive",
    dialect: "the app is told",
    plain: "formats that can be told apart",
  },
  {
    phrase: /\bgravest\b/i,
    sense: "of the highest severity",
    instead: "worst",
    dialect: "the gravest first",
    plain: "the worst first",
  },
  {
    phrase: /\bas good as absent\b/i,
    sense: "a value that counts as missing",
    instead: "counts as absent",
    dialect: "an empty text is as good as absent",
    plain: "as good as new",
  },
  {
    phrase: /\bblanks\b|\ba blank\b(?! (line|page|field|text))/i,
    sense: "spaces and line breaks",
    instead: "whitespace",
    dialect: "without blanks",
    plain: "skips blank lines",
  },
  {
    phrase: /\b(seal|seals|sealed|sealing)\b/i,
    sense: "to sign and pack",
    instead: "sign, pack",
    dialect: "sealed by HMAC",
    plain: "signed by HMAC",
  },
  {
    phrase: /\bopen(s|ed|ing)? (the|an?|its|each|every) (payload|package|envelope|content|compressed|zlib)\b/i,
    sense: "to decompress",
    instead: "inflate",
    dialect: "opens the payload",
    plain: "opens an example in Inspect",
  },
  {
    phrase: /\bseeds? 00\d\b/i,
    sense: "a document that users cannot see",
    instead: "the name of the guide or project",
    dialect: "seed 001",
    plain: "a random seed",
  },
  {
    phrase: /\bin the place of\b/i,
    sense: "one thing for another",
    instead: "instead of, as",
    dialect: "the account in the place of the channel",
    plain: "the account instead of the channel",
  },
  {
    phrase: /\bin silence\b/i,
    sense: "without an error",
    instead: "silently, without an error",
    dialect: "takes a misspelt field in silence",
    plain: "a caller muted to silence",
  },
  {
    phrase: /\bgives? back\b/i,
    sense: "what a function does with its result",
    instead: "returns",
    dialect: "gives back the words",
    plain: "returns the words",
  },
  {
    phrase: /\bwhat [\w' ]{0,30}\bmakes? of\b|\b(it|this|that) makes of\b/i,
    sense: "how something is understood",
    instead: "how … treats",
    dialect: "what Agora makes of it is not documented",
    plain: "the library makes use of it",
  },
  {
    phrase: /\bwhom (it|they|this|that|an?( \w+)? token|the( \w+)? token|(an? \w+'s|the \w+'s) token) (is|are)\b/i,
    sense: "the user that a token names",
    instead: "the user of",
    dialect: "whom it is for",
    plain: "to whom a request belongs",
  },
];

/** What users and contributors read; not what others wrote (vectors, tools), nor this list. */
async function files(): Promise<string[]> {
  const found = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "mod.ts", "server.ts", "playground/page.html"];
  for (const folder of ["src/", "docs/", "playground/", "examples/", "scripts/", "bench/", "tests/"]) {
    for await (const file of sources(folder)) {
      if (/\.(ts|css|md)$/.test(file) && !/^tests\/(vectors|tools)\/|^tests\/language_test\.ts$/.test(file)) found.push(file);
    }
  }
  return found;
}

Deno.test("code, documents and the page keep to plain English: no phrase of the old dialect", async () => {
  const found: string[] = [];
  for (const file of await files()) {
    const text = (await Deno.readTextFile(ROOT + file)).replace(/<!-- glossary -->[^]*?<!-- end glossary -->/, "");
    for (const [index, line] of text.split("\n").entries()) {
      for (const { phrase, sense, instead } of PHRASES) {
        const match = phrase.exec(line);
        if (match !== null) found.push(`${file}:${index + 1}: "${match[0]}" (${sense}): say ${instead}`);
      }
    }
  }
  assertEquals(found, []);
});

Deno.test("each phrase of the old dialect is found in an example of it, and not in plain English", () => {
  assertEquals(PHRASES.filter(({ phrase, dialect }) => !phrase.test(dialect)).map(({ dialect }) => dialect), []);
  assertEquals(PHRASES.filter(({ phrase, plain }) => phrase.test(plain)).map(({ plain }) => plain), []);
});

Deno.test("the glossary of CONTRIBUTING.md is where the test of the language looks for it", async () => {
  const text = await Deno.readTextFile(`${ROOT}CONTRIBUTING.md`);
  assertEquals(text.match(/<!-- (end )?glossary -->/g), ["<!-- glossary -->", "<!-- end glossary -->"]);
});
