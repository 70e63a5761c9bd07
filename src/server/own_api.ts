import { serviceFrom } from "../access_token2/constructors.ts";
import { withPrefix } from "../errors.ts";
import { type DiagnoseOptions, diagnoseToken } from "../inspect/diagnose.ts";
import { inspectToken } from "../inspect/inspect.ts";
import { jsonOfToken } from "../inspect/json.ts";
import { verifyToken } from "../inspect/verify.ts";
import { array, onlyKeys, record, refuse, string } from "../wire/check.ts";
import type { Project, TokenServerOptions } from "./config.ts";
import { mint } from "./mint.ts";
import { DEFAULT_EXPIRE, Refusal } from "./values.ts";

// The answers of our own API.

/** `POST /v1/tokens`: one token for an object, a list of tokens for a list. */
export async function tokensAnswer(body: unknown, options: TokenServerOptions): Promise<unknown> {
  if (!Array.isArray(body)) return await tokenAnswer(body, options);
  if (body.length === 0 || body.length > 100) refuse("body", "a list of 1 to 100 requests", `${body.length}`);
  const answers: unknown[] = [];
  for (const [index, entry] of body.entries()) {
    try {
      answers.push(await tokenAnswer(entry, options));
    } catch (error) {
      throw error instanceof Refusal ? error : withPrefix(error, `[${index}]`);
    }
  }
  return answers;
}

async function tokenAnswer(body: unknown, options: TokenServerOptions): Promise<unknown> {
  const input = record("body", body);
  onlyKeys(input, ["services", "expire", "version", "appId"]);
  const { services, expire = DEFAULT_EXPIRE, version = "007", appId } = input;
  if (version !== "007" && version !== "006") refuse("version", '"007" or "006"');
  const wish = {
    expire: expire as number,
    services: array("services", services).map((service, index) => serviceFrom(`services[${index}]`, service)),
  };
  const minted = await mint(projectOf(appId, options.projects), wish, version, options.allowAppLevelTokens ?? false);
  return { ...minted, expiresAt: minted.issueTs + minted.expire };
}

/** `POST /v1/tokens/inspect`: what the token says, the verification, and the diagnosis. */
export async function inspectAnswer(body: unknown, { projects }: TokenServerOptions): Promise<unknown> {
  const { token: text, appCertificate, ...known } = record("body", body);
  onlyKeys(known, ["appId", "channelName", "uid", "account", "service", "intent"]);
  const token = string("token", text);
  const { appId: _appId, intent: _intent, ...given } = known;
  const certificates = appCertificate === undefined
    ? (appId: string) => certificatesOf(projects.find((project) => project.appId.toLowerCase() === appId.toLowerCase()))
    : typeof appCertificate === "string"
    ? [appCertificate]
    : array("appCertificate", appCertificate) as string[];
  const { version, token: parsed } = await inspectToken(token);
  const { signature, ok } = await verifyToken(token, { certificates, ...given });
  const { verdict, findings } = await diagnoseToken(token, { certificates, ...known } as DiagnoseOptions);
  return {
    ...(version === undefined ? {} : { version }),
    signature,
    ok,
    verdict,
    findings,
    ...(parsed === undefined ? {} : { token: jsonOfToken(parsed) }),
  };
}

/** The project that a request names, or the first. */
function projectOf(appId: unknown, projects: readonly Project[]): Project {
  if (appId === undefined) return projects[0]!;
  const project = projects.find((project) => project.appId === string("appId", appId));
  if (project === undefined) refuse("appId", "that of a project of this server");
  return project;
}

function certificatesOf(project: Project | undefined): string[] {
  if (project === undefined) return [];
  return [project.appCertificate, ...(project.secondCertificate === undefined ? [] : [project.secondCertificate])];
}
