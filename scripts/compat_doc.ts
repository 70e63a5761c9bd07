/** Writes docs/compat.md from the list of differences that the tests hold `./compat` to. */
import { DIFFERENCES } from "../tests/compat/differences.ts";

/** The text of docs/compat.md. */
export function compatDoc(): string {
  const rows = DIFFERENCES.map(({ what, official, ours }) => `| ${what} | ${official} | ${ours} |`);
  return `# Coming from npm agora-token

The entry point \`./compat\` has the export names, the arguments, the defaults and the synchronous returns of \`agora-token\` 2.x, with
types, as ES modules. Changing the import is the whole migration:

\`\`\`ts
// before: const { RtcRole, RtcTokenBuilder } = require("agora-token");
import { RtcRole, RtcTokenBuilder } from "@agoratoken/agoratoken/compat";
import { assert } from "@std/assert";

const appId = "0123456789abcdef0123456789abcdef";
const appCertificate = "fedcba9876543210fedcba9876543210";
assert(RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, "lobby", 1001, RtcRole.PUBLISHER, 3600, 3600).startsWith("007"));
\`\`\`

It needs Deno, Bun, or Node 22.3 or newer. Browsers, and workers without \`node:crypto\`, have nothing synchronous to sign and compress
with: every builder there throws an \`AgoraTokenError\` with the code \`crypto-unavailable\`. The asynchronous builders of the main entry
make the same tokens everywhere.

## Every difference

Made from the list that the tests hold the two packages to, by \`deno task docs\`: over thirteen thousand calls, with time and salt
standing still, give the same payload to the byte, the signature included, but for these. Where ours throws, it is an
\`AgoraTokenError\` (a \`TypeError\` for a wrong type) whose \`field\` names the argument.

| | agora-token 2.0.6 | here |
| --- | --- | --- |
${rows.join("\n")}

What its types do not allow at all (a Buffer for a channel, an array for a user, other iterables than arrays in RTM2 permissions)
\`agora-token\` packs where it can, and this throws. Its builders are classes in JavaScript; these are objects. The text of two tokens differs even where their payloads do not: it depends on the runtime's zlib.
`;
}

if (import.meta.main) await Deno.writeTextFile(new URL("../docs/compat.md", import.meta.url), compatDoc());
