import { CONTRACTS } from "../src/server/contracts/table.ts";
import { createTokenServer } from "../src/server/mod.ts";
import { exampleTarget } from "../src/server/contracts/openapi.ts";
import { BUGS } from "../tests/server/bugs.ts";
import { type Made, table } from "./made.ts";

/** Every route with a real answer, and the bugs of the peers. */
export async function contractsDoc(): Promise<Made> {
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
  const bugs = BUGS.map(({ peer, bug, ours }, index) => [index + 1, peer, bug, ours]);
  return { routes: sections.join("\n\n"), bugs: table(" | server | bug | here", bugs) };
}

/** Tokens shortened, and times that change written as one that does not. */
function steady(answer: string): string {
  return answer.replaceAll(/(00[67])[A-Za-z0-9+/=]{40,}/g, "$1…").replaceAll(/("(?:issueTs|expiresAt)"):\d+/g, "$1:…");
}
