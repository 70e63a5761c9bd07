import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { AgoraTokenError, buildToken, diagnoseToken, type FindingCode, inspectToken, packToken } from "../mod.ts";
import { SERVICE_WORDS as ENGLISH_SERVICES } from "../src/formats/access_token2/service_words.ts";
import { ENGLISH, WRAPPINGS as ENGLISH_WRAPPINGS } from "../src/inspect/catalogue.ts";
import * as messages from "../src/inspect/messages/mod.ts";
import { CAUSES as ENGLISH_CAUSES, NOT_A_TOKEN as ENGLISH_NOT_A_TOKEN } from "../src/inspect/messages/causes.ts";
import { type MessageRow, TABLE } from "../src/inspect/messages/table.ts";
import { as006 } from "../src/build/as006.ts";
import { onlyServable } from "../src/build/servable.ts";
import { buildWith } from "../src/official/builders.ts";
import { buildLegacy } from "../src/official/legacy/builders.ts";
import { missing } from "../src/validate.ts";
import official from "../playground/calls/official_calls.json" with { type: "json" };
import { CALLS } from "../playground/languages/zh/calls.ts";
import { CODES, errorInChinese } from "../playground/languages/zh/errors.ts";
import { CHINESE, findingInChinese, WRAPPINGS } from "../playground/languages/zh/findings.ts";
import { CAUSES, CERTAINTY, explanationInChinese, NOT_A_TOKEN, PRODUCTS, SDKS } from "../playground/languages/zh/messages.ts";
import { ROWS } from "../playground/languages/zh/messages_rows.ts";
import { SERVICE_WORDS } from "../playground/languages/zh/services.ts";
import { EXAMPLES, GOOD } from "./data/findings.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";
import golden from "./vectors/vectors-007.json" with { type: "json" };

// The words of the library in Chinese: all of them are there, say the same values, and are no English.

/** Names and code that stay as they are, where they have three words. */
const TERMS = [
  "JSON Web Token",
  "dart pub add",
  "dynamic key expired",
];

/** What is left of a text without what stays in every language: names in quotes, code, terms, and what was said in English. */
function words(text: string): string {
  const bare = text.replace(/`[^`]*`|“[^”]*”|"[^"]*"|\{.*?\}|https?:\S+|\b\w+\([^)]*\)/g, "；");
  return TERMS.reduce((rest, term) => rest.replaceAll(term, "；"), bare);
}

/**
 * Fails for a text that is not Chinese: empty, with a missing value, with three Latin words in a row, or with ASCII punctuation.
 *
 * @param english What it says in English, where that may speak of a value that is missing.
 */
function assertChinese(text: string | undefined, about: string, english = ""): asserts text is string {
  assert(text !== undefined && text.trim() !== "", `${about} has no Chinese`);
  assert(/\p{Script=Han}/u.test(text), `${about} is not Chinese: ${text}`);
  for (const missing of ["undefined", "NaN", "[object"]) {
    assert(!text.includes(missing) || english.includes(missing), `${about} lacks a value: ${text}`);
  }
  const latin = /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/i.exec(words(text));
  assert(latin === null, `${about} has English in it (${latin?.[0]}): ${text}`);
  assert(!/[\p{Script=Han}][,;:?!]|[\p{Script=Han}]\.(?!\w)/u.test(words(text)), `${about} has ASCII punctuation: ${text}`);
}

/** The numbers in a text. */
const numbersOf = (text: string) => new Set(text.match(/\d{2,}|\d(?=\D|$)/g) ?? []);

/** English numbers that are words of a sentence, in the one language or the other. */
const COUNTED = /\b(one|two)\b/;

Deno.test("findingInChinese() says each finding in Chinese, with the numbers and names of the English", async () => {
  for (const [code, { found }] of Object.entries(EXAMPLES)) {
    for (const [text, known = {}] of found) {
      const { findings } = await diagnoseToken(await text, known);
      for (const finding of findings) {
        const { message, advice, expected, actual } = findingInChinese(finding);
        assertChinese(message, `the finding ${finding.code}`, finding.message);
        if (finding.advice !== undefined) assertChinese(advice, `the advice of ${finding.code}`);
        for (const name of [expected, actual]) assert(!/ or |^none$|bytes/.test(name ?? ""), `${finding.code}: ${name}`);
        // What the text is no token of lists formats, and what a message means is another table's.
        if (/^text-is-.*-message$|^unreadable$/.test(code) || COUNTED.test(finding.message)) continue;
        for (const number of numbersOf(finding.message.replace(/ 32 (?=bits)/, " "))) {
          assert(message.includes(number), `${finding.code} lacks ${number}: ${finding.message} / ${message}`);
        }
        for (const [, name] of finding.message.matchAll(/"([^"\\]+)"/g)) {
          assert(message.includes(name!), `${finding.code} lacks ${name}: ${finding.message} / ${message}`);
        }
      }
    }
  }
});

Deno.test("CHINESE has advice for every finding that the English has it for", () => {
  assertEquals(Object.keys(CHINESE.advice).sort(), Object.keys(ENGLISH.advice).sort());
  for (const [code, advice] of Object.entries(CHINESE.advice)) {
    assertChinese(advice, `the advice of ${code}`);
    const english = ENGLISH.advice[code as FindingCode]!;
    for (const number of english.match(/\d{3,}/g) ?? []) assert(advice.includes(number), `${code} lacks ${number}`);
  }
});

Deno.test("WRAPPINGS has what stands around a token in Chinese", () => {
  assertEquals(Object.keys(WRAPPINGS), Object.keys(ENGLISH_WRAPPINGS));
  for (const [what, text] of Object.entries(WRAPPINGS)) assertChinese(text, what);
});

Deno.test("explanationInChinese() has every row of the table of messages in Chinese", () => {
  assertEquals(Object.keys(ROWS).sort(), TABLE.map(({ id }) => id).sort());
  for (const row of TABLE) {
    const explained = explainedRow(row);
    const { meaning, remedy, not, causes, sdk, certainty, product } = explanationInChinese(explained);
    assertChinese(meaning, `the meaning of ${row.id}`, row.meaning);
    for (const [name, own, english] of [["remedy", remedy, row.remedy], ["not", not, row.not]] as const) {
      if (english === "") assertEquals(own, "", `${row.id} has a ${name} only in Chinese`);
      else assertChinese(own, `the ${name} of ${row.id}`, english);
      // Numbers of errors and limits are the same in both.
      for (const number of english.match(/(?<![\w.^])-?\d{2,}(?![\w.])/g) ?? []) {
        assert(own.includes(number), `the ${name} of ${row.id} lacks ${number}: ${own}`);
      }
    }
    for (const number of row.meaning.match(/(?<![\w.^])-?\d{2,}(?![\w.])/g) ?? []) {
      assert(meaning.includes(number), `the meaning of ${row.id} lacks ${number}: ${meaning}`);
    }
    for (const [index, { says, code }] of causes.entries()) {
      assertChinese(says, `the cause ${code}`, explained.causes[index]!.says);
    }
    assertChinese(certainty, `the certainty of ${row.id}`);
    if (/\b(and|with|of|or|asking|server)\b/.test(row.sdk)) assertNotEquals(sdk, row.sdk);
    assert(/\p{Script=Han}/u.test(product) || /^[A-Z]+$/.test(product), `${row.id} has the product ${product}`);
  }
});

Deno.test("the tables of messages in Chinese have no entry that nothing uses", () => {
  const used = (field: "sdk" | "certainty" | "product") => new Set<string>(TABLE.map((row) => row[field]));
  assertEquals(new Set(Object.keys(SDKS)).difference(used("sdk")), new Set());
  assertEquals(new Set(Object.keys(CERTAINTY)), used("certainty"));
  assertEquals(new Set(Object.keys(PRODUCTS)).difference(used("product")), new Set());
});

Deno.test("CAUSES and NOT_A_TOKEN have every cause in Chinese", () => {
  for (const [own, english] of [[CAUSES, ENGLISH_CAUSES], [NOT_A_TOKEN, ENGLISH_NOT_A_TOKEN]] as const) {
    assertEquals(Object.keys(own).sort(), Object.keys(english).sort());
    for (const [code, [says, advice]] of Object.entries(own)) {
      assertChinese(says, `the cause ${code}`, english[code]!.says);
      assertEquals(advice === undefined, english[code]!.advice === undefined, `the advice of the cause ${code}`);
      if (advice !== undefined) assertChinese(advice, `the advice of the cause ${code}`);
    }
  }
});

Deno.test("CALLS has every note, warning and fault of the official builders in Chinese", () => {
  assertEquals(Object.keys(CALLS), Object.keys(official.languages));
  for (const [language, english] of Object.entries(official.languages)) {
    const { note, notes = {}, warnings = {}, faults } = CALLS[language]!;
    const others = english as { notes?: object; warnings?: object };
    assertEquals(Object.keys(notes), Object.keys(others.notes ?? {}), `the notes of ${language}`);
    assertEquals(Object.keys(warnings), Object.keys(others.warnings ?? {}), `the warnings of ${language}`);
    assertEquals(faults.length, english.faults.length, `the faults of ${language}`);
    for (const text of [note, ...Object.values(notes), ...Object.values(warnings)]) assertChinese(text, language);
    faults.forEach((fault, index) => {
      assertChinese(fault, language, english.faults[index]);
      for (const number of english.faults[index]!.match(/(?<![\w^])\d[\d,]{2,}(?!\w)/g) ?? []) {
        assert(fault.includes(number), `${language} lacks ${number}: ${fault}`);
      }
    });
  }
});

Deno.test("SERVICE_WORDS has every service and field in Chinese", () => {
  for (const [type, english] of Object.entries(ENGLISH_SERVICES)) {
    const { about, fields } = SERVICE_WORDS[type as keyof typeof SERVICE_WORDS];
    assertChinese(about, type);
    assertEquals(Object.keys(fields), Object.keys(english.fields));
    for (const [field, text] of Object.entries(fields)) assertChinese(text, `${type}.${field}`);
  }
});

Deno.test("errorInChinese() says in Chinese what a form or a token can be refused for", async () => {
  const others = [
    new AgoraTokenError("crypto-unavailable", "WebCrypto is missing: serve the page over https or from localhost"),
    await errorOf(() => missing("uid")), // as a server says it
  ];
  for (const error of [...await refusals(), ...await unreadable(), ...others]) {
    const text = errorInChinese(error);
    assert(!text.includes("英文原文"), `no Chinese for: ${error.message}`);
    assertChinese(text, error.message, error.message);
    const { field, expected = "", actual = "" } = error;
    for (const phrase of [expected, actual]) {
      const isSaid = /^(invalid|unknown-field)/.test(error.code) && /[a-z],? [a-z]/i.test(phrase);
      assert(!isSaid || !text.includes(phrase), `no Chinese for: ${phrase}`);
    }
    if (error.message.includes(`"${field}"`)) assert(text.includes(`"${field}"`), `${text} does not name ${field}`);
  }
});

Deno.test("errorInChinese() has a sentence for each code, and gives the English where it does not know it", () => {
  for (const [code, text] of Object.entries(CODES)) assertChinese(text, code);
  assertEquals(
    errorInChinese({ code: "forbidden", message: "Something new" }),
    "服务器不生成这样的 Token，或不为此调用方生成（英文原文：Something new）",
  );
});

/** A row of the table as `explainError` gives it. */
function explainedRow({ id, number, texts }: MessageRow): messages.Explanation {
  const row = [...texts.flatMap((text) => messages.explainError(text)), ...messages.explainError(number ?? 0)]
    .find((row) => row.id === id);
  assert(row !== undefined, `${id} is not found by its own texts`);
  return row;
}

/** The error of a call, which must refuse. */
async function errorOf(call: () => unknown): Promise<AgoraTokenError> {
  try {
    await call();
  } catch (error) {
    if (error instanceof AgoraTokenError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** Every kind of refusal of what is typed into the forms of the page. */
function refusals(): Promise<AgoraTokenError[]> {
  const build = (service: object, more: object = {}) => () =>
    buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, services: [service], expire: 3600, ...more } as never);
  const rtc = { type: "rtc", channelName: "lobby", uid: 7, role: "publisher" };
  const calls: (() => unknown)[] = [
    build({ ...rtc, channelName: "a/b" }),
    build({ ...rtc, channelName: "c".repeat(64) }),
    build({ ...rtc, channelName: 7 }),
    build({ ...rtc, uid: -1 }),
    build({ ...rtc, uid: "7" }),
    build({ ...rtc, uid: undefined }),
    build({ ...rtc, uid: 7, account: "a" }),
    build({ ...rtc, role: "admin" }),
    build({ ...rtc, role: undefined }),
    build({ ...rtc, role: undefined, privileges: { joinChannels: 1 } }),
    build({ ...rtc, role: undefined, privileges: { joinChannel: 1, 1: 2 } }),
    build({ ...rtc, role: undefined, privileges: [] }),
    build({ ...rtc, rol: 1 }),
    build({ type: "rtm", userId: " bob" }),
    build({ type: "rtm2", userId: "bob", permissions: { messageChannels: { read: "news" } } }),
    build({ type: "chat", app: false }),
    build({ type: "what" }),
    build(rtc, { expire: 0 }),
    build(rtc, { expire: 1_700_000_000 }),
    build(rtc, { expire: NaN }),
    build(rtc, { appId: "1" }),
    build(rtc, { appId: "g".repeat(32) }),
    build(rtc, { services: [] }),
    build({ ...rtc, channelName: "lob*" }, { version: "006" }),
    build({ type: "fpa" }, { version: "006" }),
    () => buildWith("rtc.buildTokenWithUid", { channelName: "c", uid: 1.5, role: 1 }),
    () => buildWith("rtc.nothing", {}),
    () => buildWith("apaas.buildRoomUserToken", { roomUuid: "r", userUuid: "u", role: 40_000, expire: 1 }),
    () => buildLegacy("006", "rtc", APP_ID, { channelName: "c", user: -1, role: "what", privilegeExpiredTs: 1 }),
    () => buildLegacy("005", "mediaChannel", APP_ID, { channelName: "c" }),
    () =>
      packToken(
        { ...PARTS, services: [{ type: "rtc", channelName: "c".repeat(70_000), uid: "", privileges: {} }] },
        CERTIFICATE,
      ),
    () => packToken({ ...PARTS, services: Array(20).fill(LARGE) }, CERTIFICATE),
    () =>
      packToken({ ...PARTS, services: [{ type: "rtc", channelName: "c", uid: "", privileges: { 70_000: 1 } }] }, CERTIFICATE),
    () => packToken({ version: "005", appId: APP_ID, channelName: "c", service: "what" } as never, CERTIFICATE),
    () => onlyServable([LARGE, LARGE]),
    () => onlyServable([{ ...LARGE, uid: "undefined" }]),
    () =>
      onlyServable([{
        type: "rtm2",
        userId: "a",
        permissions: { messageChannels: { read: Array(10_000).fill("a") } },
        privileges: {},
      }]),
    () => as006({ ...PARTS, services: [LARGE, LARGE] }),
    () => as006({ ...PARTS, services: [{ ...LARGE, channelName: "*" }] }),
    () => diagnoseToken(GOOD, { uid: -1.5, now: "1" } as never),
  ];
  return Promise.all(calls.map(errorOf));
}

const PARTS = { version: "007", appId: APP_ID, issueTs: 1, expire: 1, salt: 1 } as const;
const LARGE = { type: "rtc", channelName: "c".repeat(60_000), uid: "", privileges: {} } as const;

/** Every kind of text that cannot be read. */
async function unreadable(): Promise<AgoraTokenError[]> {
  const malformed = golden.cases.flatMap(({ token }) => token === undefined ? [] : [token]);
  const old = [
    "003" + "0".repeat(110),
    "004" + "z".repeat(100),
    `1:${APP_ID}:99999999999:00`,
    `006${APP_ID}AAAA`,
    `006${APP_ID}AAB=`,
    `1:${APP_ID}:1700000000:${"0".repeat(33)}`,
    `1:${APP_ID}x1700000000:${"0".repeat(32)}`,
    "003" + "0".repeat(90) + "9".repeat(20),
  ];
  const texts = [...malformed, ...old, "", "007", "007eJ", `${GOOD}!`, GOOD.slice(0, 60), GOOD.slice(0, -3) + "AAA"];
  const read = await Promise.all([
    ...texts.map((text) => inspectToken(text)),
    inspectToken(old[3]!, { maxPayload: 1 }),
  ]);
  return read.flatMap(({ error }) => error ?? []);
}
