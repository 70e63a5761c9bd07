import { utf8 } from "../bytes/bytes.ts";
import { crc32 } from "../bytes/crc32.ts";
import type { NameDifference } from "./findings.ts";
import { literalTexts } from "./literals.ts";
import { decoded, LOOK_ALIKES, mistakenFor, mistakenGiven, type OtherNames, skeleton, unquoted } from "./names.ts";

// A 006 has no names, but their checksums: the name is found by trying what may have been made of the one that is given.

/** The name, and how it came to be that one, whose checksum a token has in place of the name given; nothing where none is found. */
export function nameOfChecksum(
  crc: number,
  given: string,
  others: OtherNames,
): { actual?: string; difference: NameDifference } | undefined {
  if (given.length > 300) return undefined;
  for (const actual of likelyNames(crc, given, others)) {
    if (crc32(utf8(actual)) !== crc) continue;
    const difference = actual === "" ? "empty" : actual === "*" ? "star" : mistakenFor(given, actual, others);
    if (difference !== undefined) return { actual, difference };
  }
  const difference = mistakenGiven(given, others);
  return difference === undefined ? undefined : { difference };
}

/** Texts that programs write where they have no name, by their checksums. */
const LITERALS_BY_CRC: ReadonlyMap<number, string> = /* @__PURE__ */ literalsByCrc();

function literalsByCrc(): Map<number, string> {
  return new Map(literalTexts().map((text) => [crc32(utf8(text)), text]));
}

/** What a program may have made of a name, or have written in its place: the likeliest first. */
function* likelyNames(crc: number, given: string, { other, appId }: OtherNames): Generator<string> {
  yield* [other ?? "", "", appId, LITERALS_BY_CRC.get(crc) ?? "", "*"];
  if (given === "") return;
  yield* [given.toLowerCase(), given.toUpperCase(), given[0]!.toUpperCase() + given.slice(1).toLowerCase()];
  yield* [
    given.trim(),
    ` ${given} `,
    `${given}\0`,
    `${given}\u200b`,
    `\u200b${given}`,
    `${given} `,
    ` ${given}`,
    `${given}\n`,
    `${given}\r\n`,
    `${given}\r`,
    `${given}\t`,
    `\ufeff${given}`,
  ];
  yield* [
    given.normalize(),
    given.normalize("NFD"),
    decoded(given),
    encodeURIComponent(given.toWellFormed()),
    given.replaceAll(" ", "+"),
  ];
  yield* [unquoted(given), `"${given}"`, `'${given}'`, skeleton(given), given.replaceAll(/[!-~]/g, fullWidth)];
  yield* [`/${given}`, `${given}/`, `#${given}`, `[${given}]`, `b'${given}'`];
  yield* ["-", "_", " ", ""].map((sign) => given.replaceAll(/[-_ ]/g, sign));
  yield* [`Optional(${given})`, `Optional("${given}")`, `Some("${given}")`, `Some(${given})`, `%!d(string=${given})`];
  if (/^-?\d{1,20}$/.test(given)) {
    const digits = given.replace(/^0+(?=\d)/, "");
    const number = BigInt(given);
    yield* [
      digits,
      String(Number(given)),
      `${digits}.0`,
      `${digits}.00`,
      `+${digits}`,
      Number(given).toExponential().replace("+", ""),
    ];
    for (let width = digits.length; width < 20; width++) yield digits.padStart(width + 1, "0");
    yield* [String(BigInt.asUintN(32, number)), String(BigInt.asIntN(32, number)), String(number + 0x1_0000_0000n)];
  }
  if (given.length > 64) return;
  const characters = [...given];
  for (const [index, character] of characters.entries()) {
    for (const alike of LOOK_ALIKES.filter((group) => group.includes(character))) {
      for (const other of alike) yield characters.with(index, other).join("");
      if (characters.indexOf(character) !== index) continue;
      for (const other of alike) yield given.replaceAll(character, other);
    }
  }
}

/** A character of ASCII as East Asian input methods write it. */
function fullWidth(character: string): string {
  return String.fromCodePoint(character.codePointAt(0)! + 0xfee0);
}
