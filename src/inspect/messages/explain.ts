import { MAX_TEXT } from "../../formats/common.ts";
import { invalidType, onlyKeys, record, refuse, tooLong } from "../../validate.ts";
import { type FindingCode, FINDINGS } from "../findings.ts";
import { CAUSES, type DecidingInput, NOT_A_TOKEN } from "./causes.ts";
import { rowsOfNumber, rowsOfText } from "./match.ts";
import { isOf, type MessageFacts, type MessageRow, type MessageSdk, SDKS, TABLE } from "./table.ts";

/** Options of {@linkcode explainError}. */
export interface ExplainOptions {
  /** The SDK or API that said it; without it, a number answers every row that has it. */
  sdk?: MessageSdk;
  /** The longest text that is looked through, in characters (UTF-16 units); 65,536 if omitted. */
  maxText?: number;
}

/**
 * One possible cause: `finding` is one that {@linkcode diagnoseToken} finds in the token, `beyond-diagnosis` one that it does not
 * find, as of the project or the token server, and `not-a-token` one in which no token is at fault.
 */
export type Cause =
  & {
    /** What is wrong, as the end of the sentence "It may be that …". */
    readonly says: string;
    /** What to do about it, where that depends on the cause alone. */
    readonly advice?: string;
  }
  & (
    | { readonly kind: "finding"; readonly code: FindingCode }
    | { readonly kind: "beyond-diagnosis" | "not-a-token"; readonly code: string }
  );

/** A row of the table of messages, explained. */
export interface Explanation extends MessageFacts {
  /** The causes, the likeliest first. None where it is not an error. */
  readonly causes: readonly Cause[];
  /**
   * What decides between the causes: give it to {@linkcode diagnoseToken} (`user` as `uid` or `account`). Empty where no token is at
   * fault, or nothing about it decides.
   */
  readonly inputs: readonly DecidingInput[];
}

/**
 * Explains what an SDK, a REST API, a callback, a browser or a token server said: what it means, why, and what to do.
 *
 * A text is found in any case and inside other text, as a line of a log; of several rows the one whose text is the longest is taken,
 * and all that share it. The name or number that an SDK puts before the text of the server counts where no other text fits. Where
 * none does, the numbers that the text calls an error, code or reason count, as in `join failed: error 110`. A number means nothing
 * without its SDK: without `sdk`, every row that has it is given.
 *
 * @param input A text, of at most 65,536 characters unless the options say more, or a number.
 * @param options The SDK, and the bound of size.
 * @returns The rows that fit, the best first; none where nothing does.
 * @throws {AgoraTokenError} `invalid-type` for an input that is neither text nor number; `too-large` for a longer text; `invalid-value` or `unknown-field` for an
 * option that is none.
 *
 * @example A line of a log
 * ```ts
 * import { explainError } from "@agoratoken/agoratoken/messages";
 * import { assertEquals } from "@std/assert";
 *
 * const [row] = explainError("join failed: AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: dynamic use static key");
 * assertEquals([row?.id, row?.meaning], ["rtc-web-15", "No token was passed, and the project wants one."]);
 * ```
 */
export function explainError(input: string | number, options: ExplainOptions = {}): Explanation[] {
  if (typeof input !== "string" && typeof input !== "number") throw invalidType("input", "a string or a number", input);
  onlyKeys(record("options", options), ["sdk", "maxText"]);
  const { sdk, maxText = MAX_TEXT } = options;
  const error = typeof input === "string" ? tooLong("input", input, maxText) : undefined;
  if (error !== undefined) throw error;
  if (sdk !== undefined && !SDKS.includes(sdk)) refuse("sdk", `one of ${SDKS.join(", ")}`);
  const fits = (row: MessageRow) => sdk === undefined || isOf(row, sdk);
  const rows = typeof input === "number" ? rowsOfNumber(input) : rowsOfText(input, fits);
  return rows.filter(fits).map(explained);
}

/**
 * The rows that name a cause: what the SDKs say where a token has it.
 *
 * @param code The code of a finding, or of another cause.
 * @param products The products whose rows are wanted, as `RTC`; all if omitted.
 * @returns The ids of the rows, in the order of the table.
 */
export function messagesOf(code: string, products?: readonly string[]): string[] {
  const rows = ROWS_BY_CAUSE.get(code) ?? [];
  return rows.filter(({ product }) => products === undefined || products.includes(product)).map(({ id }) => id);
}

const ROWS_BY_CAUSE: ReadonlyMap<string, readonly MessageRow[]> = /* @__PURE__ */ rowsByCause(TABLE);

function rowsByCause(table: readonly MessageRow[]) {
  const rows = new Map<string, MessageRow[]>();
  for (const row of table) for (const cause of row.causes) rows.set(codeOf(cause), [...rows.get(codeOf(cause)) ?? [], row]);
  return rows;
}

/** A row with its causes in words, and what decides between them. */
function explained({ causes: named, wholeInput: _, ...facts }: MessageRow): Explanation {
  const inputs = new Set<DecidingInput>();
  const causes = named.map((name): Cause => {
    const code = codeOf(name);
    const { inputs: deciding = [], ...words } = (name === code ? CAUSES : NOT_A_TOKEN)[code]!;
    for (const input of deciding) inputs.add(input);
    if (name !== code) return { kind: "not-a-token", code, ...words };
    return isFinding(code) ? { kind: "finding", code, ...words } : { kind: "beyond-diagnosis", code, ...words };
  });
  return { ...facts, causes, inputs: [...inputs] };
}

/** The code of a cause as the table names it. */
function codeOf(cause: string): string {
  return cause.replace("not-a-token: ", "");
}

function isFinding(code: string): code is FindingCode {
  return Object.hasOwn(FINDINGS, code);
}
