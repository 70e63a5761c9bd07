/** Writes docs/server-contracts.md from the table of contracts, real answers, and the list of the peers' bugs. */
import { CONTRACTS } from "../src/server/contracts.ts";
import { createTokenServer } from "../src/server/mod.ts";
import { exampleTarget } from "../src/server/openapi.ts";
import { BUGS } from "../tests/server/bugs.ts";

/** The text of docs/server-contracts.md. */
export async function contractsDoc(): Promise<string> {
  const project = { appId: "0123456789abcdef0123456789abcdef", appCertificate: "fedcba9876543210fedcba9876543210" };
  const here = { remoteAddr: { hostname: "127.0.0.1" } };
  const server = createTokenServer({ projects: [project], access: "loopback" });
  const allowing = createTokenServer({ projects: [project], access: "loopback", allowAppLevelTokens: true });
  const sections: string[] = [];
  for (const contract of CONTRACTS) {
    const { method, path, about, from, body, more, needs } = contract;
    const target = exampleTarget(contract);
    const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const request = new Request(`http://127.0.0.1${target}`, init);
    const response = await server(request.clone(), here);
    const answer = await response.text();
    const allowed = response.ok
      ? ""
      : `\nwith AGORATOKEN_ALLOW_APP_LEVEL_TOKENS=1:\n${steady(await (await allowing(request, here)).text())}`;
    const needed = needs === undefined ? "" : ` Needs ${needs.map((name) => `\`${name}\``).join(", ")}.`;
    const others = more === undefined ? "" : ` Also takes ${Object.keys(more).map((name) => `\`${name}\``).join(", ")}.`;
    const era = "era" in contract && contract.era === "006" ? " Of the time of 006: answers it where that is configured." : "";
    const sent = body === undefined ? "" : ` -d '${init.body}'`;
    const shown = steady(answer).trimEnd();
    sections.push(`### \`${method} ${path}\`

${about}. Contract: ${from}.${era}${needed}${others}

\`\`\`text
$ curl 'http://127.0.0.1:8080${target}'${sent}
${shown.length > 600 ? `${shown.slice(0, 600)}…` : shown}${allowed}
\`\`\``);
  }
  const rows = BUGS.map(({ peer, bug, ours }, index) => `| ${index + 1} | ${peer} | ${cell(bug)} | ${cell(ours)} |`);
  return `# The server's contracts

Made from the table of contracts by \`deno task docs\`; the answers are real, with tokens shortened. Clients of the contracts below
can be pointed at this server unchanged. (Not here: agora-token-gen, whose callers send certificates, and the GraphQL of
app-builder-backend.) The seeds are the guides that this project began with: 001 is Agora's guide to a token server in Go with
its clients, 002 Shengwang's token server, 003 the guide “How to Build a Token Server for Agora Applications using GoLang”.

## What holds everywhere

- With and without the final slash, with doubled slashes, and below \`/api\`: answered directly, without a redirect. The parts of a
  path are percent-decoded once. The case of letters in a path counts.
- \`appId\`, in the query or the body, chooses one of several projects; without it, tokens are the first one's.
- Tokens are 007 and hold to Agora's documented rules on names. A token has a service once. RTM user ids are neither empty nor 0.
  \`undefined\`, \`null\` and \`NaN\`, which programs write for a user that they do not have, are no names.
- Who may ask for what is in [access.md](access.md). Without an access file the server answers requests to a loopback name, from a
  loopback address, and others with 421.
- Chat and APaaS tokens for the whole app are refused with 403 unless the configuration, or the caller's grant, allows them.
- No error stands in a field that a client reads as a token. Errors name the field as the request does. Unknown paths are 404, other
  methods 405 with \`Allow\` (seed 001 said 404).
- CORS: the origins of \`CORS_ALLOW_ORIGIN\`, exactly, or \`*\`; pages on loopback by default. Callers without an origin are never kept
  out. Every preflight is answered, every header may be sent; credentials of the browser may not.
- Answers are \`no-store\`. Targets are at most 4,096 characters, headers 16,384, bodies 64 KiB that arrive within 10 seconds, are JSON
  and not compressed. (What Deno itself cannot read as a request, as over 100 headers, it answers with an empty 400.)

## What holds in the contracts of others

- A uid is a number or digits; 0, and where nothing stands in its place, means anyone. An account is text: \`userAccount/0\` is the
  account "0". Where a field may hold either (\`/getToken\`, \`/token/generate\`), digits without zeros before them are a uid, other
  text is an account, and a number with a sign, blanks or a fraction (\`-5\`, \`7.0\`) is refused.
- Roles by word and number: publisher, host, broadcaster, 1, 0, 101; subscriber, audience, 2. Others are refused. In
  \`/token/generate\` the role is a number, and every one but 1 is a subscriber, as it is there.
- Numbers are whole and in range; nothing wraps around. A life that is absent, empty or 0 is 3600 seconds, if the contract has no
  other; one over 24 hours is cut to that, as Agora does; one over a year is refused, as it looks like an absolute time. Seed 002
  refuses a life of 0 and one over 24 hours.
- What looks like JSON's field names in another case is the same field, as in the servers in Go; a null is as good as absent.

## Our own API

- Bodies are checked strictly: a uid is a number, an account text, a role \`publisher\` or \`subscriber\`, a life 1 to 86,400 seconds, and
  an unknown field is an error. \`"version": "006"\` makes a 006 of one RTC or RTM service.
- Refusals, and what is wrong with a request before it reaches a contract, are problem JSON (RFC 9457): \`status\`, \`title\`,
  \`detail\`, \`field\` and a stable \`code\`. That is \`invalid-value\`, \`invalid-type\` (a number where text is wanted),
  \`unknown-field\` or \`bad-request\` (a malformed Host) for 400, and for the others the name of the status: \`unauthorized\` 401, \`forbidden\` 403,
  \`not-found\` 404, \`method-not-allowed\` 405, \`request-timeout\` 408, \`content-too-large\` 413, \`uri-too-long\` 414,
  \`unsupported-media-type\` 415, \`misdirected-request\` 421, \`too-many-requests\` 429, \`request-header-fields-too-large\` 431,
  \`internal-server-error\` 500, \`service-unavailable\` 503.
- Inspection takes 10 certificates at most, reads tokens of up to 16 KiB inflated, and tells the first 100 findings and how many
  more there are.

## Configuration

| variable | what it says |
| --- | --- |
| \`AGORA_APP_ID\`, \`AGORA_APP_CERTIFICATE\` | the project; also \`APP_ID\`, \`APP_CERTIFICATE\`, \`SHENGWANG_APP_ID\`, \`SHENGWANG_APP_CERTIFICATE\` |
| \`HOST\`, \`PORT\` (also \`SERVER_PORT\`) | where to listen: 127.0.0.1 and 8080; without an access file only 127.0.0.1, localhost or ::1 |
| \`CORS_ALLOW_ORIGIN\` | origins of pages that may call, by commas, or \`*\` |
| \`AGORATOKEN_SECOND_CERTIFICATE\` | the project's other certificate, to verify with while one rotates; it stands beside the two |
| \`AGORATOKEN_PROJECTS_FILE\` | a JSON file \`[{"appId", "appCertificate", "secondCertificate"?}]\`; requests choose by \`appId\` |
| \`AGORATOKEN_OLD_CONTRACT_VERSION\` | \`006\` lets the contracts of its time answer 006, which few grants allow: [access.md](access.md) |
| \`AGORATOKEN_ACCESS_FILE\` | a JSON file that says who may ask for what: [access.md](access.md) |
| \`AGORATOKEN_ALLOW_APP_LEVEL_TOKENS\` | without an access file: \`1\` to make Chat and APaaS tokens for the whole app |
| \`AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION\` | \`1\` to give tokens to anyone who reaches the server |
| \`AGORATOKEN_RATE_LIMIT\` | requests per minute of one caller: 600, or 0 for no limit; none on loopback: [deploy.md](deploy.md) |
| \`AGORATOKEN_TRUSTED_PROXIES\` | how many proxies write \`X-Forwarded-For\`: 0 |
| \`OTEL_DENO\`, \`OTEL_DENO_TRACING\`, \`OTEL_TRACES_SAMPLER\` | Deno's own; read to keep keys out of traces: [deploy.md](deploy.md) |

The environment wins over \`.env\`. App ID and certificate come from the same of the two, and from one pair of names: the first of
which either is set. \`deno run … server.ts --check-config\` says whether it is good, with every problem at once.

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
