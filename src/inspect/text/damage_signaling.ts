import { type Observation, observed } from "../findings.ts";
import { countOf, cut, foreignAt } from "./damage.ts";

/** The lengths in hexadecimal of digests that are no MD5: SHA-1, SHA-256, SHA-512. */
const OTHER_DIGESTS = [40, 64, 128];

/** What is wrong with a text that begins like a signaling token, `1:APPID:TIME:MD5`: each of its parts has a length and an alphabet. */
export function damageSignaling(text: string): Observation | undefined {
  const foreign = foreignAt(text, /[^0-9a-f:]/i, 2);
  if (foreign !== undefined) return observed("text-damaged", foreign);
  const [, appId = "", time, digest = "", ...more] = text.split(":");
  if (more.length > 0) return undefined;
  const place = sized(appId, 3);
  if (time === undefined) return place?.edit === "inserted" ? observed("text-damaged", place) : cut(text);
  if (place !== undefined) return observed("text-damaged", place);
  const at = text.length - digest.length + 1;
  // Milliseconds, or another digest: the code that built it did that.
  if (/^\d{13}$/.test(time) || OTHER_DIGESTS.includes(digest.length)) {
    return observed("home-made", { version: "signaling", signs: ["other-content"], isRight: false });
  }
  if (digest.length < 32) return cut(text);
  if (!/^\d{1,10}$/.test(time)) return observed("text-damaged", { edit: "unknown", at: 36 });
  const tooLong = sized(digest, at);
  if (tooLong !== undefined) return observed("text-damaged", tooLong);
  const capital = digest.search(/[A-F]/);
  if (capital < 0) return undefined;
  const character = digest[capital]!;
  return observed("text-damaged", { edit: "case", at: at + capital, character, wanted: character.toLowerCase() });
}

/** What is wrong with the length of 32 digits that begin at a character. */
function sized(digits: string, at: number) {
  const by = digits.length - 32;
  if (by === 0) return undefined;
  const edit = by > 0 ? "inserted" as const : "missing" as const;
  return { edit, at, until: at + digits.length - (by > 0 ? 1 : 0), ...countOf(Math.abs(by)) };
}
