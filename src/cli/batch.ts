import { setFlagsFromString } from "node:v8";
import { AgoraTokenError } from "../errors.ts";
import type { Awaitable } from "../runtime/engine.ts";
import { jsonOfError } from "./json.ts";
import { print, type Progress, progress, textOfLines, TOO_LONG } from "./terminal.ts";

/** How many characters of output are collected before they are written, so that not every line is a write of its own. */
const ENOUGH = 65_536;

/**
 * Answers every line that is not empty with one JSON object on a line, in order. All lines that were read are answered before
 * more are read, and nothing is read while the output is full, so memory does not grow with the number of lines.
 *
 * @param input Whole lines, as they arrive.
 * @param answer Answers one line; any error that it throws becomes the answer, as `error`.
 * @returns The exit status: 1 where a line gave an error.
 */
export async function answerLines(
  input: AsyncIterable<Uint8Array>,
  answer: (line: string) => Awaitable<object>,
): Promise<number> {
  // Without this, V8 lets the garbage of a million short lines grow to over 200 MiB before it collects it.
  setFlagsFromString("--semi-space-growth-factor=1");
  const shown: Progress = progress("lines");
  let status = 0;
  for await (const lines of input) {
    let output = "";
    for (const line of textsOf(lines)) {
      let answered: object;
      try {
        if (typeof line !== "string") throw line;
        if (line.trim() === "") continue;
        const given = answer(line);
        answered = given instanceof Promise ? await given : given; // to wait for what is there takes a tenth of a token
      } catch (error) {
        answered = answerOf(error);
        status = 1;
      }
      output += JSON.stringify(answered) + "\n";
      shown.count();
      if (output.length < ENOUGH) continue;
      await print(output, status);
      output = "";
    }
    if (output !== "") await print(output, status);
  }
  shown.end();
  return status;
}

/** An error as the answer of its line. One that is not foreseen must not take the answers of the other lines with it. */
function answerOf(error: unknown): object {
  if (error instanceof AgoraTokenError) return jsonOfError(error);
  const kind = error instanceof Error ? error.name : typeof error; // its message may hold anything
  return jsonOfError(new AgoraTokenError("invalid-value", `The line cannot be answered: ${kind}`));
}

/** Parses one line. The messages of `JSON.parse` repeat their input, which may hold a certificate, so they are not used. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new AgoraTokenError("invalid-value", "The line is not JSON");
  }
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The text of each line, or the error that answers it. */
function textsOf(lines: Uint8Array): (string | AgoraTokenError)[] {
  if (lines === TOO_LONG) return [new AgoraTokenError("too-large", "The line is longer than any token")];
  try {
    return textOfLines(lines, decoder).split("\n");
  } catch {
    // One of them is no text.
  }
  const texts: (string | AgoraTokenError)[] = [];
  for (let start = 0; start <= lines.length;) {
    const end = lines.indexOf(10, start);
    const line = lines.subarray(start, end < 0 ? lines.length : end);
    try {
      texts.push(decoder.decode(line));
    } catch {
      texts.push(new AgoraTokenError("invalid-value", "The line is not UTF-8 text"));
    }
    start += line.length + 1;
  }
  return texts;
}
