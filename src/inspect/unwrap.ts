import { AgoraTokenError } from "../errors.ts";
import { detectFormat } from "../formats/detect.ts";
import type { Wrapping } from "./findings.ts";

/** A token found within a text, and what stood around it. */
export interface Unwrapped {
  /** The token. */
  token: string;
  /** What was taken away; empty where the text was a token as it stood. */
  stripped: Wrapping[];
}

/** The ways in which a pasted text wraps a token: what it is called, and what is inside. */
const WRAPPERS: readonly [what: Wrapping, inside: (text: string) => string | undefined][] = [
  ["whitespace", (text) => text.trim()],
  ["json", tokenInJson],
  ["quotes", (text) => /^(["'`])(.*)\1,?$/s.exec(text)?.[2]],
  [
    "name",
    (text) => /^(?:(?:export|const|let|var)\s+)*[\w$.-]*token\s*[:=]\s*(.+?);?$/is.exec(text)?.[1],
  ],
  ["bearer", (text) => /^(?:authorization:\s*)?bearer\s+(\S+)$/i.exec(text)?.[1]],
  ["url", tokenInUrl],
];

/** Nobody wraps a token more often; each wrapping costs a look at the whole text. */
const MOST_WRAPPINGS = 16;

/**
 * Finds the token in a text as people paste it: with whitespace, quotes, JSON or a URL around it. For tools that show tokens;
 * what verifies a token takes it as it stands.
 */
export function unwrapToken(text: string): Unwrapped {
  let token = text;
  const stripped: Wrapping[] = [];
  while (detectFormat(token) instanceof AgoraTokenError || token !== token.trim()) {
    const found = WRAPPERS.map(([what, inside]) => ({ what, inner: inside(token) }))
      .find(({ inner }) => inner !== undefined && inner.length < token.length && stripped.length < MOST_WRAPPINGS);
    if (found === undefined) return { token: text, stripped: [] };
    stripped.push(found.what);
    token = found.inner!;
  }
  return { token, stripped };
}

/** The first text under a name like `token`, `rtcToken` or `key`, at any depth. */
function tokenInJson(text: string): string | undefined {
  const source = /^\s*"[^"]*token"\s*:/i.test(text) ? `{${text.replace(/,\s*$/, "")}}` : text;
  try {
    const found: string[] = [];
    JSON.parse(source, (name, value) => {
      if (typeof value === "string" && /token$|^key$/i.test(name)) found.push(value);
      return value;
    });
    return found.find((text) => !(detectFormat(text) instanceof AgoraTokenError)) ?? found[0];
  } catch {
    return undefined;
  }
}

/** The value of a query or fragment parameter like `token`. */
function tokenInUrl(text: string): string | undefined {
  const target = /^[?/]/.test(text) ? `http://localhost/${text.replace(/^\/+/, "")}` : text;
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url === undefined) return undefined;
  for (const query of [url.search, url.hash.replace(/^#\??/, "")]) {
    // In a query a plus sign is a space; base64 has none, so a space was a plus sign.
    for (const [name, value] of new URLSearchParams(query)) if (/token$|^key$/i.test(name)) return value.replaceAll(" ", "+");
  }
  return undefined;
}
