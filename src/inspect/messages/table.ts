import data from "./table.json" with { type: "json" };

// The table of messages: 212 rows, as data. Where it comes from stands in the file itself and in each row.

/** The SDKs and APIs that a number or text may be of, as `explainError` takes them: what the ids of the rows begin with. */
export const SDKS = [
  "rtc-native",
  "rtc-web",
  "rtc-web3",
  "rtm1",
  "rtm2",
  "iot",
  "signaling",
  "chat-native",
  "chat-web",
  "chat-rest",
  "rec",
  "rest",
  "convoai",
  "stt",
  "whiteboard",
  "http",
] as const;

/** An SDK or API: `http` is a token server. */
export type MessageSdk = typeof SDKS[number];

/** What each row of the table holds as it is. */
export interface MessageFacts {
  /** The stable name of the row, which begins with the SDK, as `rtc-web-9`. */
  readonly id: string;
  /** The product, as `RTC`. */
  readonly product: string;
  /** The SDKs or APIs of the product, in words. */
  readonly sdk: string;
  /** The versions that say it, in words. */
  readonly versions: string;
  /** The number, where it has one. It means nothing without its SDK. */
  readonly number?: number;
  /** The name of the number in the SDK, where it has one. */
  readonly name?: string;
  /** The texts by which it is known, in the SDK's own words. */
  readonly texts: readonly string[];
  /** What it means. */
  readonly meaning: string;
  /** What to do; empty where nothing is to be done. */
  readonly remedy: string;
  /** What it is not: with what it is easily confused. Empty where with nothing. */
  readonly not: string;
  /** Where that was read: documents, packages, issues. `@` and seven characters begin the commit that was read. */
  readonly source: readonly string[];
  /** How sure it is, in words. */
  readonly certainty: string;
}

/** A row of the table. */
export interface MessageRow extends MessageFacts {
  /**
   * The causes by their codes, the likeliest first; `not-a-token: ` and a code where no token is at fault.
   */
  readonly causes: readonly string[];
  /** Its texts are so common that they count only where they are the whole input. */
  readonly wholeInput?: boolean;
}

/** The rows, in the order of the table: by product and SDK. */
export const TABLE: readonly MessageRow[] = data.rows;

/** Whether a row is of an SDK: by its id, but for the few that several SDKs share. */
export function isOf({ id, sdk: named }: Pick<MessageRow, "id" | "sdk">, sdk: MessageSdk): boolean {
  if (id.startsWith(`${sdk}-`)) return true;
  if (id.startsWith("rtm-server-")) return sdk === "rtm1" || sdk === "rtm2";
  if (id === "dynkey-names") return sdk.startsWith("rtc-");
  return sdk === "rtc-web3" && id.startsWith("rtc-web-") && named.includes("agora-rtc-sdk 3.x");
}
