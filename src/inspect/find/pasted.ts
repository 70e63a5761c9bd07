import { AgoraTokenError } from "../../errors.ts";
import { detectFormat, type Version } from "../../formats/detect.ts";
import { findTokens, type FoundToken } from "./find.ts";
import { aroundOf } from "./around.ts";
import { originOf, plainOf } from "./undo.ts";
import { type Observation, observed, type Wrapping } from "../findings.ts";
import { defined } from "../../validate.ts";
import { type Bounds, type Read, readToken } from "../parse.ts";

/** A token that can be judged: all but those of the whiteboard. */
type JudgedToken = FoundToken & { version: Version };

/** A text that was pasted where a token is wanted, as it is judged. */
export interface Pasted {
  /** What is judged: the text, the first token in it, one of the whiteboard if there is no other, or the part that begins like a token. */
  readonly read: Read;
  /** The tokens in it; none where the text is a token as it stands, or has none. */
  readonly found: readonly JudgedToken[];
  /** The tokens of the whiteboard in it, of which none is judged; none where the text is one as it stands. */
  readonly whiteboard: readonly FoundToken[];
  /** What a client would not accept: that the text is not the token alone. */
  readonly wrapped: readonly Observation[];
}

/** Reads a text as it stands, and where it is no token, the first token in it. A text that is a token pays for no search. */
export async function readPasted(text: string, options: Bounds): Promise<Pasted> {
  const as = async (text: string) => await readToken(text, options, []);
  const read = await as(text);
  const { error } = read.reading;
  const alone = { read, found: [], whiteboard: [], wrapped: [] };
  if (error === undefined || error.field === "text") return alone; // it is none, or too long
  const all = findTokens(text, defined({ maxText: options.maxText }));
  const found = all.filter((token): token is JudgedToken => token.version !== "whiteboard");
  const [first] = found;
  if (all[0]?.token === text) return alone; // larger than the options allow, or of the whiteboard
  const whiteboard = all.filter(({ version }) => version === "whiteboard");
  if (first !== undefined) return { read: await as(first.token), found, whiteboard, wrapped: [wrappedBy(found, text)] };
  const part = damagedIn(text);
  if (part === undefined) {
    return { ...alone, read: whiteboard.length === 0 ? read : await as(whiteboard[0]!.token), whiteboard };
  }
  const partial = await as(part.token);
  const isWhole = partial.reading.error === undefined;
  return { read: partial, found: isWhole ? [part] : [], whiteboard, wrapped: isWhole ? [wrappedBy([part], text)] : [] };
}

function wrappedBy([first, ...others]: readonly JudgedToken[], { length }: string): Observation {
  const { wrappings, start, end } = first!;
  return observed("text-wrapped", {
    around: wrappings,
    start,
    end,
    length,
    others: others.map(({ start, end, version }) => ({ start, end, version })),
  });
}

/** What begins like a token, up to what no token has; with the signs or the word in brackets that hide a part of it. */
const PART =
  /(?<![\w+/-])(?:00[3-7](?=[A-Za-z\d+/]{3})|1:(?=[\dA-Fa-f]{32}:))(?:[^\s"'`<>(){}[\],;&|“”‘’„«»「」『』，。；：、！？]|[<({[](?:[^\s<>(){}[\]"'`]{1,40}[>)}\]](?=[A-Za-z\d+/])|[A-Za-z*….]{1,40}[>)}\]]))*/g;

/** What also begins so: digests, ids, UUIDs, numbers. */
const OTHER = /^(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128}|[\da-f]{8}-[\da-f]{4}-[\da-f-]{22,}|\d+)$/i;

/** The signs that stand for a part that is hidden or left out. */
const HIDDEN = /\*{2}|…|\.{3}/;

/** How many characters a part has at least. */
const SHORTEST = 16;

/** The longest part of a text without a token that begins like one; nothing where it is the text. */
function damagedIn(text: string): JudgedToken | undefined {
  const layer = plainOf(text);
  let index = 0;
  let part = "";
  for (const match of layer.text.matchAll(PART)) {
    // The asterisks of bold text, and the full stop of a sentence.
    const run = match[0].replace(layer.text[match.index - 1] === "*" ? /(?<!\*)\*+$/ : /(?<!\.)\.$/, "");
    if (run.length > Math.max(SHORTEST - 1, part.length) && !OTHER.test(run)) [index, part] = [match.index, run];
  }
  // A space after it is a fault of the token where the text begins with it, unless more of it is missing.
  const bare = text.trim();
  const isFirst = layer.text.trimStart().startsWith(part);
  const goesOn = part === "" || /^\s/.test(layer.text.slice(index + part.length)) && !HIDDEN.test(part);
  if (isFirst && goesOn && !(detectFormat(bare) instanceof AgoraTokenError)) return placed(text, bare, text.indexOf(bare));
  if (part === "") return undefined;
  const { start, end, undone } = originOf(layer, index, index + part.length);
  return placed(text, part, start, end, undone);
}

function placed(
  text: string,
  token: string,
  start: number,
  end: number = start + token.length,
  undone: readonly Wrapping[] = [],
): JudgedToken | undefined {
  if (token === text) return undefined;
  const version = token.startsWith("1:") ? "signaling" : token.slice(0, 3) as Version;
  const wrappings = [...aroundOf(text, start, end), ...undone];
  return { token, version, start, end, asFound: text.slice(start, end), wrappings };
}
