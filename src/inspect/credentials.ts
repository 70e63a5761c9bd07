import type { ParsedToken } from "../formats/detect.ts";
import { isOfProject, type TokenView } from "../formats/view.ts";
import type { Awaitable } from "../runtime/engine.ts";
import { defined, isHexId } from "../validate.ts";
import type { Expected } from "./expected.ts";
import type { CertificateForm, CertificateWrapping, Observation } from "./findings.ts";
import { observed } from "./findings.ts";
import { literalKind } from "./literals.ts";
import { differenceOf } from "./names.ts";

// App IDs and certificates that are taken for one another, or for those of a sample.

/** The App IDs and certificates that Agora's samples and tests publish, in AgoraIO/Tools and copies of it. */
const SAMPLES: readonly { readonly appId: string; readonly appCertificate: string }[] = [
  { appId: "970CA35de60c44645bbae8a215061b33", appCertificate: "5CFd2fd1755d40ecb72977518be15d3b" },
  { appId: "b9b595bcfd72479d894abe7a8cf0c37e", appCertificate: "3c481e60aac14b06a434a20e70de7c51" },
];

/** Whether two texts are equal but for the case of letters. */
function same(a: string, b: string): boolean {
  const first = a.charCodeAt(0), other = b.charCodeAt(0);
  // Nearly all differ in their first letter or digit.
  if (first < 0x80 && other < 0x80 && (first | 0x20) !== (other | 0x20)) return false;
  return a.toLowerCase() === b.toLowerCase();
}

/** Whether an App ID is one that Agora's samples publish, in either case. */
function isSampleAppId(appId: string): boolean {
  return SAMPLES.some((sample) => same(sample.appId, appId));
}

/** Whether a certificate is one that Agora's samples publish, in either case: anybody can make tokens with it. */
export function isSampleCertificate(certificate: string): boolean {
  return SAMPLES.some((sample) => same(sample.appCertificate, certificate));
}

/** What may be an App ID or certificate in a text that has more around it, and what that is; nothing for any other text. */
export function wrappedIds(text: string): { inner: readonly string[]; around: CertificateWrapping } | undefined {
  if (text.length > 500 || isHexId(text)) return undefined;
  const alone = /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/gi;
  const inner = [...text.matchAll(alone)].map(([id]) => id);
  if (inner.length === 0) return undefined;
  const rest = text.replaceAll(alone, "");
  return { inner, around: /[\w=:]/.test(rest) ? "name" : /\S/.test(rest) ? "quotes" : "whitespace" };
}

/** That a token is of another project than the App ID that is used, or of none. */
export function projectMismatch(view: TokenView, { appId }: Expected, found: Observation[]): void {
  const { appId: actual } = view;
  const field = { field: "appId" };
  if (appId === undefined || isOfProject(view, appId)) {
    if (isSampleAppId(actual)) found.push(observed("sample-credentials", { which: "token" }, field));
    return;
  }
  const which = isSampleAppId(appId) ? "appId" : isSampleAppId(actual) ? "token" : undefined;
  if (which !== undefined) {
    found.push(observed("sample-credentials", { which }, { ...field, severity: "error" }));
    return;
  }
  const difference = differenceOf(appId, actual) ?? (wrappedIds(appId)?.inner.includes(actual) ? "around" : undefined) ??
    (literalKind(appId) === undefined ? undefined : "given-literal");
  found.push(observed("app-id-mismatch", { actual, ...defined({ difference }) }, field));
}

/**
 * App ID and certificate in each other's place, by the texts alone: as given, or in the token.
 *
 * @param maker The certificate that made the token, if one did.
 */
export function exchangedCredentials(
  { appId }: ParsedToken,
  { appId: given, certificates }: { readonly appId?: string | undefined; readonly certificates: readonly string[] },
  maker?: string,
): Observation | undefined {
  const isCertificate = (id: string) => maker === undefined ? certificates.some((one) => same(one, id)) : same(maker, id);
  const which = isCertificate(appId)
    ? maker !== undefined && (given === undefined || same(given, appId))
      ? "signed-with-app-id"
      : maker !== undefined
      ? "certificate-in-token"
      : given === undefined || same(given, appId)
      ? "certificate-is-app-id"
      : "both"
    : given !== undefined && isCertificate(given)
    ? "app-id-is-certificate"
    : undefined;
  return which === undefined ? undefined : observed("credentials-exchanged", { which }, { field: "appId" });
}

/** Whether a certificate made the token. */
export type Signer = (certificate: string) => Awaitable<boolean>;

/** A certificate in the forms in which servers have it by mistake. */
const FORMS: readonly (readonly [CertificateForm, (certificate: string) => readonly string[]])[] = [
  ["upper-case", (certificate) => [certificate.toUpperCase()]],
  ["lower-case", (certificate) => [certificate.toLowerCase()]],
  ["line-break", (certificate) => [`${certificate}\n`, `${certificate}\r\n`, `${certificate}\r`]],
  ["quotes", (certificate) => [`"${certificate}"`, `'${certificate}'`, `"${certificate}"\n`]],
  ["whitespace", (certificate) => [`${certificate} `, ` ${certificate}`]],
  ["literal", () => ["undefined", "null", "None", "[object Object]", "[object Promise]"]],
];

/**
 * What made a token that none of the certificates made as they are given: one of them in another form, an App ID, or a sample's
 * certificate. At most some twenty signatures for each certificate.
 *
 * @returns What it is; none where nothing of it made the token.
 */
export async function otherSigner(
  { appId }: ParsedToken,
  { appId: given, certificates }: { readonly appId?: string | undefined; readonly certificates: readonly string[] },
  isMadeWith: Signer,
): Promise<Observation[]> {
  const count = { certificates: certificates.length };
  const field = { field: "certificates" };
  for (const [index, certificate] of certificates.slice(0, 8).entries()) {
    const { inner = [certificate], around } = wrappedIds(certificate) ?? {};
    for (const id of inner.slice(0, 4).filter(isHexId)) {
      if (around !== undefined && await isMadeWith(id)) {
        const { length } = certificate;
        return [observed("certificate-malformed", { index, ...count, length, around, made: true }, field)];
      }
      for (const [form, texts] of FORMS) {
        for (const text of texts(id)) {
          if (await isMadeWith(text)) return [observed("certificate-altered", { index, ...count, form }, field)];
        }
      }
    }
  }
  for (const id of new Set([appId, ...(given === undefined ? [] : [given])])) {
    if (await isMadeWith(id)) return [observed("credentials-exchanged", { which: "signed-with-app-id" }, field)];
  }
  for (const { appCertificate } of SAMPLES) {
    for (const text of [appCertificate, appCertificate.toLowerCase(), appCertificate.toUpperCase()]) {
      if (!await isMadeWith(text)) continue;
      // Where the App ID is a sample's too, that is the same mistake, and has the same field.
      const [which, field] = isSampleAppId(appId) ? ["both", "appId"] as const : ["signature", "certificates"] as const;
      return [observed("sample-credentials", { which }, { field, severity: "error" })];
    }
  }
  const isSample = certificates.some((certificate) => SAMPLES.some(({ appCertificate }) => same(appCertificate, certificate)));
  return isSample ? [observed("sample-credentials", { which: "certificate" }, { ...field, severity: "error" })] : [];
}
