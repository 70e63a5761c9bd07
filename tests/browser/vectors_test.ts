import { assert, assertEquals } from "@std/assert";
import { AgoraTokenError, findTokens, inspectToken } from "../../mod.ts";
import { STRICTER as STRICTER_007 } from "../portable/vectors_007.ts";
import { STRICTER as STRICTER_LEGACY } from "../portable/vectors_legacy.ts";
import agents from "../vectors/vectors-007-convoai-stt.json" with { type: "json" };
import literals from "../vectors/official-vectors-007.json" with { type: "json" };
import literalsLegacy from "../vectors/official-vectors-legacy.json" with { type: "json" };
import golden from "../vectors/vectors-007.json" with { type: "json" };
import goldenLegacy from "../vectors/vectors-legacy.json" with { type: "json" };
import { browserTest, openPage } from "./chromium.ts";
import { type Seen, typeAndSee, type Typed } from "./page.ts";

// deno-lint-ignore no-explicit-any -- the vectors are data of many shapes
type Vector = any;

/** What is typed in, and what must then be seen. */
interface Expectation extends Typed {
  id: string;
  check: (seen: Seen) => void;
}

const vectors: Vector[] = [...golden.cases, ...agents.cases, ...literals.cases];

browserTest("the page shows every field of every 007 vector, and that it is genuine", async (page) => {
  const expectations = vectors.filter(({ kind, token }) => (kind === "services" || kind === "builder") && token !== undefined)
    .flatMap((vector) => [
      genuine(vector, vector.token, vector.parsed),
      ...(vector.alternateEncodings ?? []).map(({ token }: Vector) => genuine(vector, token, vector.parsed)),
      ...(vector.divergentPayloads ?? []).filter(({ token }: Vector) => token !== undefined)
        .map(({ token }: Vector) => genuine(vector, token, undefined)),
    ]);
  assert(expectations.length > 150, `${expectations.length} tokens`);
  await hold(page, expectations);
});

browserTest("the page shows for every verification vector whether the certificate made it", async (page) => {
  const of007 = vectors.filter(({ kind }) => kind === "verify").map(({ id, token, appCertificate, expectedVerify }) => ({
    id,
    token,
    certificate: appCertificate,
    check: (seen: Seen) => assertEquals(isGenuine(seen), expectedVerify, seen.title),
  }));
  const legacy = (goldenLegacy.verify as Vector[]).map(({ id, token, given, valid }) => ({
    id,
    token,
    certificate: given.appCertificate,
    channelName: given.channelName ?? "",
    user: String(given.account ?? given.uid ?? ""),
    service: given.service ?? "",
    check: (seen: Seen) => assertEquals(isGenuine(seen), valid, seen.title),
  }));
  assertEquals([of007.length, legacy.length], [15, 40]);
  await hold(page, [...of007, ...legacy]);
});

browserTest("the page shows the fields of every legacy vector", async (page) => {
  const built: Vector[] = [...goldenLegacy.cases, ...literalsLegacy.cases, { ...literalsLegacy.extra[0], id: "off-extra" }];
  assertEquals(built.length, 65 + 21 + 1);
  await hold(
    page,
    built.map(({ id, token, expectedParsed }) => ({ id, token, check: (seen) => holdLegacy(seen, expectedParsed) })),
  );
});

browserTest("the page shows the error of every malformed vector", async (page) => {
  const of007 = vectors.filter(({ kind }) => kind === "malformed").map((vector) => malformed(vector, STRICTER_007));
  const legacy = (goldenLegacy.malformed as Vector[]).map((vector) => malformed(vector, STRICTER_LEGACY));
  assertEquals([of007.length, legacy.length], [69, 28]);
  await hold(page, [...await Promise.all(of007), ...await Promise.all(legacy)]);
});

async function hold(page: Parameters<typeof openPage>[0], expectations: readonly Expectation[]): Promise<void> {
  await openPage(page);
  const seen = await typeAndSee(page, expectations.map(({ check: _check, id: _id, ...typed }) => typed));
  expectations.forEach(({ id, check }, index) => {
    try {
      check(seen[index]!);
    } catch (error) {
      throw new Error(`${id}: ${(error as Error).message}`, { cause: error });
    }
  });
}

/** Whether the page says that the certificate made the token, expired or not. */
function isGenuine({ title, text }: Seen): boolean {
  return title.startsWith("Genuine") || text.includes("The certificate made this token.");
}

/** A token that its certificate made: valid or expired by the clock of this test, with the fields of the vector. */
function genuine({ id, input }: Vector, token: string, parsed: Vector): Expectation {
  return {
    id,
    token,
    certificate: input.appCertificate,
    check({ title, text, details, rows }) {
      assert(details.startsWith("AccessToken2 (007)"), details);
      const value = (path: string) => rows.find(([own]) => own === path)?.[1];
      const [issueTs, expire] = [Number(value("issueTs")), parseInt(value("expire")!)];
      const now = Date.now() / 1000;
      const wanted = now < issueTs
        ? "Not valid yet"
        : expire === 0
        ? "Genuine, but whether it works is unknown"
        : now < issueTs + Math.min(expire, 86_400)
        ? "Genuine and valid now"
        : "Expired";
      assertEquals(title, wanted);
      const why = expire === 0 ? "a lifetime of 0 seconds" : "The certificate made this token";
      assert(title === "Genuine and valid now" || text.includes(why), text);
      if (parsed === undefined) return;
      assertEquals(value("appId"), JSON.stringify(parsed.appId));
      assertEquals([issueTs, expire, Number(value("salt"))], [parsed.issueTs, parsed.expire, parsed.salt]);
      const unread = rows.some(([path]) => path.endsWith(".unknown"));
      assert(unread || Number(value("serviceCount")) === parsed.services.length);
      parsed.services.forEach((service: Vector, index: number) => {
        const own = rows.filter(([path]) => path.startsWith(`services[${index}].`))
          .map(([path, value]) => [path.slice(`services[${index}].`.length), value] as const);
        assertEquals(own[0], ["type", String(service.type)]);
        const { type: _type, name: _name, privileges, permissions, ...fields } = service;
        // A privilege is one row: its number, and its lifetime.
        const entries = own.filter(([path]) => /^privileges\.(?!count$)/.test(path)).map(([, value]) => value.split(" → "));
        assertEquals(Object.fromEntries(entries.map(([number, lifetime]) => [number, parseInt(lifetime!)])), privileges);
        for (const [name, field] of Object.entries(fields)) {
          const shown = typeof field === "string" ? JSON.stringify(field) : String(field);
          assertEquals(own.find(([path]) => path === name)?.[1], shown, name);
        }
        const names = own.filter(([path]) => /^permissions.*\.\w+\.\w+\[\d+\]$/.test(path)).map(([, value]) =>
          JSON.parse(value)
        );
        assertEquals(names.sort(), stringsIn(permissions ?? {}).sort());
      });
    },
  };
}

/** Every text at the leaves of a permission map. */
function stringsIn(value: Vector): string[] {
  return typeof value === "string" ? [value] : Object.values(value).flatMap(stringsIn);
}

/** The columns or fields that the vector names are on the page with its values. */
function holdLegacy({ title, rows }: Seen, parsed: Vector): void {
  assert(["Valid now, signature not checked", "Expired", "It will not work"].includes(title), title); // times of a few seconds
  const value = (path: string) => rows.find(([own]) => own === path)?.[1];
  for (const path of ["unixTs", "expiredTs", "uid", "ts", "salt", "crcUid", "crcChannelName"]) {
    if (parsed?.[path] !== undefined) assertEquals(parseInt(value(path)!), parsed[path], path);
  }
  if (parsed?.randomInt !== undefined) {
    const shown = value("randomInt")!;
    assert([Number(shown), parseInt(shown, 16)].includes(parsed.randomInt), shown);
  }
  if (parsed?.appId !== undefined) {
    assertEquals(value("appId")!.replace(/[":]/g, "").toLowerCase(), parsed.appId.toLowerCase());
  }
  for (const { privilege, expireTimestamp } of parsed?.privileges ?? []) {
    const own = rows.filter(([path]) => /^privileges\.(?!count$)/.test(path)).map(([, value]) => value);
    assert(own.includes(`${privilege} → ${expireTimestamp}`), `privilege ${privilege}: ${own}`);
  }
}

/**
 * Tokens that official parsers refuse, or that this library reads more strictly, are shown with the error of the library. Text
 * around a token is removed and reported. The others are read.
 */
async function malformed({ id, token, majority }: Vector, stricter: Record<string, string>): Promise<Expectation> {
  const { error } = await inspectToken(token);
  const [inner] = error === undefined ? [] : findTokens(token);
  assertEquals(error !== undefined, majority === "reject" || id in stricter, id);
  return {
    id,
    token,
    check({ title, text, details, breaksOff, chosen }) {
      if (inner !== undefined) return assert(/The pasted text has /.test(details), details);
      if (token === "") return assertEquals(title, "Paste a token");
      if (!(error instanceof AgoraTokenError)) {
        return assert(["Valid now, signature not checked", "Expired", "Not valid yet"].includes(title), title);
      }
      assert(/^A damaged |^This is not an Agora token$/.test(title), title);
      assert(details.includes(`Error: ${error.code}.`), `${details} instead of ${error.code}`);
      // After the colon the message says what the runtime's inflater gave of a damaged stream, which differs.
      const [message] = error.message.split(":");
      assert(`${text} ${details}`.includes(message!), `${text} ${details} without ${message}`);
      if (error.offset !== undefined && error.field !== "trailing") {
        assert(details.includes(`at byte ${error.offset} `), details);
        assert(chosen.includes(error.field!) || breaksOff !== undefined, error.field);
      }
    },
  };
}
