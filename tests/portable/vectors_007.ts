import { assert, assertEquals, assertRejects } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { AgoraTokenError, inspectToken, packToken, parseToken, verifyToken } from "../../mod.ts";
import { tokenOfJson } from "../../src/cli/json.ts";
import { jsonOfToken } from "../../src/inspect/json.ts";
import agents from "../vectors/vectors-007-convoai-stt.json" with { type: "json" };
import literals from "../vectors/official-vectors-007.json" with { type: "json" };
import golden from "../vectors/vectors-007.json" with { type: "json" };
import { collect, parse007 } from "./case.ts";

export const { cases, test } = collect();

// deno-lint-ignore no-explicit-any -- the vectors are data of many shapes
type Vector = any;

/** Malformed tokens that most official parsers accept and this library does not: canonical text, exact stream, bounded size. */
export const STRICTER: Record<string, string> = {
  "mal-trail-newline": "malformed-base64",
  "mal-trail-space": "malformed-base64",
  "mal-b64-inner-bang": "malformed-base64",
  "mal-b64-inner-newline": "malformed-base64",
  "mal-b64-nopad": "malformed-base64",
  "mal-b64-extra-pad": "malformed-base64",
  "mal-z-trail": "malformed-zlib",
  "mal-bomb-zeros-8M": "too-large",
  "mal-bomb-trailing-8M": "too-large",
};

const all: Vector[] = [...golden.cases, ...agents.cases, ...literals.cases];

for (const vector of all) {
  const { id, kind, token, expect, payloadHex, appCertificate } = vector;
  if (kind === "services" || kind === "builder") {
    if (expect === "empty-or-error") {
      test(`packToken() refuses ${id}`, async () => {
        await assertRejects(async () => await packFromJson(vector.input), AgoraTokenError);
      });
      continue;
    }
    test(`packToken() packs the payload of ${id}`, async () => {
      assertEquals(encodeHex((await inspectToken(await packFromJson(vector.input))).bytes), payloadHex);
    });
    test(`parseToken() reads ${id} in every encoding`, async () => {
      const texts = [token, ...(vector.alternateEncodings ?? []).map((other: Vector) => other.token)];
      for (const text of texts) {
        const parsed = await parse007(text);
        if (vector.parsed !== undefined) {
          assertEquals(pick(jsonOfToken(parsed), vector.parsed), vector.parsed);
          assertEquals(parsed.version, "007");
        }
        assertEquals(encodeHex(parsed.signature), vector.signatureHex);
        const verification = await verifyToken(text, { certificates: vector.input.appCertificate, now: parsed.issueTs });
        assertEquals(verification.signature, "valid");
      }
    });
    test(`parseToken() reads what other languages pack for ${id}`, async () => {
      for (const other of vector.divergentPayloads ?? []) {
        if (other.token === undefined) continue;
        const parsed = await parseToken(other.token);
        if (other.parsed !== undefined) assertEquals(pick(jsonOfToken(parsed), other.parsed), signedRole(other.parsed));
        assertEquals((await verifyToken(other.token, { certificates: vector.input.appCertificate })).signature, "valid");
      }
    });
  }
  if (kind === "verify") {
    test(`verifyToken() agrees on ${id}`, async () => {
      const { signature } = await verifyToken(token, { certificates: appCertificate });
      assertEquals(signature === "valid", vector.expectedVerify);
    });
  }
  if (kind === "malformed") {
    const stricter = STRICTER[id];
    const verifies = vector.verifiedBy.length > vector.acceptedBy.length + vector.rejectedBy.length - vector.verifiedBy.length;
    if (vector.majority === "reject" || stricter !== undefined) {
      test(`parseToken() refuses ${id}: ${vector.desc}`, async () => {
        const error = await assertRejects(() => parseToken(token), AgoraTokenError);
        if (stricter !== undefined) assertEquals(error.code, stricter);
        assertEquals((await verifyToken(token, { certificates: appCertificate })).signature, "uncheckable");
        assert(token.length < 20 || !error.message.includes(token));
      });
    } else {
      test(`parseToken() reads ${id}: ${vector.desc}`, async () => {
        const parsed = jsonOfToken(await parseToken(token));
        const { left } = vector.results.python3;
        if (id !== "mal-bad-utf8" && id !== "mal-long-string-40000") {
          const services = (parsed.services as Vector[]).map(({ name: _, ...service }) => service);
          assertEquals(pick({ ...parsed, services }, left), left);
        }
        const { signature } = await verifyToken(token, { certificates: appCertificate });
        assertEquals(signature === "valid", verifies);
      });
    }
  }
}

test("STRICTER names only vectors that most official parsers accept", () => {
  for (const id of Object.keys(STRICTER)) assertEquals(golden.cases.find((vector) => vector.id === id)?.majority, "accept", id);
});

test("the vector files are complete", () => {
  const count = (kind: string) => all.filter((vector) => vector.kind === kind).length;
  assertEquals([count("services"), count("builder"), count("verify"), count("malformed")], [46 + 4 + 33, 27, 15, 69]);
});

async function packFromJson(input: Vector): Promise<string> {
  const { token, appCertificate } = tokenOfJson(input);
  return await packToken(token, appCertificate);
}

/** The values of `object` under the keys of `like`. */
function pick(object: Vector, like: Vector): Vector {
  return Object.fromEntries(Object.keys(like).map((key) => [key, object[key]]));
}

/** Node's parser reads a negative role unsigned (format notes §8); the bytes say −1. */
function signedRole(parsed: Vector): Vector {
  const services = parsed.services.map((service: Vector) => service.role === 65535 ? { ...service, role: -1 } : service);
  return { ...parsed, services };
}
