import { type Fields, jsonOf, sign, sortedFields } from "./sign.ts";

// How ports of netless-token sign otherwise than the JavaScript one, each as it was seen in their output (docs/facts.md, Whiteboard).

/** In what a token was signed otherwise. */
export type WhiteboardSigning =
  | "ascii"
  | "php"
  | "unescaped"
  | "question-marks"
  | "secret-question-marks"
  | "empty-omitted"
  | "null-omitted"
  | "null"
  | "number"
  | "insertion-order";

/** One way of signing. */
interface Port {
  /** Which ports do it, and with what. */
  readonly says: string;
  /** The texts that such a port may have signed; none where the token has nothing that it does otherwise. */
  readonly texts: (fields: ReadonlyMap<string, string>) => string[];
  /** The key that it signs with, where that is another. */
  readonly key?: (secretKey: string) => string;
}

const escaped = (what: RegExp, json: string) =>
  json.replace(what, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const canonical = (fields: Fields) => jsonOf(sortedFields(fields));

/** In place of each UTF-16 unit beyond ASCII. */
const asQuestionMarks = (text: string) => text.replace(/[^\0-\x7f]/g, "?");

/** The ways, the likeliest first. */
export const PORTS: Readonly<Record<WhiteboardSigning, Port>> = {
  "insertion-order": {
    says: "the C# port before March 2024, which does not sort the keys; the service is reported to refuse it",
    texts: (fields) => {
      const order = ["ak", "nonce", "role", "uuid", "expireAt"];
      return [jsonOf([...fields].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)))];
    },
  },
  number: {
    says: "the PHP, Python or Ruby port with a number for the role, where a text is wanted",
    texts: (fields) => [
      jsonOf(sortedFields(fields), (value, key) => key === "role" && /^\d+$/.test(value) ? value : JSON.stringify(value)),
    ],
  },
  "empty-omitted": {
    says: "the Go or PHP port with an empty access key, role or uuid, which it signs and leaves out",
    texts: (fields) => withMissing(fields, "").map(canonical),
  },
  "null-omitted": {
    says: "the Java port with null for the role or uuid, which it signs as a text and leaves out",
    texts: (fields) => withMissing(fields, "null").map(canonical),
  },
  null: {
    says: "the Python or Ruby port with None or nil for the role or uuid",
    texts: (fields) => [
      jsonOf(
        sortedFields(fields),
        (value, key) => /^(role|uuid)$/.test(key) && /^(None)?$/.test(value) ? "null" : JSON.stringify(value),
      ),
    ],
  },
  ascii: {
    says: "the Python, PHP or C# port, which escapes characters beyond ASCII before it signs",
    texts: (fields) => [/[^\0-\x7e]/g, /[^\0-\x7f]/g, /[\x85\u2028\u2029]/g].map((what) => escaped(what, canonical(fields))),
  },
  php: {
    says: "the PHP port, which escapes slashes before it signs",
    texts: (fields) => [escaped(/[^\0-\x7f]/g, canonical(fields)).replaceAll("/", "\\/")],
  },
  unescaped: {
    says: "the Go or Java port, which escapes no quotes, backslashes and control characters before it signs",
    texts: (fields) => [jsonOf(sortedFields(fields), (value) => `"${value}"`)],
  },
  "question-marks": {
    says: "the C# port, which signs question marks in place of characters beyond ASCII",
    texts: (fields) => [asQuestionMarks(canonical(fields))],
  },
  "secret-question-marks": {
    says: "the C# port, which signs with question marks in place of characters beyond ASCII in the secret key",
    texts: (fields) => [canonical(fields)],
    key: asQuestionMarks,
  },
};

/** The fields with a value for one or more of the keys that are absent and that a port may have signed. */
function withMissing(fields: ReadonlyMap<string, string>, value: string): Map<string, string>[] {
  const absent = ["ak", "role", "uuid"].filter((key) => !fields.has(key));
  const ways = Array.from({ length: 2 ** absent.length - 1 }, (_, way) => absent.filter((_, bit) => (way + 1) & (1 << bit)));
  return ways.map((keys) => new Map([...fields, ...keys.map((key) => [key, value] as const)]));
}

/** How a port signed a token whose signature is not the canonical one; nothing where no known port did. */
export async function signingOf(
  fields: ReadonlyMap<string, string>,
  secretKey: string,
  isSignature: (signature: string) => boolean,
): Promise<WhiteboardSigning | undefined> {
  const own = canonical(fields);
  for (const [name, { texts, key }] of Object.entries(PORTS)) {
    const secret = key?.(secretKey) ?? secretKey;
    for (const text of new Set(texts(fields))) {
      if ((text !== own || secret !== secretKey) && isSignature(await sign(text, secret))) return name as WhiteboardSigning;
    }
  }
  return undefined;
}
