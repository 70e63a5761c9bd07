import { AgoraTokenError } from "../errors.ts";
import { findTokens } from "../inspect/find/find.ts";
import { visible } from "../inspect/words.ts";
import { explainWhiteboardToken, WHITEBOARD_RIGHTS } from "../whiteboard/mod.ts";
import { print, wantsColor } from "./terminal.ts";
import { painter, viewFindings, viewTime } from "./view.ts";

// What the command line says of a token of the whiteboard, whose key pair no command takes.

/** Whether a text has a token of the whiteboard and no other before it, or begins like one. */
export function isWhiteboard(text: string): boolean {
  if (!/NETLESS(SDK|ROOM|TASK)_/.test(text)) return false;
  const [first] = findTokens(text);
  return first === undefined ? /^\s*["']?NETLESS/.test(text) : first.version === "whiteboard";
}

/** The text for a command; such a token is only for `parse`. */
export function takenBy(command: string, text: string): string {
  if (command === "parse" || !isWhiteboard(text)) return text;
  const message = `The token is one of the whiteboard, which ${command} does not take: parse shows it`;
  throw new AgoraTokenError("unknown-format", message);
}

/** Prints what such a token says, and gives the exit status: 1 where something keeps it from working. */
export async function whiteboardForPeople(text: string, json: boolean): Promise<number> {
  const { token, issuedAt, rights, findings } = explainWhiteboardToken(findTokens(text)[0]?.token ?? text);
  const status = findings.some(({ severity }) => severity === "error") ? 1 : 0;
  if (json) {
    await print(JSON.stringify({ version: "whiteboard", ...token, issuedAt, rights, findings }) + "\n", status);
    return status;
  }
  const [paint, now] = [painter(wantsColor()), Math.floor(Date.now() / 1000)];
  const time = (moment: number | undefined, none: string) =>
    moment === undefined ? none : `${moment}  ${viewTime(Math.floor(moment / 1000), now)}`;
  const rows = token === undefined ? [] : [
    ["kind", token.kind],
    ["accessKey", JSON.stringify(token.accessKey)],
    ["role", `${token.role}  ${rights.map((right) => WHITEBOARD_RIGHTS[right]).join("; ")}`],
    ...(token.uuid === undefined ? [] : [["uuid", JSON.stringify(token.uuid)]]),
    ["nonce", JSON.stringify(token.nonce) + (issuedAt === undefined ? "" : `  made ${new Date(issuedAt).toISOString()}`)],
    ["expireAt", time(token.expireAt, "never")],
    ["signature", token.signature],
  ];
  const fields = rows.map(([name, value]) => `  ${name!.padEnd(9)}  ${visible(value!)}\n`).join("");
  const parts = [
    `${paint("title", "Token of the whiteboard")}\n${fields}`,
    findings.length > 0 ? viewFindings(findings, paint) + "\n" : "",
  ];
  await print(parts.filter((part) => part !== "").join("\n"), status);
  return status;
}
