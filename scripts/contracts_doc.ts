import { createTokenServer } from "../src/config/mod.ts";
import { exampleRequest } from "../src/server/contracts/openapi.ts";
import { CONTRACTS } from "../src/server/contracts/table.ts";
import type { Contract } from "../src/server/contracts/types.ts";
import { KNOWN_BUGS } from "./known_bugs.ts";
import { type Made, table } from "./made.ts";

const PROJECT = { appId: "0123456789abcdef0123456789abcdef", appCertificate: "fedcba9876543210fedcba9876543210" };
const HERE = { remoteAddr: { hostname: "127.0.0.1" } };

/** Every route with a real answer, and the known bugs of other servers. */
export async function contractsDoc(): Promise<Made> {
  const sections: string[] = [];
  for (const contract of CONTRACTS) sections.push(await section(contract));
  const bugs = Object.values(KNOWN_BUGS).map(({ peer, bug, ours }, index) => [index + 1, peer, bug, ours]);
  return { routes: sections.join("\n\n"), bugs: table(" | server | bug | here", bugs) };
}

/** The section of a route: what it does, and the answer to its example, also with tokens for the whole app allowed. */
async function section(contract: Contract): Promise<string> {
  const { method, path, summary, source, era, required = [], optional = {} } = contract;
  const { target, body } = exampleRequest(contract);
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const answer = async (allowAppLevelTokens: boolean) => {
    const server = createTokenServer({ projects: [PROJECT], access: "loopback", allowAppLevelTokens });
    const response = await server(new Request(`http://127.0.0.1${target}`, { method, body: sent ?? null }), HERE);
    return { ok: response.ok, text: steady(await response.text()).trimEnd() };
  };
  const { ok, text } = await answer(false);
  const allowed = ok ? "" : `\nwith AGORATOKEN_ALLOW_APP_LEVEL_TOKENS=1:\n${(await answer(true)).text}`;
  const notes = [
    `${summary}.`,
    `Contract: ${source}.`,
    era === undefined ? "" : "From the time of 006: answers with a 006 if that is configured.",
    required.length === 0 ? "" : `Required: ${names(required)}.`,
    Object.keys(optional).length === 0 ? "" : `Also takes ${names(Object.keys(optional))}.`,
  ];
  return `### \`${method} ${path}\`

${notes.filter((note) => note !== "").join(" ")}

\`\`\`text
$ curl 'http://127.0.0.1:8080${target}'${sent === undefined ? "" : ` -d '${sent}'`}
${text.length > 600 ? `${text.slice(0, 600)}…` : text}${allowed}
\`\`\``;
}

function names(fields: readonly string[]): string {
  return fields.map((name) => `\`${name}\``).join(", ");
}

/** An answer with shortened tokens, and with placeholders for times. */
function steady(answer: string): string {
  return answer.replaceAll(/(00[67])[A-Za-z0-9+/=]{40,}/g, "$1…").replaceAll(/("(?:issueTs|expiresAt)"):\d+/g, "$1:…")
    .replaceAll(/(?<="agent_uid":")\d{8}/g, "…");
}
