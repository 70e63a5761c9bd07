import { buildToken, packToken, type Service, type ServiceRequest } from "../mod.ts";
import { builderNames, BUILDERS, buildWith } from "../src/official/builders.ts";
import { requestOptions } from "../src/build/services.ts";
import { SERVICES } from "../src/formats/access_token2/services.ts";
import { issueTime, saltOf } from "../src/formats/common.ts";
import { buildLegacy, LEGACY_BUILDERS } from "../src/official/legacy/builders.ts";

/** A request for a service, as it was typed; it is checked when it is built. */
export type ServiceOptions = { type: Service["type"] } & Record<string, unknown>;

/** What a token 007 is for, and how long it is valid. */
export interface Parts007 {
  /** How long it is valid, in seconds. */
  expire: number;
  /** Its services, as they are packed. */
  services: readonly Service[];
}

/** What to build: chosen services, a builder with its arguments, or a token 007 to which Agora's rules are not applied. */
export type Plan =
  | { kind: "services"; services: readonly ServiceOptions[]; expire: number }
  | { kind: "builder"; name: string; args: Record<string, unknown> }
  | { kind: "old"; format: string; name: string; args: Record<string, unknown> }
  | { kind: "token"; token: Parts007 };

/** The names of the options or arguments of everything that can be built, from the tables of the library. */
export const PLANS: {
  readonly services: Readonly<Record<string, readonly string[]>>;
  readonly builders: Readonly<Record<string, readonly string[]>>;
  readonly old: Readonly<Record<string, readonly string[]>>;
} = {
  services: Object.fromEntries(SERVICES.map((spec) => [spec.name, requestOptions(spec)])),
  builders: Object.fromEntries(
    builderNames().map((name) => {
      const [family, method] = name.split(".") as [string, string];
      return [name, BUILDERS[family]![method]!.args];
    }),
  ),
  old: Object.fromEntries(
    Object.entries(LEGACY_BUILDERS).flatMap(([format, builders]) =>
      Object.entries(builders).map(([name, { args }]) => [`${format}.${name}`, args])
    ),
  ),
};

/**
 * Builds what is planned.
 *
 * @throws {AgoraTokenError} For a value that cannot be, naming its field.
 */
export async function buildPlan(
  plan: Plan,
  { appId, appCertificate }: { appId: string; appCertificate: string },
): Promise<string> {
  switch (plan.kind) {
    case "services":
      return await buildToken({
        appId,
        appCertificate,
        expire: plan.expire,
        services: plan.services as readonly unknown[] as ServiceRequest[],
      });
    case "builder":
    case "token": {
      const { expire, services } = plan.kind === "token" ? plan.token : buildWith(plan.name, plan.args);
      const times = { issueTs: issueTime(undefined), salt: saltOf(undefined) };
      return await packToken({ version: "007", appId, expire, services, ...times }, appCertificate);
    }
    case "old":
      return await packToken(buildLegacy(plan.format, plan.name, appId, plan.args), appCertificate);
  }
}
