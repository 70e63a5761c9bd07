import { decodeCanonicalBase64 } from "../../bytes/base64.ts";
import { type Observation, observed } from "../findings.ts";
import {
  countOf,
  cut,
  foreignAt,
  isInOneCase,
  LEAST_LENGTH,
  LIMIT,
  wholeBytes,
  withoutPadding,
  withoutRest,
} from "./damage.ts";
import { extentOf, hasZlibHeader } from "./extent.ts";
import { isWhole007, repair007 } from "./repair.ts";

/**
 * How a text that begins like a 007 was damaged.
 *
 * @param isThorough Whether the one edit that repairs it is looked for, which takes a while.
 * @returns Nothing where the text is too short to say.
 */
export function damage007(text: string, isThorough: boolean): Observation | undefined {
  const body = text.slice(3);
  const [token = ""] = /^007[A-Za-z0-9+/]*={0,2}/.exec(text) ?? [];
  if (token.length < text.length && isWhole007(decodeCanonicalBase64(token.slice(3), 3).bytes)) {
    return observed("text-damaged", { edit: "inserted", at: token.length + 1, ...countOf(text.length - token.length) });
  }
  const foreign = foreignAt(text, /[^A-Za-z0-9+/=]/, 3) ?? foreignAt(withoutPadding(text), /=/, 3);
  if (foreign !== undefined) return observed("text-damaged", foreign);
  if (isInOneCase(body)) return observed("text-damaged", { edit: "case" });
  const letters = withoutPadding(body);
  const padding = body.length - letters.length;
  const { bytes } = decodeCanonicalBase64(withoutRest(letters), 0);
  const whole = letters.length % 4 === 1 ? undefined : wholeBytes(letters);
  if (whole !== undefined && isWhole007(whole)) {
    const count = padding - (4 - letters.length % 4) % 4;
    if (count < 0) return cut(text);
    return observed("text-damaged", { edit: "inserted", at: text.length - count + 1, character: "=", ...countOf(count) });
  }
  const edit = isThorough ? repair007(text) : undefined;
  if (edit?.edit === "missing" && edit.at === text.length + 1) return cut(text);
  if (edit !== undefined) return observed("text-damaged", edit);
  if (bytes.length < 2) return /^(?:$|e[JAFN]?)/.test(body) && padding === 0 ? cut(text) : undefined;
  if (!hasZlibHeader(bytes)) {
    const lost = LOST_HEADS.find((head) => isWhole007(wholeBytes(head + letters) ?? bytes));
    if (lost !== undefined) return observed("text-damaged", { edit: "missing", at: 4, count: lost.length, wanted: lost });
    const begin = letters.slice(0, 40).search(/eJ[xwyz]/);
    if (begin > 0 && isWhole007(wholeBytes(letters.slice(begin)) ?? bytes)) {
      return observed("text-damaged", { edit: "inserted", at: 4, ...countOf(begin) });
    }
    return letters.length < LEAST_LENGTH ? undefined : observed("text-damaged", { edit: "unknown", at: 4 });
  }
  const { stream: { end, fault }, plausible, isPlausible } = extentOf(whole ?? bytes, LIMIT);
  const characterOf = (offset: number) => Math.min(text.length, 4 + Math.floor(offset * 4 / 3));
  // A copy that lost its end lost the padding, and all that is there can be the beginning of a token.
  if (fault === "truncated" && padding === 0 && isPlausible) return cut(text);
  if (fault === undefined) {
    const at = 4 + Math.ceil(end * 4 / 3);
    return observed("text-damaged", { edit: "inserted", at, ...countOf(text.length - at + 1) });
  }
  if (fault === "too-large") return undefined;
  if (fault === "checksum" && isPlausible) return observed("text-damaged", { edit: "unknown" });
  return observed("text-damaged", { edit: "unknown", at: characterOf(plausible) });
}

/** With what the compressed part begins, as official code writes it, where more than its first character may be lost. */
const LOST_HEADS = ["eJ", "eJx", "eJw", "eJy", "eJz"];
