/** Writes docs/server-contracts.md from the table of contracts, real answers, and the list of the peers' bugs. */
import { CONTRACTS } from "../src/server/contracts.ts";
import { createTokenServer } from "../src/server/mod.ts";
import { exampleTarget } from "../src/server/openapi.ts";
import { BUGS } from "../tests/server/bugs.ts";

/** The text of docs/server-contracts.md. */
export async function contractsDoc(): Promise<string> {
  const project = { appId: "0123456789abcdef0123456789abcdef", appCertificate: "fedcba9876543210fedcba9876543210" };
  const server = createTokenServer({ projects: [project], allowAppLevelTokens: true });
  const sections: string[] = [];
  for (const contract of CONTRACTS) {
    const { method, path, about, from, body } = contract;
    const target = exampleTarget(contract);
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await (await server(new Request(`http://127.0.0.1${target}`, init))).text();
    const era = "era" in contract && contract.era === "006" ? " Of the time of 006: answers it where that is configured." : "";
    const sent = body === undefined ? "" : ` -d '${init.body}'`;
    const shown = steady(answer).trimEnd();
    sections.push(`### \`${method} ${path}\`

${about}. Contract: ${from}.${era}

\`\`\`text
$ curl 'http://127.0.0.1:8080${target}'${sent}
${shown.length > 600 ? `${shown.slice(0, 600)}…` : shown}
\`\`\``);
  }
  const rows = BUGS.map(({ peer, bug, ours }, index) => `| ${index + 1} | ${peer} | ${cell(bug)} | ${cell(ours)} |`);
  return `# The server's contracts

Made from the table of contracts by \`deno task docs\`; the answers are real, with tokens shortened. Clients of every server named here
can be pointed at this one unchanged.

## What holds everywhere

- With and without the final slash, and with doubled slashes: answered directly, without a redirect. The parts of a path are
  percent-decoded once.
- A uid is a number or digits; 0 in a uid's place means anyone. An account is text: \`userAccount/0\` is the account "0". RTM user
  ids are neither empty nor 0.
- Roles by word and number: publisher, host, broadcaster, 1, 0, 101; subscriber, audience, 2. Others are refused.
- Numbers are whole and in range; nothing wraps around. A life that is absent or 0 is 3600 seconds, if the contract has no other;
  one over 24 hours is cut to that, as Agora does (our own API and seed 002 refuse it); one over a year is refused, as it looks like
  an absolute time. Names hold to Agora's documented rules.
- Tokens are 007. Chat and APaaS tokens for the whole app are refused with 403 unless the configuration allows them.
- No error stands in a field that a client reads as a token. Our own API refuses with problem JSON (RFC 9457) that has our code and
  the field. Unknown paths are 404, other methods 405 with \`Allow\` (seed 001 said 404).
- CORS: the origins of \`CORS_ALLOW_ORIGIN\`, exactly, or \`*\`; loopback origins by default. Callers without an origin are never kept out.
- Answers are \`no-store\`. Bodies are at most 64 KiB and arrive within 10 seconds.

## Configuration

| variable | what it says |
| --- | --- |
| \`AGORA_APP_ID\`, \`AGORA_APP_CERTIFICATE\` | the project; also \`APP_ID\`, \`APP_CERTIFICATE\`, \`SHENGWANG_APP_ID\`, \`SHENGWANG_APP_CERTIFICATE\` |
| \`HOST\`, \`PORT\` (also \`SERVER_PORT\`) | where to listen: 127.0.0.1 and 8080; only loopback addresses, since callers are not authenticated |
| \`CORS_ALLOW_ORIGIN\` | origins of pages that may call, by commas, or \`*\` |
| \`AGORATOKEN_SECOND_CERTIFICATE\` | the project's other certificate, to verify with while one rotates |
| \`AGORATOKEN_PROJECTS_FILE\` | a JSON file \`[{"appId", "appCertificate", "secondCertificate"?}]\`; requests of our own API choose by \`appId\` |
| \`AGORATOKEN_OLD_CONTRACT_VERSION\` | \`006\` lets the contracts of its time answer 006 |
| \`AGORATOKEN_ALLOW_APP_LEVEL_TOKENS\` | \`1\` to make Chat and APaaS tokens for the whole app |

\`deno run … server.ts --check-config\` says whether it is good, with every problem at once.

## Routes

${sections.join("\n\n")}

## Bugs of the peers that this server does not have

Each has a test with its number.

| | server | bug | here |
| --- | --- | --- | --- |
${rows.join("\n")}
`;
}

/** Tokens shortened, and times that change written as one that does not. */
function steady(answer: string): string {
  return answer.replaceAll(/(00[67])[A-Za-z0-9+/=]{40,}/g, "$1…").replaceAll(/("(?:issueTs|expiresAt)"):\d+/g, "$1:…");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

if (import.meta.main) {
  await Deno.writeTextFile(new URL("../docs/server-contracts.md", import.meta.url), await contractsDoc());
}
