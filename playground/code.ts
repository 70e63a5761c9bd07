import type { ServiceRequest, Token007 } from "../mod.ts";
import { checkedToken } from "../src/build/build.ts";
import { BUILDERS, buildWith } from "../src/official/builders.ts";
import { AgoraTokenError } from "../src/errors.ts";
import { buildLegacy } from "../src/official/legacy/builders.ts";
import { onlyServable } from "../src/build/servable.ts";
import { DEMO } from "./examples.ts";
import { language, T } from "./language.ts";
import { type Plan, PLANS, type ServiceOptions } from "./plan.ts";
import { requestsOf } from "./plan_of.ts";

/** The same call as code, to copy. */
export interface Code {
  /** For TypeScript, in Deno, Node or Bun. */
  typescript: string;
  /** For the token server. */
  curl: string;
  /** For the command line. */
  cli: string;
}

/**
 * The call that builds a plan, in three languages. None of them contains a certificate.
 *
 * @param server The address of the token server.
 */
export function codeOf(plan: Plan, appId: string, server = "http://127.0.0.1:8080"): Code {
  return { typescript: typescriptOf(plan, appId), curl: curlOf(plan, server), cli: cliOf(plan, appId) };
}

/** The name under which the library exports each family of official builders. */
const FAMILIES: Readonly<Record<string, string>> = {
  rtc: "RtcTokenBuilder2",
  rtm: "RtmTokenBuilder2",
  chat: "ChatTokenBuilder2",
  apaas: "ApaasTokenBuilder",
  education: "EducationTokenBuilder",
  fpa: "FpaTokenBuilder",
  convoai: "ConvoAITokenBuilder",
  stt: "SttTokenBuilder",
};

function typescriptOf(plan: Plan, appId: string): string {
  const head = (names: readonly string[]) =>
    `import { ${[...new Set(names)].sort().join(", ")} } from "@agoratoken/agoratoken";

const appId = ${literal(appId)};
// ${T.code.secret}
const appCertificate = process.env.AGORA_APP_CERTIFICATE!;
`;
  switch (plan.kind) {
    case "services": {
      const services = plan.services.map((service) => `    ${literal(service)},\n`);
      return `${head(["buildToken"])}const token = await buildToken({
  appId,
  appCertificate,
  expire: ${plan.expire},
  services: [
${services.join("")}  ],
});
`;
    }
    case "builder": {
      const [family, method] = plan.name.split(".") as [string, string];
      const values = BUILDERS[family]![method]!.args.map((name) => `  ${literal(plan.args[name])}, // ${name}`);
      return `${head([FAMILIES[family]!])}const token = await ${FAMILIES[family]}.${method}(
  appId,
  appCertificate,
${values.map((value) => `${value}\n`).join("")});
`;
    }
    case "token": {
      const { expire, services } = plan.token;
      return `${head(["packToken"])}const token = await packToken({
  version: "007",
  appId,
  issueTs: Math.floor(Date.now() / 1000),
  expire: ${expire},
  salt: 1 + Math.floor(Math.random() * 99_999_999),
  services: ${literal(services)},
}, appCertificate);
`;
    }
    case "old": {
      const { appId: _appId, ...token } = buildLegacy(plan.format, plan.name, appId, plan.args);
      const fields = Object.entries(token).map(([name, value]) => `  ${name}: ${literal(value)},`);
      return `${head(["packToken"])}const token = await packToken({
  appId,
${fields.join("\n")}
}, appCertificate);
`;
    }
  }
}

function curlOf(plan: Plan, server: string): string {
  if (plan.kind === "old") return `# ${T.code.no006}\n`;
  const { expire, services } = plan.kind === "services"
    ? { expire: plan.expire, services: plan.services }
    : requestsOf(plan.kind === "token" ? plan.token : buildWith(plan.name, plan.args));
  const refused = refusal(expire, services);
  if (refused !== undefined) return `# ${T.code.refused(refused)}\n`;
  const note = services.some(({ app }) => app === true) ? `# ${T.code.appLevel}\n` : "";
  return `${note}${requestOf(server, { services, expire })}`;
}

/**
 * A request for a token as a command.
 *
 * @param hasKey Whether the server is to get an API key, from the variable `API_KEY`.
 */
export function requestOf(server: string, body: unknown, hasKey = false): string {
  const key = hasKey ? `-H "authorization: Bearer $API_KEY" ` : "";
  return `curl -s ${server}/v1/tokens -H 'content-type: application/json' ${key}\\
  -d ${quoted(JSON.stringify(body))}
`;
}

/** Why the server would refuse a plan: it applies Agora's documented rules, and some of its own. */
function refusal(expire: number, services: readonly ServiceOptions[]): string | undefined {
  try {
    onlyServable(checked(expire, services).services);
    return undefined;
  } catch (error) {
    if (error instanceof AgoraTokenError) return language.error(error);
    throw error;
  }
}

function checked(expire: number, services: readonly ServiceOptions[]): Token007 {
  return checkedToken({ ...DEMO, expire, services: services as readonly unknown[] as ServiceRequest[] });
}

function cliOf(plan: Plan, appId: string): string {
  const env = `export AGORA_APP_ID=${appId}  # ${T.code.env}\n`;
  const flags = (options: Readonly<Record<string, unknown>>) =>
    Object.entries(options).map(([name, value]) => value === true ? ` --${name}` : ` --${name}${flag(name, value)}`).join("");
  if (plan.kind === "builder") return `${env}deno task -q cli build ${plan.name}${flags(plan.args)}\n`;
  if (plan.kind === "token") return `# ${T.code.noRules}\n`;
  if (plan.kind === "old") {
    const { user, ...args } = plan.args;
    const who = user === undefined ? {} : typeof user === "number" ? { uid: user } : { account: user };
    return `${env}deno task -q cli build ${plan.format}.${plan.name}${flags({ ...args, ...who })}\n`;
  }
  // An option goes to every service that takes it, and no option means “no privilege at all”.
  const { type: _type, ...shared } = Object.assign({}, ...plan.services) as Record<string, unknown>;
  const same = (service: ServiceOptions, name: string) => JSON.stringify(service[name]) === JSON.stringify(shared[name]);
  const fits = JSON.stringify(shared.privileges) !== "{}" &&
    plan.services.every((service) => PLANS.services[service.type]!.every((name) => same(service, name)));
  if (fits) {
    const names = plan.services.map(({ type }) => type).join(" ");
    return `${env}deno task -q cli build ${names}${flags({ ...shared, expire: plan.expire })}\n`;
  }
  const { expire, services } = checked(plan.expire, plan.services);
  const line = JSON.stringify({ appId, expire, services, appCertificate: "" });
  return `# ${T.code.line}
printf '%s\\n' ${quoted(line.slice(0, -2))}"$AGORA_APP_CERTIFICATE"'"}' |
  deno task -q cli build --batch
`;
}

/** A value of the command line after its option: text, a number, `name=seconds,…`, or JSON. */
function flag(name: string, value: unknown): string {
  const isLives = name === "privileges" && !Array.isArray(value);
  const text = isLives
    ? Object.entries(value as object).map(([privilege, seconds]) => `${privilege}=${seconds}`).join(",")
    : typeof value === "object"
    ? JSON.stringify(value)
    : String(value);
  return `${text.startsWith("-") ? "=" : " "}${quoted(text)}`; // a value that begins with a dash would be read as an option
}

/** A text quoted for a shell. */
export function quoted(text: string): string {
  return /^[\w.,:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A value as TypeScript. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const entries = Object.entries(value).map(([name, value]) =>
    `${/^[a-z]\w*$/i.test(name) ? name : literal(name)}: ${literal(value)}`
  );
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}
