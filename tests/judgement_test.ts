import { assert, assertEquals } from "@std/assert";
import {
  diagnoseToken,
  type Finding,
  type FindingCode,
  findTokens,
  type Intent,
  type VerifyOptions,
  verifyToken,
} from "../mod.ts";
import { tokenOfJson } from "../src/cli/json.ts";
import { INTENTS } from "../src/inspect/intents.ts";
import { CERTIFICATE } from "./portable/case.ts";
import agents from "./vectors/vectors-007-convoai-stt.json" with { type: "json" };
import literals from "./vectors/official-vectors-007.json" with { type: "json" };
import literalsLegacy from "./vectors/official-vectors-legacy.json" with { type: "json" };
import golden from "./vectors/vectors-007.json" with { type: "json" };
import legacy from "./vectors/vectors-legacy.json" with { type: "json" };

const NOW = 1_700_000_000;
const OTHER = "11111111111111111111111111111111";

// deno-lint-ignore no-explicit-any -- the vectors are data of many shapes
type Vector = any;

/** A text, its certificate, the names that it was made for, and a time at which it is valid. */
interface Sample {
  text: string;
  certificate: string;
  names: Pick<VerifyOptions, "channelName" | "uid" | "account" | "service">;
  now: number;
}

function samples(): Sample[] {
  const all: Vector[] = [...golden.cases, ...agents.cases, ...literals.cases];
  const sevens = all.filter(({ token, input }) => token !== undefined && input?.appCertificate !== undefined).map(
    ({ token, input, parsed }): Sample => {
      const [service = {}] = parsed?.services ?? [];
      return {
        text: token,
        certificate: input.appCertificate,
        names: { channelName: service.channelName, account: service.uid ?? service.userId },
        now: input.issueTs ?? NOW,
      };
    },
  );
  const malformed = all.filter(({ kind, token }) => kind === "malformed" && token !== undefined).map(({ token }): Sample => ({
    text: token,
    certificate: CERTIFICATE,
    names: { channelName: "room-one", uid: 7 },
    now: NOW,
  }));
  const old = ([...legacy.cases, ...literalsLegacy.cases] as Vector[]).map(({ format, builder, input, token }): Sample => {
    const { token: data, appCertificate } = tokenOfJson({ format, builder, ...input }) as {
      token: Vector;
      appCertificate: string;
    };
    const { channelName, uid, account, service } = data;
    const user = data.version === "006" ? { account: uid } : { uid: uid === undefined ? undefined : uid >>> 0, account };
    return {
      text: token,
      certificate: appCertificate,
      names: { channelName, ...user, service: typeof service === "string" ? service : undefined },
      now: 0,
    };
  });
  return [...sevens, ...malformed, ...old];
}

/**
 * Combinations of what both functions take: each name absent, right, wrong, the other one, or of a mix-up. One in so many, and others
 * for each vector, so that all of them are tried on some.
 */
function* combinations({ certificate, names, now }: Sample, index: number, step: number): Generator<VerifyOptions> {
  const user = names.account ?? (names.uid === undefined ? undefined : String(names.uid));
  const users = [
    ...[{}, { uid: names.uid, account: names.account }, { uid: 0 }, { uid: 77 }, { account: "stranger" }],
    ...[{ account: names.channelName }, { account: `0${user}` }, { account: "undefined" }],
  ];
  const signers = [certificate, OTHER, [OTHER, certificate], [], certificate.toUpperCase(), `KEY="${certificate}"`];
  let count = index;
  for (const channelName of [undefined, names.channelName, "elsewhere", user, names.channelName?.toUpperCase()]) {
    for (const user of users) {
      for (const service of new Set([undefined, names.service, "rtm"])) {
        for (const certificates of signers) {
          for (const clock of [{ now }, { now: Math.max(0, now - 5), clockTolerance: 5 }, { now: now + 200_000 }]) {
            if (count++ % step === 0) {
              yield JSON.parse(JSON.stringify({ channelName, ...user, service, certificates, ...clock }));
            }
          }
        }
      }
    }
  }
}

/** The codes of findings, without what the diagnosis alone finds out: what made a token that no certificate given made. */
function withoutSigner(findings: readonly Finding[]): string[] {
  const signers: readonly FindingCode[] = [
    "signature-invalid",
    "certificate-malformed",
    "certificate-altered",
    "credentials-exchanged",
    "sample-credentials",
  ];
  return findings.map(({ code }) => code).filter((code) => !signers.includes(code));
}

Deno.test("verifyToken() and diagnoseToken() agree over every vector, whatever they are given", async () => {
  let judged = 0;
  for (const [index, sample] of samples().entries()) {
    for (const options of combinations(sample, index, 97)) {
      const verification = await verifyToken(sample.text, options);
      const diagnosis = await diagnoseToken(sample.text, options);
      const what = JSON.stringify([sample.text.slice(0, 12), options]);
      const { ok, signature, findings } = verification;
      judged++;
      if (diagnosis.findings.some(({ code }) => code === "text-wrapped")) {
        // A malformed vector with a token in it: what is verified is the text, and what is diagnosed the token.
        assert(verification.error !== undefined && !ok && diagnosis.verdict === "fails" && !diagnosis.ok, what);
        continue;
      }
      assertEquals([diagnosis.ok, diagnosis.signature], [ok, signature], what);
      assertEquals(withoutSigner(diagnosis.findings), withoutSigner(findings), what);
      if (ok) assert(diagnosis.verdict !== "fails", what);
      if (signature === "invalid") assert(diagnosis.verdict !== "works", what);
      assertEquals(ok, diagnosis.verdict === "works", what);
      assert(ok ? !findings.some(({ severity }) => severity === "error") : true, what);
    }
  }
  assert(judged > 3000, String(judged));
});

Deno.test("diagnoseToken() may fail because of an App ID or intent alone, and never says works if verifyToken() fails", async () => {
  for (const { text, certificate, names, now } of samples()) {
    const given = JSON.parse(JSON.stringify({ ...names, certificates: certificate, now }));
    const { signature } = await verifyToken(text, given);
    for (const more of [{ appId: OTHER }, ...(Object.keys(INTENTS) as Intent[]).map((intent) => ({ intent }))]) {
      const { verdict } = await diagnoseToken(text, { ...given, ...more });
      if (verdict === "works") assertEquals(signature, "valid", text.slice(0, 12));
      if ("appId" in more) assertEquals(verdict, "fails");
    }
  }
});

Deno.test("diagnoseToken() says of a token in quotes what it says of the token, and that it is in quotes", async () => {
  for (const [index, sample] of samples().entries()) {
    const { error, token } = await verifyToken(sample.text, { certificates: [] });
    if (error !== undefined) continue;
    // 001 and 002 have no prefix: they are found only where their time is plausible.
    const isFound = findTokens(sample.text).length === 1;
    assert(isFound || token.version === "001" || token.version === "002", sample.text.slice(0, 12));
    if (!isFound) continue;
    for (const options of combinations(sample, index, 503)) {
      const { signature, findings } = await diagnoseToken(sample.text, options);
      const diagnosis = await diagnoseToken(`"${sample.text}",`, options);
      const what = JSON.stringify([sample.text.slice(0, 12), options]);
      assertEquals([diagnosis.verdict, diagnosis.ok, diagnosis.signature], ["fails", false, signature], what);
      const codes = diagnosis.findings.map(({ code }) => code);
      assertEquals(codes.filter((code) => code !== "text-wrapped"), findings.map(({ code }) => code), what);
      assertEquals(codes.filter((code) => code === "text-wrapped").length, 1, what);
    }
  }
});
