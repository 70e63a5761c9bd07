import { deflateSync } from "node:zlib";
import { encodeBase64 } from "../../src/bytes/base64.ts";
import { type Bytes, concatBytes, u32le, utf8 } from "../../src/bytes/bytes.ts";

// Texts that are made to take long: everything in a token or around one that may repeat, as often as it fits.

const HEX = "0123456789abcdef0123456789abcdef";

const u16 = (value: number) => Uint8Array.of(value, value >> 8);
const str = (value: string | Uint8Array) => {
  const bytes = typeof value === "string" ? utf8(value) : value;
  return concatBytes([u16(bytes.length), bytes]);
};

/** What precedes the services of a 007: a signature that nothing made, the App ID, time, lifetime and salt. */
const HEAD = concatBytes([str(new Uint8Array(32).fill(7)), str(HEX), u32le(1_700_000_000), u32le(3600), u32le(1)]);

/** As many pieces as fit into `size` bytes with what stands before them, which has their number. */
function filled(size: number, before: (count: number) => Uint8Array, piece: (index: number) => Uint8Array): Bytes {
  const pieces: Uint8Array[] = [];
  let left = size - before(0).length;
  for (let next = piece(0); next.length <= left && pieces.length < 65_535; next = piece(pieces.length)) {
    pieces.push(next);
    left -= next.length;
  }
  return concatBytes([before(pieces.length), ...pieces]);
}

/** A service of a type with one privilege, and its fields. */
const service = (type: number, ...fields: (string | Uint8Array)[]) =>
  concatBytes([u16(type), u16(1), u16(1), u32le(7200), ...fields.map(str)]);

const services = (piece: (index: number) => Uint8Array) => (size: number) =>
  filled(size, (count) => concatBytes([HEAD, u16(count)]), piece);
/** An RTM2 service with one list of names. */
const rtm2Names = (name: (index: number) => Uint8Array) => (size: number) =>
  filled(
    size,
    (count) => concatBytes([HEAD, u16(1), u16(8), u16(0), str("bob"), u16(1), u16(0), u16(1), u16(0), u16(count)]),
    name,
  );
/** The most bytes that a name has which stands twice in a content of a size. */
const half = (size: number) => Math.min(60_000, Math.floor((size - HEAD.length - 20) / 2));
const long = (character: string, length = 60_000) => character.repeat(Math.floor(length / utf8(character).length));
/** Services of RTC with names as long as they may be, each of one character again and again, or of one byte. */
const longNames = (...characters: readonly (string | number)[]) => (size: number) =>
  services(() =>
    service(
      1,
      ...characters.map((one) => typeof one === "string" ? long(one, half(size)) : new Uint8Array(half(size)).fill(one)),
    )
  )(size);
const NOT_UTF8 = Uint8Array.of(0xff);

/** Contents of a 007 with as much of one thing as fits into a size, in bytes. */
export const CONTENTS_007: Readonly<Record<string, (size: number) => Bytes>> = {
  "services without fields": services(() => Uint8Array.of(4, 0, 0, 0)),
  "services of RTC for anyone": services(() => concatBytes([u16(1), u16(0), str(""), str("")])),
  "services of RTC with a privilege": services(() => service(1, "lobby", "1001")),
  "services of RTC with different names": services((index) => service(1, `lobby${index}`, `${index}`)),
  "services of RTC with names of programs": services((index) =>
    service(1, "undefined", index % 2 ? "0x10" : "[object Object]")
  ),
  "services of RTC with patterns": services(() => service(1, "a*b*c*", "a*")),
  "services of RTC with different patterns": services((index) => service(1, `c${index}*`, "")),
  "services of RTC not in UTF-8": services(() => service(1, NOT_UTF8, NOT_UTF8)),
  "services of RTC with forbidden names": services((index) => service(1, `/${index}`, `é${index}`)),
  "services of RTM without a user": services(() => Uint8Array.of(2, 0, 0, 0, 0, 0)),
  "services of APaaS": services(() => concatBytes([service(7, "room", "user"), u16(1)])),
  "services of all types": services((index) => Uint8Array.of(index % 2 ? 4 : 10, 0, 0, 0)),
  "privileges": (size) => {
    const before = (count: number) => concatBytes([HEAD, u16(1), u16(1), u16(count)]);
    return concatBytes([
      filled(size - 4, before, (index) => concatBytes([u16(65_535 - index), u32le(index)])),
      str(""),
      str(""),
    ]);
  },
  "one privilege, again and again": (size) => {
    const before = (count: number) => concatBytes([HEAD, u16(1), u16(1), u16(count)]);
    return concatBytes([filled(size - 4, before, (index) => concatBytes([u16(1), u32le(index)])), str(""), str("")]);
  },
  "names of RTM2": rtm2Names(() => str("a")),
  "names of RTM2 not in UTF-8": rtm2Names(() => str(NOT_UTF8)),
  "empty names of RTM2": rtm2Names(() => str("")),
  "long names of RTM2": (size) => rtm2Names(() => str(long("é", half(size))))(size),
  "resources of RTM2": (size) =>
    filled(
      size,
      (count) => concatBytes([HEAD, u16(1), u16(8), u16(0), str("bob"), u16(count)]),
      (index) => concatBytes([u16(index), u16(1), u16(1), u16(1), str("a")]),
    ),
  "long names": longNames("a", "0"),
  "long names with stars": longNames("a*", "*"),
  "long names not in UTF-8": longNames(0xff, 0xc3),
  "long names that look alike": longNames("lοbby", "é "),
  "long names in quotes": longNames("'", "«"),
  "long names with tokens": longNames("007eJx", `006${HEX}IA`),
  "bytes after the last service": (size) =>
    concatBytes([HEAD, u16(1), service(1, "a", "b"), new Uint8Array(Math.max(0, size - 200))]),
};

/** The text of a 007 that holds a content, of at most `size` characters: uncompressed if that fits, or as small as it gets. */
export function text007(content: Uint8Array, level: 0 | 9 = 9): string {
  return "007" + encodeBase64(new Uint8Array(deflateSync(content, { level })));
}

/** A 006 of at most `size` characters, with as many privileges as fit. */
export function text006(size: number): string {
  const room = Math.min(Math.floor((size - 35) / 4) * 3, 65_000);
  const message = filled(room - 44, (count) => concatBytes([u32le(1), u32le(1_900_000_000), u16(count)]), (index) => {
    return concatBytes([u16(65_535 - index), u32le(1_800_000_000)]);
  });
  return `006${HEX}` + encodeBase64(concatBytes([str(new Uint8Array(32).fill(7)), u32le(1), u32le(2), str(message)]));
}

/** A 005 of at most `size` characters, with as many entries as fit, none of them in UTF-8. */
export function text005(size: number): string {
  const before = (count: number) =>
    concatBytes([u16(1), str("A".repeat(40)), str(new Uint8Array(16).fill(1)), u32le(1), u32le(2), u32le(3), u16(count)]);
  return "005" +
    encodeBase64(filled(Math.floor((size - 3) / 4) * 3, before, (index) => concatBytes([u16(index), str(NOT_UTF8)])));
}

/** What is done to a token so that it is none, or not alone. */
export const DAMAGES: Readonly<Record<string, (token: string) => string>> = {
  whole: (token) => token,
  "without its end": (token) => token.slice(0, -9),
  "without its padding": (token) => token.replace(/=*$/, ""),
  "with another character in the middle": (token) => {
    const middle = token.length >> 1;
    return token.slice(0, middle) + (token[middle] === "A" ? "B" : "A") + token.slice(middle + 1);
  },
  "with another character at its end": (token) => token.replace(/.(?==*$)/, (last) => last === "A" ? "Q" : "A"),
  "with a character too many": (token) => token.slice(0, token.length >> 1) + "A" + token.slice(token.length >> 1),
  "without a character": (token) => token.slice(0, token.length >> 1) + token.slice((token.length >> 1) + 1),
  "without its head": (token) => "007" + token.slice(9),
  "in lines": (token) => token.replace(/.{60}/g, "$&\n"),
  "in quotes": (token) => `"${token}"`,
  "in percent signs": (token) => token.replace(/[+/=]/g, encodeURIComponent),
  "in the alphabet of URLs": (token) => token.replaceAll("+", "-").replaceAll("/", "_"),
  "in base64": (token) => btoa(token),
  "again in a 007": (token) => "007" + btoa(token.slice(3)),
  "with stars": (token) => token.slice(0, token.length >> 1) + "****" + token.slice(4 + (token.length >> 1)),
};

/** Parts that fill a text: what looks like the beginning of a token, and all that the search undoes. */
export const PARTS: Readonly<Record<string, string>> = {
  "prefixes of 007": "007eJx",
  "007 and stored blocks": "007eAEB//8AAA",
  "007 and stored blocks of a signature": "007eAEB//8AACAA",
  "006 of 256 bytes": `006${HEX}IA${"A".repeat(54)}AB`,
  "006 of 4 KiB": `006${HEX}IA${"A".repeat(54)}AQ`,
  "005 and its head": "005AQAo" + "AEUxMjFCODU1RkYyMTA2QkM3Q0I5NEUxNDU5ODZDNUUzNEI4QTQ4MkQQAAEjRWeJq83vASNFZ4mrze//////////",
  "prefixes of 1:": "1:",
  "signaling tokens": `1:${HEX}:1700000000:${HEX}`,
  "App IDs of signaling tokens": `1:${HEX}:`,
  hexadecimal: HEX,
  digits: "1",
  "keys without a version": `${HEX}${HEX}0123456789abcdef1234567890`,
  "beginnings of JWT": "eyJ",
  JWTs: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJl ",
  "parts of a JWT": "eyJ.",
  quotes: '"',
  "quotes and spaces": '"                ',
  names: "token:",
  "equals after names": "token=",
  literals: '"a" + ',
  lists: '",',
  backslashes: "\\",
  "percent signs": "%25",
  "percent many times": "%2525",
  "characters in percent": "%41",
  "bytes in percent": "%c3%a9",
  ampersands: "&#x26;",
  entities: "&amp;amp;",
  escapes: "\\u005c",
  spaces: " ",
  "spaces in a query": "?token=007eJx  ",
  lines: "\n",
  "lines and marks": " \n > ",
  "lines with a prefix": "2026-01-15 INFO a\n",
  tags: "<b",
  "colours of a terminal": "\x1b[",
  "links of a terminal": "\x1b]",
  mail: "=\n",
  "equals signs": "=",
  asterisks: "*",
  dots: ".",
  words: "a ",
  base64: "A",
  "base64 of base64": "TURBM1pVcDRUVVJCTTFwVmNEUk5SRUV6",
  "base64 of tokens": "MDA3ZUp4MDA3ZUp4 ",
  JSON: '{"a":[',
  brackets: "<{([",
  paths: "/a/",
  "invisible characters": "\u200b",
  "characters of two units": "\u{1f600}",
};
