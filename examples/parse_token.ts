// Shows the content of a token, without verifying it: `deno run examples/parse_token.ts YOUR_TOKEN`.
import process from "node:process";
import { inspectToken } from "@agoratoken/agoratoken";

const [text = ""] = process.argv.slice(2);
const { token, spans, error } = await inspectToken(text);
for (const { path, start, end, value } of spans) console.log(`${start}-${end}`, path, value ?? "");
if (token !== undefined) console.log("version", token.version);
if (error !== undefined) {
  console.error(error.message);
  process.exitCode = 1;
}
