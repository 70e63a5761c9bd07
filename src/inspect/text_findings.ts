import type { AgoraTokenError } from "../errors.ts";
import { isHexId } from "../validate.ts";
import { type Finding, finding } from "./findings.ts";
import type { Format } from "./format.ts";
import type { ParsedToken, Version } from "./formats.ts";
import { unreadable } from "./inspect.ts";
import { unwrapToken } from "./unwrap.ts";

/** What a text is told by that is no token at all. The first that fits is taken. */
const KINDS: readonly { code: Finding["code"]; fits: (text: string) => boolean; message: string }[] = [
  { code: "text-is-placeholder", fits: isPlaceholder, message: "The text is empty or a placeholder, not a token." },
  {
    code: "text-is-jwt",
    fits: (text) => /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(text),
    message: "The text is a JSON Web Token: the token of another service.",
  },
  {
    code: "text-is-error-message",
    fits: isMessage,
    message: "The text is an answer or an error message of a server, not a token.",
  },
];

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
  text: string,
  error: AgoraTokenError,
  format: Format<Version, ParsedToken> | undefined,
  { appId, certificates }: { appId?: string | undefined; certificates: readonly string[] },
): Finding[] {
  const { token: inner, stripped } = unwrapToken(text);
  if (stripped.length > 0 && inner !== text) {
    return [finding("text-wrapped", `The text is not the token alone: it has ${stripped.join(" and ")}.`)];
  }
  if (isHexId(text.trim())) {
    const bare = text.trim().toLowerCase();
    const which = bare === appId?.toLowerCase()
      ? "your App ID"
      : certificates.some((certificate) => certificate.toLowerCase() === bare)
      ? "your App Certificate, which must stay on the server"
      : "an App ID or an App Certificate";
    return [finding("text-is-id", `The text is ${which}, not a token.`)];
  }
  if (format === undefined) {
    const kind = KINDS.find(({ fits }) => fits(text));
    return [kind === undefined ? unreadable(error) : finding(kind.code, kind.message)];
  }
  if (/^(007|006|005|004|003|1:)\s+\p{L}+\s+\p{L}/u.test(text)) return [finding("text-is-error-message", KINDS[2]!.message)];
  const body = text.slice(3);
  if (format.version !== "signaling" && /%[0-9a-f]{2}/i.test(body)) {
    return [finding("text-altered", "The token is percent-encoded: it was encoded for a URL and not decoded again.")];
  }
  if (/\s/.test(body)) {
    return [
      finding(
        "text-altered",
        "Blanks or line breaks stand in the token: a plus sign went through a URL as it was, or a copy broke the line.",
      ),
    ];
  }
  if (error.code === "malformed-base64" && /^[\w-]+=*$/.test(body)) {
    if (/[-_]/.test(body)) {
      return [finding("text-altered", "The token is in the URL-safe alphabet: - and _ stand for + and /.")];
    }
    return [cut(text, error)];
  }
  const isCut = error.code === "truncated" ||
    error.code === "malformed-base64" && /^[A-Za-z0-9+/]+=*$/.test(body.slice(format.version === "006" ? 32 : 0));
  return [isCut ? cut(text, error) : unreadable(error)];
}

function cut(text: string, error: AgoraTokenError): Finding {
  const { span, field } = unreadable(error);
  const message = `The token looks cut: ${text.length} characters are there, and its last field is not whole.`;
  return finding("text-cut", message, { ...(span === undefined ? {} : { span }), ...(field === undefined ? {} : { field }) });
}
