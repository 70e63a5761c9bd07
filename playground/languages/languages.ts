import type { Finding } from "../../mod.ts";
import type { AgoraTokenErrorCode } from "../../src/errors.ts";
import { SERVICE_WORDS } from "../../src/formats/access_token2/service_words.ts";
import { WRAPPINGS } from "../../src/inspect/catalogue.ts";
import type { Explanation, MessageFacts } from "../../src/inspect/messages/mod.ts";
import type { WhiteboardFinding } from "../../src/whiteboard/mod.ts";
import { N as NEXT_EN } from "./en/next_texts.ts";
import { T as TEXTS_EN } from "./en/texts.ts";
import { CALLS, type CallWords } from "./zh/calls.ts";
import { errorInChinese } from "./zh/errors.ts";
import { findingInChinese, WRAPPINGS as WRAPPINGS_ZH } from "./zh/findings.ts";
import { explanationInChinese, rowInChinese } from "./zh/messages.ts";
import { N as NEXT_ZH } from "./zh/next_texts.ts";
import { SERVICE_WORDS as SERVICE_WORDS_ZH } from "./zh/services.ts";
import { T as TEXTS_ZH } from "./zh/texts.ts";
import { whiteboardInChinese } from "./zh/whiteboard.ts";

/** A language of the page: its texts, and what puts those of the library into it. */
export interface Language {
  /** Its own name for itself. */
  name: string;
  /** The texts of the page. */
  texts: typeof TEXTS_EN;
  /** The texts of what one does next with a token. */
  next: typeof NEXT_EN;
  /** A finding of the library. */
  finding: (finding: Finding) => Finding;
  /** An error of the library or of a server of ours: what it says, without a full stop. */
  error: (error: { readonly code?: AgoraTokenErrorCode; readonly message: string }) => string;
  /** What is found about a token of the whiteboard. */
  whiteboard: (finding: WhiteboardFinding) => WhiteboardFinding;
  /** What stands around a token. */
  wrappings: typeof WRAPPINGS;
  /** The services and their fields. */
  services: typeof SERVICE_WORDS;
  /** What an SDK says. */
  message: <Row extends MessageFacts>(row: Row) => Row;
  /** The same with its causes. */
  explanation: (explanation: Explanation) => Explanation;
  /** What to know about the official code in each language of programs; those of its table if omitted. */
  calls?: Readonly<Record<string, CallWords>>;
}

/** What is English already. */
const asItIs = <Same>(same: Same): Same => same;

/** The languages of the page, by what `?lang=` has. English is that of the HTML itself. */
export const LANGUAGES: { readonly en: Language; readonly zh: Language } = {
  en: {
    name: "English",
    texts: TEXTS_EN,
    next: NEXT_EN,
    finding: asItIs,
    error: ({ message }) => message,
    whiteboard: asItIs,
    wrappings: WRAPPINGS,
    services: SERVICE_WORDS,
    message: asItIs,
    explanation: asItIs,
  },
  zh: {
    name: "中文",
    texts: TEXTS_ZH,
    next: NEXT_ZH,
    finding: findingInChinese,
    error: errorInChinese,
    whiteboard: whiteboardInChinese,
    wrappings: WRAPPINGS_ZH,
    services: SERVICE_WORDS_ZH,
    message: rowInChinese,
    explanation: explanationInChinese,
    calls: CALLS,
  },
};

/** What `?lang=` has. */
export type LanguageName = keyof typeof LANGUAGES;
