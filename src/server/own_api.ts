import { serviceFrom } from "../access_token2/constructors.ts";
import { certificatesOf, projectOf } from "../credentials.ts";
import { renamed, withPrefix } from "../errors.ts";
import type { DiagnoseOptions } from "../inspect/diagnose.ts";
import { reportOf } from "../inspect/report.ts";
import { array, onlyKeys, record, refuse, string } from "../wire/check.ts";
import type { TokenServerOptions } from "./config.ts";
import { mint } from "./mint.ts";
import { DEFAULT_EXPIRE } from "./values.ts";

// The answers of our own API.

/** `POST /v1/tokens`: one token for an object, a list of tokens for a list. */
export async function tokensAnswer(body: unknown, options: TokenServerOptions): Promise<unknown> {
  if (!Array.isArray(body)) return await tokenAnswer(record("body", body), options);
  if (body.length === 0 || body.length > 100) refuse("body", "a list of 1 to 100 requests", `${body.length}`);
  const answers: unknown[] = [];
  for (const [index, entry] of body.entries()) {
    const input = record(`[${index}]`, entry);
    try {
      answers.push(await tokenAnswer(input, options));
    } catch (error) {
      throw withPrefix(error, `[${index}]`);
    }
  }
  return answers;
}

async function tokenAnswer(input: Record<string, unknown>, options: TokenServerOptions): Promise<unknown> {
  onlyKeys(input, ["services", "expire", "version", "appId"]);
  const { services, expire = DEFAULT_EXPIRE, version = "007", appId } = input;
  if (version !== "007" && version !== "006") refuse("version", '"007" or "006"');
  const wish = {
    expire: expire as number,
    services: array("services", services).map((service, index) => serviceFrom(`services[${index}]`, service)),
  };
  return await mint(projectOf(options.projects, appId), wish, version, options.allowAppLevelTokens ?? false);
}

/** `POST /v1/tokens/inspect`. Real tokens are far smaller than the content that is read, and have far fewer findings. */
export async function inspectAnswer(body: unknown, { projects }: TokenServerOptions): Promise<unknown> {
  const input = record("body", body);
  onlyKeys(input, ["token", "appCertificate", "appId", "channelName", "uid", "account", "service", "intent"]);
  const { token, appCertificate = (appId: string) => certificatesOf(projects, appId), ...known } = input;
  try {
    const options = { ...known, certificates: appCertificate, maxPayload: 16_384 } as DiagnoseOptions;
    return await reportOf(string("token", token), options, 100);
  } catch (error) {
    throw renamed(error, (field) => field.replace(/^certificates/, "appCertificate"));
  }
}
