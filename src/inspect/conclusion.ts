import type { TokenView } from "../formats/view.ts";
import { isHexId } from "../validate.ts";
import { rendered } from "./catalogue.ts";
import { wrappedIds } from "./credentials.ts";
import type { Expected } from "./expected.ts";
import { FINDINGS, type Observation, placesOf, type Severity, severityOf } from "./findings.ts";
import { located } from "./inspect.ts";
import { withoutTokens } from "./names.ts";
import type { Read } from "./parse.ts";
import { type MessageTable, sdkView } from "./sdk.ts";

// From what the rules observed to the findings that are reported: which of them, in which order, and without secrets.

/** What was judged. */
export interface Judged {
  /** The text as it was read. */
  readonly read: Read;
  /** What it is held to. */
  readonly expected: Expected;
  /** Those that may have made it. */
  readonly certificates: readonly string[];
  /** The messages of SDKs, where they are known. */
  readonly how: { readonly messages?: MessageTable | undefined };
}

/** What the observations say, the worst first, and whether one of them keeps the token from working or leaves that open. */
export function conclude({ read, expected, certificates, how }: Judged, observations: Observation[], view?: TokenView) {
  if (observations.length === 0) return { findings: [], isOpen: false };
  const sdk = sdkView(view, expected, how.messages);
  const some = fewOfEach(observations);
  const all = worstFirst(some.map((found) => withoutSecrets(found, certificates)));
  const findings = located(all.slice(0, MOST_FINDINGS), read.spans).map((found) => rendered(found, sdk));
  const moreFindings = observations.length - some.length + all.length - findings.length;
  return { findings, isOpen: all.some(keepsFromWorking), ...(moreFindings > 0 ? { moreFindings } : {}) };
}

/** Whether an observation keeps a token from working, or leaves open whether it does. */
function keepsFromWorking(found: Observation): boolean {
  return severityOf(found) === "error" || FINDINGS[found.code].leavesOpen === true;
}

/** The most findings of a text. */
const MOST_FINDINGS = 100;

/** How many observations with one code and severity are looked at: of a forged token there may be one for every few bytes. */
const MOST_ALIKE = 1000;

/** The first observations of each code and severity. */
function fewOfEach(observations: Observation[]): Observation[] {
  if (observations.length <= MOST_ALIKE) return observations;
  const counts = new Map<string, number>();
  return observations.filter((found) => {
    const kind = `${found.code} ${severityOf(found)}`;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= MOST_ALIKE;
  });
}

/** No certificate, and no token, is shorter, in characters. */
const SHORTEST_SECRET = 32;

/** Without certificates and tokens that stand where a name belongs, as where arguments were exchanged: no finding repeats one. */
function withoutSecrets(found: Observation, certificates: readonly string[]): Observation {
  const before = JSON.stringify(found.params);
  if (before.length < SHORTEST_SECRET) return found;
  const ids = certificates.flatMap((certificate) => wrappedIds(certificate)?.inner ?? [certificate]).filter(isHexId);
  const withoutIds = (text: string) => ids.reduce((rest, id) => rest.replaceAll(new RegExp(id, "gi"), "…"), text);
  const shown = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(shown) : typeof value === "string" ? withoutTokens(withoutIds(value)) : value;
  const params = Object.fromEntries(Object.entries(found.params).map(([name, value]) => [name, shown(value)]));
  if (JSON.stringify(params) === before) return found;
  const { actual, expected } = found.params as { actual?: unknown; expected?: unknown };
  const isOfName = [actual, expected].some((name) => typeof name === "string" && withoutIds(name) !== name);
  if (!isOfName) return { ...found, params: params as never };
  // It is no account that stands against a uid.
  const isAccount = found.code === "uid-against-account";
  const code = isAccount ? "user-mismatch" : found.code;
  return { ...found, code, params: { ...params, ...(isAccount ? { by: "text" } : {}), difference: "certificate" } as never };
}

const CODES = /* @__PURE__ */ Object.keys(FINDINGS);

/** The worst first, and of one severity the causes first; each mistake once, with its places, and without what follows from it. */
function worstFirst(observations: readonly Observation[]): readonly Observation[] {
  if (observations.length < 2) return observations;
  const order: readonly Severity[] = ["error", "warning", "info"];
  const rank = (found: Observation) => order.indexOf(severityOf(found)) * CODES.length + CODES.indexOf(found.code);
  const explained = new Set(observations.flatMap(({ code }) => FINDINGS[code].explains ?? []));
  // A name that came to be another by mistake need not be a name that Agora allows.
  const mistaken = new Set(
    observations.flatMap(({ params, field }) => "difference" in params || "place" in params ? field ?? [] : []),
  );
  const seen = new Set<string>();
  const mistakes = new Map<string, { first: Observation; fields: Set<string> }>();
  for (const found of observations) {
    const { code, field, params } = found;
    // What is said twice of one field, and what is said of several.
    const place = "by" in params ? undefined : field;
    const said = JSON.stringify([code, place, field === undefined ? params : (params as { expected?: unknown }).expected]);
    if (explained.has(code) || seen.has(said) || code === "against-documented-rules" && mistaken.has(field!)) continue;
    seen.add(said);
    const mistake = JSON.stringify([code, { ...params, path: undefined }]);
    const { fields } = mistakes.get(mistake) ?? mistakes.set(mistake, { first: found, fields: new Set() }).get(mistake)!;
    if (field !== undefined) fields.add(field);
  }
  return [...mistakes.values()].map(({ first, fields }) =>
    fields.size > 1 ? { ...first, params: { ...first.params, ...placesOf([...fields]) } as never } : first
  ).sort((a, b) => rank(a) - rank(b));
}
