import type { AgoraTokenError } from "../../errors.ts";
import type { Format, Version } from "../../formats/detect.ts";
import { viewToken } from "../../formats/view.ts";
import type { Expected } from "../expected.ts";
import { aroundOf } from "../find/around.ts";
import { type DamageParams, type Observation, observed } from "../findings.ts";
import { literalKind } from "../literals.ts";
import type { Read } from "../parse.ts";
import { wrongChain } from "./wrong_chains.ts";
import { masked, placeOf } from "./damage.ts";
import { damage007 } from "./damage_007.ts";
import { damageBefore007 } from "./damage_before_007.ts";
import { damageSignaling } from "./damage_signaling.ts";
import { damagedHead } from "./damaged_head.ts";
import { type Homemade, homemade } from "./homemade.ts";

// Why is the text no token?

/** What a text can be that is no token at all. The first that fits is taken. */
const KINDS = [
  ["text-is-placeholder", isPlaceholder],
  ["text-is-jwt", isJwt],
  ["text-is-error-message", isMessage],
] as const;

/** A token without a value: token=undefined, Bearer null, or JSON without words of an error. */
const NO_VALUE =
  /^(?![^]*(?:error|message|msg))(?:[^]*(?:token\\?["']?\s*[:=]\s*|bearer\s+))?["']?(?:undefined|null|nan|none|nil|\[object \w+\])["']?\s*(?:[,;&}#][^]*)?$|^["'\s]+$|token=(?:&[^]*)?$/i;

/** Words that programs and samples leave where a token should stand. No pattern here looks at a text twice. */
function isPlaceholder(text: string): boolean {
  if (text.length < 500 && NO_VALUE.test(text)) return true;
  const bare = text.trim().toLowerCase();
  if (bare === "" || /^(undefined|null|nan|none|nil|false|true|0|token|test|todo|tbd|x+|\.+|-+|\*+)$/.test(bare)) return true;
  // What a program wrote that had no text: Promise { <pending> }, Instance of 'Future<String>'. JSON is an answer.
  if (literalKind(text.trim()) !== undefined && !/^[{&]/.test(bare)) return true;
  if (bare.length > 60) return false;
  const inBrackets = /^(<.*>|\{.*\}|\[.*\]|\$\{.*\}|%.*%|#.*#)$/.test(bare);
  if (inBrackets && !/[:"'/]/.test(bare)) return true;
  // "Your App ID", "YOUR_TOKEN", "<insert temp token here>": a few words without a verb.
  return /^(your|my|the|temp|temporary|insert|enter|paste|agora|rtc|rtm)([\s_-]+(your|temp|agora|app|rtc|rtm|channel|access|token|id|key|here))+$/
    .test(bare);
}

/** A JSON Web Token, alone or with what people copy with it: its name, quotes, `Bearer`. */
function isJwt(text: string): boolean {
  const found = /(?<![\w.-])eyJ[\w-]*\.[\w-]+\.[\w-]*(?![\w.-])/.exec(text);
  return found !== null && aroundOf(text, found.index, found.index + found[0].length)[0] !== "words";
}

/** A token of the whiteboard, whole or not: its prefix, and what begins like a base64 of some bytes. */
const WHITEBOARD = /NETLESS(SDK|ROOM|TASK)_(?=[\w+/-]{16})/;

/** An App ID or a certificate, alone or with its name. */
const ID = /^[\s"'`]*(?:[\w.-]{1,40}\s*[:=]\s*["'`]?)?([0-9a-f]{32})["'`\s,;]*$/i;

/** A part of a token without its beginning, which is hidden, or the whole of one that has no version. */
const HIDDEN = /^(?=.*(?:\d|=|[a-z][A-Z]|[A-Z][a-z]))[\w+/:-]*(?:[*•●█∗×]{2}|…|\.{3})[*•●█∗×….]*[\w+/]{3,}={0,2}$/;

/** The answer of a server: JSON, HTML, or words. */
function isMessage(text: string): boolean {
  const bare = text.trim();
  if (/^[{["<]/.test(bare) || /^[45]\d\d\b/.test(bare)) return true;
  return /^\p{L}[\p{L}_]{3,40}$/u.test(bare) || bare.length < 2000 && /\s/.test(bare) && /\p{L}{2}/u.test(bare);
}

/**
 * Why a text cannot be read as a token, as precisely as the text tells.
 *
 * @param known The certificates and the App ID, to say which of them the text is, and what else is expected of it.
 * @param isThorough Whether to try what takes a while: edits that repair the text, and wrong ways to sign.
 */
export async function explainText(
  { text, format }: Read,
  error: AgoraTokenError,
  known: Expected & { readonly certificates: readonly string[] },
  isThorough: boolean,
): Promise<Observation> {
  if (error.code === "too-large") return unreadable(error); // what was not read has no other fault
  const { appId, certificates } = known;
  const [, bare] = ID.exec(text.toLowerCase()) ?? [];
  if (bare !== undefined) {
    const isCertificate = certificates.some((certificate) => certificate.toLowerCase() === bare);
    const id = bare === appId?.toLowerCase() ? "appId" : isCertificate ? "appCertificate" : "unknown";
    return observed("text-is-id", { id });
  }
  if (format === undefined) {
    const [, kind] = WHITEBOARD.exec(text) ?? [];
    if (kind !== undefined) {
      return observed("text-is-whiteboard-token", { kind: kind.toLowerCase() as "sdk" | "room" | "task" });
    }
    const head = damagedHead(text, isThorough);
    if (head !== undefined) return head;
    if (text.length < 2000 && HIDDEN.test(text)) return masked(text)!;
    const [code] = KINDS.find(([, fits]) => fits(text)) ?? [];
    return code === undefined ? unreadable(error) : observed(code, {});
  }
  if (/^(007|006|005|004|003|1:)\s+\p{L}+\s+\p{L}/u.test(text)) return observed("text-is-error-message", {});
  const { version } = format;
  const head = version === "005" ? damagedHead(text, false) : undefined;
  if (head !== undefined) return head;
  const made = version === "007" || version === "006" ? homemade(text, version) : undefined;
  if (made?.isSure) return await asHomemade(made, version, known, isThorough);
  // Where a token is only broken into lines, it was found.
  const compact = LINES.test(text) ? text.replace(/\s/g, "") : text;
  const inLines = compact === text ? undefined : damage(compact, version, error, isThorough);
  if (inLines !== undefined) return inLines;
  const altered = masked(text) ?? alteration(text, format);
  if (altered !== undefined) return altered;
  const isUrlSafe = error.code === "malformed-base64" && /^[\w-]+=*$/.test(text) && /[-_]/.test(text);
  const broken = damage(isUrlSafe ? text.replaceAll("-", "+").replaceAll("_", "/") : text, version, error, isThorough);
  // What was damaged beyond one character may look like the work of other code, and the reverse: a place tells that it was read.
  if (made !== undefined && (broken === undefined || isAtStart(broken))) {
    return await asHomemade(made, version, known, isThorough);
  }
  return broken ?? unreadable(error);
}

/** Lines of which all but the last have 40 characters or more, and nothing else. */
const LINES = /^[\w+/-]{40,}(?:[ \t]*[\r\n]+[ \t]*[\w+/-]{40,})*[ \t]*[\r\n]+[ \t]*[\w+/-]+={0,2}$/;

/** What was done to a whole token: it is encoded for a URL, or broken by whitespace. */
function alteration(text: string, { version }: Format): Observation | undefined {
  const body = text.slice(3);
  if (version !== "signaling" && /%[0-9a-f]{2}/i.test(body)) return observed("text-altered", { by: "percent-encoding" });
  return /\s/.test(body) ? observed("text-altered", { by: "whitespace" }) : undefined;
}

function damage(text: string, version: Version, error: AgoraTokenError, isThorough: boolean): Observation | undefined {
  if (version === "007") return damage007(text, isThorough);
  return version === "signaling" ? damageSignaling(text) : damageBefore007(text, version, error, isThorough);
}

/** Whether nothing of a text could be read: not even the two bytes with which a compressed part begins. */
function isAtStart({ code, params }: Observation): boolean {
  const { edit, at = Infinity } = params as Partial<DamageParams>;
  return code === "text-damaged" && edit === "unknown" && at < 8;
}

/** A home-made token, with what is wrong in its signature where that can be found. */
async function asHomemade(
  { signs, token }: Homemade,
  version: Version,
  known: Expected & { readonly certificates: readonly string[] },
  isThorough: boolean,
): Promise<Observation> {
  const chain = isThorough && token !== undefined
    ? await wrongChain(token, viewToken(token), known.certificates, known)
    : undefined;
  const isRight = token !== undefined && !signs.some((sign) => sign.startsWith("signature"));
  const proved = chain === undefined ? {} : { certificate: "right" } as const;
  return observed("home-made", { version, signs: [...signs, ...chain ?? []], isRight, ...proved });
}

/** A fault of the reading, as an observation. */
export function unreadable(error: AgoraTokenError): Observation {
  return observed("unreadable", { reason: error.code, detail: error.message }, placeOf(error));
}
