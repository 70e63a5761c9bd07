/**
 * What `build --batch` and `parse --batch` cannot do without: it reads standard input, parses the JSON of each line, calls the library,
 * and makes JSON of the answer. The argument is `build` or `parse`.
 *
 * @module
 */
import process from "node:process";
import { createInterface } from "node:readline";
import { parseToken } from "../mod.ts";
import { jsonOfToken } from "../src/inspect/json.ts";
import { RtcTokenBuilder } from "../src/official/compat.ts";

const isBuild = process.argv[2] === "build";
let output = "";
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { appId, appCertificate, args, token } = JSON.parse(line);
  const answer = isBuild
    ? {
      token: RtcTokenBuilder.buildTokenWithUid(
        appId,
        appCertificate,
        args.channelName,
        args.uid,
        args.role,
        args.tokenExpire,
        args.privilegeExpire,
      ),
    }
    : jsonOfToken(await parseToken(token));
  output += JSON.stringify(answer) + "\n";
  if (output.length < 65_536) continue;
  process.stdout.write(output);
  output = "";
}
process.stdout.write(output);
