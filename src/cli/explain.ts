import { AgoraTokenError } from "../errors.ts";
import * as messages from "../inspect/messages/mod.ts";
import { invalidType, missing, onlyKeys, record, string } from "../validate.ts";
import type { Options } from "./build.ts";
import { inputText, LONGEST_LINE, print, wantsColor } from "./terminal.ts";
import { type Paint, painter } from "./view.ts";

// The command that explains messages and numbers.

/** What the command takes. */
export const EXPLAIN_HELP = `agoratoken explain [TEXT | NUMBER] [--sdk SDK] [--json]

What an SDK, a REST API, a callback, a browser or a token server said, also inside a line of a log. Without TEXT, it is read from
standard input. A number means nothing without its SDK; without one, every meaning is shown. SDK is one of
${messages.SDKS.join(", ")}.
The exit status is 1 where nothing is found.
`;

/** Answers a line of `explain --batch`. */
// deno-lint-ignore require-await -- what it throws is the answer to a line
export async function explainLine(input: unknown): Promise<{ rows: messages.Explanation[] }> {
  const { text, number, sdk } = record("line", input);
  onlyKeys(input as object, ["text", "number", "sdk"]);
  if (text === undefined && number === undefined) missing("text", "number");
  const rows = [
    ...(text === undefined
      ? []
      : [messages.explainError(string("text", text), { sdk, maxText: LONGEST_LINE } as messages.ExplainOptions)]),
    ...(number === undefined ? [] : [messages.explainError(numberOf("number", number), { sdk } as messages.ExplainOptions)]),
  ];
  return { rows: rows.find(({ length }) => length > 0) ?? [] };
}

function numberOf(field: string, value: unknown): number {
  if (typeof value !== "number") throw invalidType(field, "a number", value);
  return value;
}

/** Prints what a message or number means. */
export async function explainForPeople([text, ...more]: string[], { sdk, json }: Options): Promise<number> {
  if (more.length > 0) throw new AgoraTokenError("unknown-field", "explain takes one text or number: put a text in quotes");
  const { rows } = await explainLine({ text: text ?? await inputText(), sdk });
  const status = rows.length > 0 ? 0 : 1;
  await print(json ? JSON.stringify({ rows }) + "\n" : viewExplanations(rows, painter(wantsColor())), status);
  return status;
}

/** What messages mean, the best first. */
function viewExplanations(rows: readonly messages.Explanation[], paint: Paint): string {
  if (rows.length === 0) {
    return "The table of messages has nothing like it. A token, if you have one, says more: see diagnose.\n";
  }
  const many = rows.length > 1 ? `${rows.length} meanings: which one it is depends on the SDK (--sdk).\n\n` : "";
  return many + rows.map((row) => viewExplanation(row, paint)).join("\n");
}

function viewExplanation({ id, product, sdk, number, name, versions, ...row }: messages.Explanation, paint: Paint): string {
  const { meaning, causes, remedy, not, inputs, certainty } = row;
  const named = [number, name].filter((part) => part !== undefined).join(" ");
  const lines = [
    `${paint("title", [product, sdk, versions, named].filter((part) => part !== "").join(" · "))} ${paint("dim", `[${id}]`)}`,
    `  ${meaning}`,
    ...(causes.length === 0 ? [] : [`  It may be that${causes.length > 1 ? ", the likeliest first" : ""}:`]),
    ...causes.map(({ says, code }) => `    - ${says} ${paint("dim", `[${code}]`)}`),
    ...(remedy === "" ? [] : [`  What to do:  ${remedy}`]),
    ...(not === "" ? [] : [`  What it is not:  ${not}`]),
    ...(inputs.length === 0 ? [] : [`  To be sure, diagnose with:  ${inputs.map((input) => INPUTS[input]).join(", ")}`]),
    `  ${paint("dim", `How sure:  ${certainty}`)}`,
  ];
  return lines.join("\n") + "\n";
}

/** What decides between causes, as people know it and as `diagnose` takes it. */
const INPUTS = {
  token: "the token",
  appId: "the App ID",
  certificates: "the App Certificate",
  channelName: "the channel (--channelName)",
  user: "the user as passed to join or login (--uid or --account)",
  intent: "what it is for (--intent)",
} as const;
