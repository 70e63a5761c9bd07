import { isOf, type MessageRow, type MessageSdk, TABLE } from "./table.ts";

// Which rows of the table a text or a number fits. The time grows with the text, and no faster.

/** The plain signs by those that copying writes instead; other whitespace counts as a space, and a colour as nothing. */
const PLAIN: Readonly<Record<string, string>> = {
  "\u2018": "'",
  "\u2019": "'",
  "\u201c": '"',
  "\u201d": '"',
  "\u2212": "-", // the minus sign of documents
  '\\"': '"', // JSON in a text of JSON
};
// deno-lint-ignore no-control-regex -- the colours of terminals
const COPIED = /\x1b\[[\d;]{0,20}m|\s+|[\u2018\u2019\u201c\u201d\u2212]|\\"/g;

/** A text without what makes no difference: letter case, colours, and the kind of whitespace, quotes and minus signs. */
function plain(text: string): string {
  return text.toLowerCase().replace(COPIED, (found) => PLAIN[found] ?? (found.startsWith("\x1b") ? "" : " "))
    .replaceAll("dyanmic", "dynamic"); // as the Web SDK spells it
}

/** A text that is looked for, in plain form. */
interface KnownText {
  readonly text: string;
  /** The rows that have it. */
  readonly rows: readonly MessageRow[];
  /** Whether it must be the whole input: a short text, as 110 or -2, stands in anything, and so do `null` and the like. */
  readonly whole: boolean;
}

/** How a text is quoted too: a sentence without its full stop, a name without its brackets, and a long one as words. */
function written(text: string): string | undefined {
  if (/ .*\.$/.test(text)) return text.slice(0, -1);
  const [, bracketed] = /^\[(\w+_\w+)\]$/.exec(text) ?? [];
  return bracketed ?? (/^[a-z]+(_[a-z]+){2,}$/.test(text) ? text.replaceAll("_", " ") : undefined);
}

/** Names and numbers that the Web SDK and RTM 1.x put before the text of the server, which says more. */
const BEFORE_THE_TEXT = /can_not_get_gateway_server$|error ?code:? ?\d+$/;

/** All texts of the table: the longest first, so that the first that fits is the best; last what a better text may follow. */
const TEXTS: readonly KnownText[] = /* @__PURE__ */ textsOf(TABLE);

function textsOf(table: readonly MessageRow[]): KnownText[] {
  const rowsOf = new Map<string, MessageRow[]>();
  for (const row of table) {
    for (const text of new Set(row.texts.map(plain))) rowsOf.set(text, [...rowsOf.get(text) ?? [], row]);
  }
  for (const [text, rows] of [...rowsOf]) {
    const other = written(text);
    if (other !== undefined && !rowsOf.has(other)) rowsOf.set(other, rows);
  }
  const texts = [...rowsOf].map(([text, rows]) => ({
    text,
    rows,
    whole: text.length < 5 || rows.some(({ wholeInput }) => wholeInput),
  }));
  const isLast = ({ text }: KnownText) => Number(BEFORE_THE_TEXT.test(text));
  return texts.sort((a, b) => isLast(a) - isLast(b) || b.text.length - a.text.length);
}

/** How the errors of some SDKs begin: then no other client SDK said what follows. */
const SAID_BY: readonly (readonly [begins: RegExp, sdk: MessageSdk])[] = [
  [/agorartc(error|exception)|can_not_get_gateway_server/, "rtc-web"],
  [/rtm:error/, "rtm1"],
];
const CLIENTS: readonly MessageSdk[] = ["rtc-native", "rtc-web", "rtm1", "rtm2", "iot", "signaling", "chat-native", "chat-web"];

/** Whether a row may be of the SDK that a text names. */
function ofSdkIn(text: string): (row: MessageRow) => boolean {
  const sdk = SAID_BY.find(([begins]) => begins.test(text))?.[1];
  return (row) => sdk === undefined || isOf(row, sdk) || !CLIENTS.some((client) => isOf(row, client));
}

/**
 * The rows of a text: those of the longest text of the table that stands in it, or else of the numbers in it.
 *
 * @param fits Which rows count.
 */
export function rowsOfText(input: string, fits: (row: MessageRow) => boolean): readonly MessageRow[] {
  const text = plain(input);
  const whole = text.trim();
  if (/^-?(?:0|[1-9]\d{0,8})$/.test(whole)) return rowsOfNumber(Number(whole), whole);
  const isOfSdk = ofSdkIn(text);
  const found = TEXTS.find((known) =>
    known.rows.some((row) => fits(row) && isOfSdk(row)) && (known.whole ? known.text === whole : isIn(text, known.text))
  );
  return found?.rows.filter(isOfSdk) ?? [...new Set([...numbersIn(text)].flatMap((number) => rowsOfNumber(number)))];
}

/** Whether a text stands in another; digits at its ends must not be part of a longer number, nor a name of a longer name. */
function isIn(text: string, known: string): boolean {
  const first = /^-?\d/.test(known);
  const last = /\d$/.test(known) ? /\d/ : /^\w*[a-z]$/.test(known) ? /[a-z]/ : /[^\s\S]/;
  for (let at = text.indexOf(known); at >= 0; at = text.indexOf(known, at + 1)) {
    const isPart = first && /\d/.test(text.charAt(at - 1)) || last.test(text.charAt(at + known.length));
    if (!isPart) return true;
  }
  return false;
}

/** The rows that have a number, or whose text it is. The calls of native SDKs of RTC return their errors as negative numbers. */
export function rowsOfNumber(number: number, text?: string): MessageRow[] {
  const rows = TABLE.filter((row) => row.number === number || text !== undefined && row.texts.includes(text));
  const isReturned = rows.length === 0 && number <= -100;
  return isReturned ? TABLE.filter((row) => row.number === -number && isOf(row, "rtc-native")) : rows;
}

// Numbers that a text calls an error, a code or a reason; the negative result of a call; a status of three digits; and, wherever they
// stand, those in the form of RTM 2.x (-10005) and of the Web SDK (2010009). Other numbers of a log are times, ports and counts; 0 is
// no error; the code with which a process exits is another thing.
const NAMES = [
  "err(?:or|no)?|exception|reason|raw ?value|erreur|fehler|errore|erro|código|ошибка|ошибки|lỗi|hata|에러|오류|خطأ|错误|錯誤|エラー",
  "http(?:/[\\d.]{1,3})?",
  "(?<![a-z!]|exit |exited with |npm err! )(?:err(?:or)?|status|result|reason|server)?[ _]?code",
].join("|");
const RESULTS = "returns?|returned|ret|result|failed(?: with)?|agorartcexception|返回值?";
const BETWEEN =
  "[\"']? ?(?:(?:code|status|number|no\\.?|is|was|代?码|代?碼|コード|코드|код|kodu|[=-]>|[:=#(\\[：（]) ?[\"']?){0,3}";
const END = "(?![\\w%]|[.:/-]\\d)";
const NUMBERS = new RegExp(
  [
    `(?:${NAMES})${BETWEEN}(-?[1-9]\\d{0,6})`,
    `(?:${RESULTS})${BETWEEN}(-[1-9]\\d{0,6})`,
    `(?<!exit )status${BETWEEN}([1-7]\\d{2})`,
    `(?<![\\w.:/-])(-1[01]\\d{3}|[29]010\\d{3})`,
  ].map((known) => known + END).join("|"),
  "g",
);

/** The numbers in a text in plain form, each once. */
function numbersIn(text: string): Set<number> {
  return new Set([...text.matchAll(NUMBERS)].map(([, ...found]) => Number(found.find((number) => number !== undefined))));
}
