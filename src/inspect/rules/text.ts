import type { AgoraTokenError } from "../../errors.ts";
import { defined, isHexId } from "../../validate.ts";
import { type Observation, observed } from "../findings.ts";
import type { Read } from "../parse.ts";

// Why is the text no token?

/** What a text can be that is no token at all. The first that fits is taken. */
const KINDS = [
  ["text-is-placeholder", isPlaceholder],
  ["text-is-jwt", (text: string) => /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(text)],
  ["text-is-error-message", isMessage],
] as const;

/** Words that programs and samples leave where a token should stand. No pattern here looks at a text twice. */
function isPlaceholder(text: string): boolean {
  const bare = text.trim().toLowerCase();
  if (bare === "" || /^(undefined|null|nan|none|nil|false|true|0|token|test|todo|tbd|x+|\.+|-+|\*+)$/.test(bare)) return true;
  if (bare.length > 60) return false;
  const inBrackets = /^(<.*>|\{.*\}|\[.*\]|\$\{.*\}|%.*%|#.*#)$/.test(bare);
  if (inBrackets && !/[:"'/]/.test(bare)) return true;
  // "Your App ID", "YOUR_TOKEN", "<insert temp token here>": a few words without a verb.
  return /^(your|my|the|temp|temporary|insert|enter|paste|agora|rtc|rtm)([\s_-]+(your|temp|agora|app|rtc|rtm|channel|access|token|id|key|here))+$/
    .test(bare);
}

/** The answer of a server: JSON, HTML, or words. */
function isMessage(text: string): boolean {
  const bare = text.trim();
  if (/^[{["<]/.test(bare) || /^[45]\d\d\b/.test(bare)) return true;
  return /^\p{L}[\p{L}_]{3,40}$/u.test(bare) || bare.length < 2000 && /\s/.test(bare) && /\p{L}{2}/u.test(bare);
}

/**
 * Why a text cannot be read as a token, as precisely as the text tells.
 *
 * @param secrets The certificates and the App ID, to say which of them the text is.
 */
export function explainText(
  { text, format }: Read,
  error: AgoraTokenError,
  { appId, certificates }: { appId?: string | undefined; certificates: readonly string[] },
): Observation {
  if (isHexId(text.trim())) {
    const bare = text.trim().toLowerCase();
    const isCertificate = certificates.some((certificate) => certificate.toLowerCase() === bare);
    const id = bare === appId?.toLowerCase() ? "appId" : isCertificate ? "appCertificate" : "unknown";
    return observed("text-is-id", { id });
  }
  if (format === undefined) {
    const [code] = KINDS.find(([, fits]) => fits(text)) ?? [];
    return code === undefined ? unreadable(error) : observed(code, {});
  }
  if (/^(007|006|005|004|003|1:)\s+\p{L}+\s+\p{L}/u.test(text)) return observed("text-is-error-message", {});
  const body = text.slice(3);
  if (format.version !== "signaling" && /%[0-9a-f]{2}/i.test(body)) return observed("text-altered", { by: "percent-encoding" });
  if (/\s/.test(body)) return observed("text-altered", { by: "whitespace" });
  if (error.code === "malformed-base64" && /^[\w-]+=*$/.test(body)) {
    return /[-_]/.test(body) ? observed("text-altered", { by: "url-safe-base64" }) : cut(text, error);
  }
  const isCut = error.code === "truncated" ||
    error.code === "malformed-base64" && /^[A-Za-z0-9+/]+=*$/.test(body.slice(format.version === "006" ? 32 : 0));
  return isCut ? cut(text, error) : unreadable(error);
}

/** A fault of the reading, as an observation. */
export function unreadable(error: AgoraTokenError): Observation {
  return observed("unreadable", { reason: error.code, detail: error.message }, placeOf(error));
}

function cut(text: string, error: AgoraTokenError): Observation {
  return observed("text-cut", { length: text.length }, placeOf(error));
}

/** Where the reading stopped. */
function placeOf({ field, offset }: AgoraTokenError): Pick<Observation, "field" | "span"> {
  return defined({ field, span: offset === undefined ? undefined : { start: offset, end: offset } });
}
