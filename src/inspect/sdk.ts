import { MAX_TEXT } from "../formats/common.ts";
import { isFor, type TokenView } from "../formats/view.ts";
import type { Expected } from "./expected.ts";
import { type FindingCode, FINDINGS, type Observation, observed } from "./findings.ts";
import { INTENTS } from "./intents.ts";

// What the SDKs say of a token that does not work, as far as it is known whose SDK it is.

/** The table of messages of SDKs and APIs, as the entry `./messages` is: who does not pass it does not pay for it. */
export interface MessageTable {
  /** The rows that a text fits. */
  explainError(text: string): readonly { readonly id: string; readonly product: string; readonly meaning: string }[];
  /** The ids of the rows that name a finding as a cause, of some products or of all. */
  messagesOf(code: FindingCode, products?: readonly string[]): readonly string[];
}

/** What SDKs say of findings. */
export interface SdkView {
  /** Whether the token is for RTC, so that the numbers of its SDKs are given. */
  readonly isForRtc: boolean;
  /** The messages that name a finding as a cause. */
  readonly messagesOf: (code: FindingCode) => readonly string[] | undefined;
}

/** The products of the table of messages, by the services of tokens. */
const PRODUCTS: Readonly<Record<string, string>> = {
  rtc: "RTC",
  rtm: "RTM",
  rtm2: "RTM",
  chat: "Chat",
  convoai: "ConvoAI",
  stt: "STT",
};

/** What SDKs say of a token, by what it is used for, or else by what it is for. */
export function sdkView(view: TokenView | undefined, { intent }: Expected, table: MessageTable | undefined): SdkView {
  const services = Object.keys(PRODUCTS).filter((service) => view?.rights.some((right) => isFor(right, service)));
  const products = intent === undefined ? services.map((service) => PRODUCTS[service]!) : [INTENTS[intent].product];
  return {
    isForRtc: products.includes("RTC"),
    messagesOf: (code) => table?.messagesOf(FINDINGS[code].saidAs ?? code, products.length === 0 ? undefined : products),
  };
}

/**
 * A text that is no token as a message, where the table has it: of a token server, if that may have sent it, since its answers are
 * what is mistaken for tokens; or else of an SDK or API.
 *
 * @param found What the text is otherwise.
 */
export function asMessage(text: string, found: Observation, table: MessageTable | undefined): Observation {
  if (found.code !== "text-is-error-message" && found.code !== "unreadable") return found;
  const rows = text.length > MAX_TEXT ? [] : table?.explainError(text) ?? [];
  if (rows.length === 0) return found;
  const isAnswer = rows.some(({ product }) => product === "token server");
  return observed(isAnswer ? "text-is-error-message" : "text-is-sdk-message", {
    messages: rows.map(({ id }) => id),
    meanings: [...new Set(rows.map(({ product, meaning }) => `${product}: ${meaning}`))],
  });
}
