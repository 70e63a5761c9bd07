import { buildToken, packToken, type Service } from "../mod.ts";
import { builderNames, BUILDERS, buildWith } from "../src/official/builders.ts";
import { SERVICE_OPTIONS, serviceFrom } from "../src/build/services.ts";
import { issueTime, saltOf } from "../src/formats/common.ts";
import { buildLegacy, LEGACY_BUILDERS } from "../src/official/legacy/builders.ts";

/** The options of a constructor, and its name in `type`. */
export type ServiceOptions = { type: Service["type"] } & Record<string, unknown>;

/** What is to be built: services of one's choice, or what a builder makes of its arguments. */
export type Plan =
  | { kind: "services"; services: readonly ServiceOptions[]; expire: number }
  | { kind: "builder"; name: string; args: Record<string, unknown> }
  | { kind: "old"; format: string; name: string; args: Record<string, unknown> };

/** The names of the options or arguments of each thing that can be built, from the tables of the library. */
export const PLANS: {
  readonly services: Readonly<Record<Service["type"], readonly string[]>>;
  readonly builders: Readonly<Record<string, readonly string[]>>;
  readonly old: Readonly<Record<string, readonly string[]>>;
} = {
  services: SERVICE_OPTIONS,
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
    case "services": {
      const services = plan.services.map((service, index) => serviceFrom(`services[${index}]`, service));
      return await buildToken({ appId, appCertificate, expire: plan.expire, services });
    }
    case "builder": {
      const { expire, services } = buildWith(plan.name, plan.args);
      const times = { issueTs: issueTime(undefined), salt: saltOf(undefined) };
      return await packToken({ version: "007", appId, expire, services, ...times }, appCertificate);
    }
    case "old":
      return await packToken(buildLegacy(plan.format, plan.name, appId, plan.args), appCertificate);
  }
}
