import { AgoraTokenError } from "../errors.ts";
import { detectFormat, type Version } from "../formats/detect.ts";
import { findTokens, type FoundToken, LONGEST_TEXT } from "./find.ts";
import { aroundOf } from "./find_around.ts";
import { layersOf, originOf } from "./find_text.ts";
import { type Observation, observed } from "./findings.ts";
import { type Read, readToken } from "./parse.ts";

/** A text that was pasted where a token is wanted, as it is judged. */
export interface Pasted {
  /** What is judged: the text, the first token in it, or the part of it that begins like a token. */
  readonly read: Read;
  /** The tokens in it; none where the text is a token as it stands, or has none. */
  readonly found: readonly FoundToken[];
  /** What a client would not accept: that the text is not the token alone. */
  readonly wrapped: readonly Observation[];
}

/** Reads a text as it stands, and where it is no token, the first token in it. A text that is a token pays for no search. */
export async function readPasted(text: string, options: { maxPayload?: number | undefined }): Promise<Pasted> {
  const as = async (text: string) => await readToken(text, options, []);
  const read = await as(text);
  if (read.reading.error === undefined || text.length > LONGEST_TEXT) return { read, found: [], wrapped: [] };
  const found = findTokens(text);
  const [first] = found;
  if (first?.token === text) return { read, found: [], wrapped: [] }; // larger than the options allow
  if (first !== undefined) return { read: await as(first.token), found, wrapped: [wrappedBy(found)] };
  const part = damagedIn(text);
  if (part === undefined) return { read, found: [], wrapped: [] };
  const partial = await as(part.token);
  const isWhole = partial.reading.error === undefined;
  return { read: partial, found: isWhole ? [part] : [], wrapped: isWhole ? [wrappedBy([part])] : [] };
}

function wrappedBy([first, ...others]: readonly FoundToken[]): Observation {
  const { wrappings, start, end } = first!;
  return observed("text-wrapped", {
    around: wrappings,
    start,
    end,
    others: others.map(({ start, end, version }) => ({ start, end, version })),
  });
}

/** What begins like a token, up to what no token has; with the signs in it that hide a part. */
const PART =
  /(?<![\w+/-])(?:00[3-7](?=[A-Za-z\d+/]{3})|1:(?=[\dA-Fa-f]{32}:))[^\s"'`<>(){}[\],;&|“”‘’„«»「」『』，。；：、！？]*/g;

/** What also begins like a token: digests, ids, UUIDs, numbers. */
const OTHER = /^(?:[\da-f]{32}|[\da-f]{40}|[\da-f]{64}|[\da-f]{96}|[\da-f]{128}|[\da-f]{8}-[\da-f]{4}-[\da-f-]{22,}|\d+)$/i;

/** The shortest of them. */
const SHORTEST = 16;

/** The longest part of a text without a token that begins like one: the text itself where it does so up to a space. */
function damagedIn(text: string): FoundToken | undefined {
  const layer = layersOf(text)[0]!;
  let longest: { index: number; part: string } | undefined;
  for (const { index, 0: run } of layer.text.matchAll(PART)) {
    // The asterisks of bold text, and the full stop of a sentence.
    const part = run.replace(layer.text[index - 1] === "*" ? /\*+$/ : /(?<!\.)\.$/, "");
    if (part.length >= Math.max(SHORTEST, (longest?.part.length ?? 0) + 1) && !OTHER.test(part)) longest = { index, part };
  }
  const bare = text.trim();
  const isBare = !(detectFormat(bare) instanceof AgoraTokenError);
  const startsBare = longest === undefined || layer.text.trimStart().startsWith(longest.part);
  const endsInSpace = longest === undefined || /^\s/.test(layer.text.slice(longest.index + longest.part.length));
  if (isBare && startsBare && endsInSpace) return bare === text ? undefined : foundAs(text, bare, text.indexOf(bare));
  if (longest === undefined || longest.part === text) return undefined;
  const { start, end, undone } = originOf(layer, longest.index, longest.index + longest.part.length);
  const found = foundAs(text, longest.part, start);
  return { ...found, end, asFound: text.slice(start, end), wrappings: [...aroundOf(text, start, end), ...undone] };
}

function foundAs(text: string, token: string, start: number): FoundToken {
  const end = start + token.length;
  const version = token.startsWith("1:") ? "signaling" : token.slice(0, 3) as Version;
  return { token, version, start, end, asFound: text.slice(start, end), wrappings: aroundOf(text, start, end) };
}
