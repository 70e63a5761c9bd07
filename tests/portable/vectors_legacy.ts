import { assert, assertEquals, assertRejects } from "@std/assert";
import { AgoraTokenError, inspectToken, packToken, parseToken, type VerifyOptions, verifyToken } from "../../mod.ts";
import { tokenOfJson } from "../../src/cli/json.ts";
import { jsonOfToken } from "../../src/inspect/json.ts";
import literals from "../vectors/official-vectors-legacy.json" with { type: "json" };
import golden from "../vectors/vectors-legacy.json" with { type: "json" };
import { CERTIFICATE, collect } from "./case.ts";

export const { cases, test } = collect();

// deno-lint-ignore no-explicit-any -- the vectors are data of many shapes
type Vector = any;

/** The versions of the formats as the vectors name them. */
export const VERSIONS: Record<string, string> = {
  "006": "006",
  dynamicKey: "001",
  dynamicKey2: "002",
  dynamicKey3: "003",
  dynamicKey4: "004",
  dynamicKey5: "005",
  signaling: "signaling",
};

/** Malformed texts that all or some official parsers accept, and this library does not. */
export const STRICTER: Record<string, string> = {
  "mal-06": "truncated", // cut content: half of the parsers fill up with zeros
  "mal-10": "truncated", // a message longer than what is left
  "mal-17": "malformed-base64", // the URL-safe alphabet
  "mal-19": "malformed-base64", // a line break in the base64
  "mal-21": "malformed-field", // an App ID that is not hexadecimal
  "mal-38": "unknown-format", // a time of half digits, in a key that only its exact form tells
  "mal-42": "malformed-field", // the version of another length
};

/** Probes in which this library refuses what some official code packs: invalid ids and numbers. */
const REFUSED = new Set([
  ...["probe-05", "probe-06", "probe-07", "probe-08", "probe-09", "probe-10", "probe-11", "probe-12"], // ids
  ...["probe-16", "probe-17", "probe-18", "probe-19", "probe-20"], // ids
  ...["probe-23", "probe-24", "probe-25", "probe-28"], // numbers outside their unsigned type
]);

const built: Vector[] = [
  ...golden.cases,
  ...literals.cases,
  { ...literals.extra[0], id: "off-extra", builder: "generate", expectedParsed: undefined },
];

for (const { id, format, builder, input, token, expectedParsed, note } of built) {
  test(`packToken() packs ${format} ${id}: ${note ?? builder}`, async () => {
    assertEquals(await pack({ format, builder, ...input }), token);
  });
  test(`parseToken() reads ${format} ${id}`, async () => {
    const parsed = jsonOfToken(await parseToken(token));
    assertEquals(parsed.version, VERSIONS[format]);
    for (const [key, value] of Object.entries(expectedParsed ?? {})) {
      if (key !== "version") assertEquals(parsed[key], value, key);
    }
    const { bytes, spans } = await inspectToken(token);
    assertEquals(spans.at(-1)!.end, bytes.length);
  });
}

for (const { id, format, why, token, given, valid } of golden.verify as Vector[]) {
  test(`verifyToken() agrees on ${format} ${id}: ${why}`, async () => {
    const { appCertificate, ...names } = given;
    const { signature } = await verifyToken(token, { certificates: appCertificate, ...names } as VerifyOptions);
    // A checksum of 006 excludes the wrong name, so that nothing can be said of the certificate.
    const isExcluded = format === "006" && /wrong (channel|uid)/.test(why);
    assertEquals(signature, valid ? "valid" : isExcluded ? "uncheckable" : "invalid");
  });
}

for (const { id, format, why, token, majority } of golden.malformed as Vector[]) {
  const stricter = STRICTER[id];
  const refused = majority === "reject" || stricter !== undefined;
  test(`parseToken() ${refused ? "refuses" : "reads"} ${format} ${id}: ${why}`, async () => {
    const { token: parsed, error } = await inspectToken(token);
    assertEquals(error !== undefined, refused);
    if (stricter !== undefined) assertEquals(error!.code, stricter);
    if (refused) await assertRejects(() => parseToken(token), AgoraTokenError);
    else assertEquals(parsed!.version, VERSIONS[format]);
    const names = { channelName: "room-one", uid: 2882341273, account: "alice", service: "mediaChannel" };
    const { signature } = await verifyToken(token, { certificates: CERTIFICATE, ...names });
    // Only bytes after the signed ones leave the signature valid.
    if (signature === "valid") assert(["mal-14", "mal-29"].includes(id), id);
  });
}

for (const { id, format, builder, note, input, results } of golden.divergenceProbes as Vector[]) {
  const expanded = { ...input, channelName: longText(input.channelName) };
  if (input.channelName === undefined) delete expanded.channelName;
  test(`packToken() ${REFUSED.has(id) ? "refuses" : "follows the majority in"} ${format} ${id}: ${note}`, async () => {
    if (REFUSED.has(id)) {
      await assertRejects(() => pack({ format, builder, ...expanded }), AgoraTokenError);
    } else {
      const byCount = [...results].sort((a: Vector, b: Vector) => b.implementations.length - a.implementations.length);
      assertEquals(await pack({ format, builder, ...expanded }), byCount[0].output);
    }
  });
}

test("the legacy vector files are complete", () => {
  const { cases, verify, malformed, divergenceProbes } = golden;
  assertEquals([cases.length, verify.length, malformed.length, divergenceProbes.length], [65, 40, 28, 29]);
  assertEquals([literals.cases.length, literals.extra.length], [21, 1]);
});

/** Tokens that documents print, as text. */
const PRINTED = [
  "0062ec0d84c41c4442d88ba6f5a2beb828bIADJRwbbO8J93uIDi4J305xNXA0A+pVDTPLPavzwsLW3uAZa8+ij4OObIgDqFTEDoOMyXwQAAQAwoDFfAgAwoDFfAwAwoDFfBAAwoDFf",
  "0062ec0d84c41c4442d88ba6f5a2beb828bIABSMH0fzaqy7sa0erk8u4Bp6FJ4sO1kQ/o6HCRECBRrzKPg45sAAAAAEAAjAkAEO+cyXwEA6APLozFf",
  "0062ec0d84c41c4442d88ba6f5a2beb828bIAD33wY6pO+xp6iBY8mbYz2YtOIiRoTTrzdIPF9DEFlSIwZa8+ij4OObIgAQ6e0EX+UyXwQAAQDvoTFfAgDvoTFfAwDvoTFfBADvoTFf",
  "0062ec0d84c41c4442d88ba6f5a2beb828bIABbCwQgl2te3rk0MEDZ2xrPoalb37fFhTqmTIbGeWErWaPg45sAAAAAEAD1WwYBX+UyXwEA6APvoTFf",
];

test("parseToken() reads the 006 tokens that documents print", async () => {
  for (const [index, text] of PRINTED.entries()) {
    const token = await parseToken(text);
    assert(token.version === "006");
    assertEquals(token.appId, "2ec0d84c41c4442d88ba6f5a2beb828b");
    assertEquals(Object.keys(token.privileges).length, index % 2 === 0 ? 4 : 1);
    assertEquals(token.privileges.rtmLogin !== undefined, index % 2 === 1);
    // Both were made for the user 1234, which an RTM token has instead of a channel.
    assertEquals(index % 2 === 0 ? token.crcUid : token.crcChannelName, 0x9be3e0a3);
  }
});

async function pack(input: Vector): Promise<string> {
  const { token, appCertificate } = tokenOfJson(input);
  return await packToken(token, appCertificate);
}

/** The vectors write a long text as `"c x 990"`. */
function longText(text: string | undefined): string {
  const repeated = /^(.) x (\d+)$/.exec(text ?? "");
  return repeated === null ? text ?? "" : repeated[1]!.repeat(Number(repeated[2]));
}
