import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { exportJWK } from "jose";
import { AgoraTokenError } from "../../mod.ts";
import { loadAccess } from "../../src/server/mod.ts";
import { apiKey, BY_PEM, BY_SECRET, entryOf, JWK, PAIR, PEM, problemsOf } from "./harness.ts";

Deno.test("loadAccess() accepts a secret that is as long as the hash, and no shorter one", async () => {
  for (const [algorithms, bytes] of [[["HS256"], 32], [["HS384"], 48], [["HS512"], 64], [["HS256", "HS384"], 48]] as const) {
    const load = async (secret: string) => await loadAccess({ jwt: { ...BY_SECRET, algorithms, secret } });
    await load("ä".repeat(bytes / 2));
    const error = await assertRejects(() => load("x".repeat(bytes - 1)), AgoraTokenError);
    assertStringIncludes(error.message, '"jwt.secret"');
  }
});

Deno.test("loadAccess() reports every problem at once, with its path and without a secret", async () => {
  const good = await entryOf("a");
  const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) };
  const weak = await crypto.subtle.generateKey(rsa, true, ["sign", "verify"]);
  const cases: [unknown, string[]][] = [
    [5, ['"access"']],
    [{}, ['"access"']],
    [{ keys: [good], kees: [] }, ['"kees"']],
    [{ [apiKey("a").slice(0, 22)]: good }, ['"…"']],
    [{ keys: [{ ...good, [apiKey("a")]: 1 }] }, ['"keys[0].…"']],
    [{ keys: {} }, ['"keys"']],
    [{ keys: [null, good] }, ['"keys[0]"']],
    [{ keys: [{ ...good, id: "a b" }] }, ['"keys[0].id"']],
    [{ keys: [{ ...good, sha256: apiKey("a") }] }, ['"keys[0].sha256"']],
    [{ keys: [{ ...good, sha256: `${good.sha256}0` }, { ...good, sha256: `0${good.sha256}` }] }, [
      '"keys[0].sha256"',
      '"keys[1].sha256"',
    ]],
    [{ keys: [good, { ...await entryOf("b"), id: "a" }] }, ['"keys[1].id" must be the id of no key before it, got key:a']],
    [{ keys: [good, { ...good, id: "b" }] }, ['"keys[1].sha256" must be the digest of no key before it']],
    [{ keys: [{ ...good, path: true, appLevel: true }] }, ['"keys[0].appLevel"']],
    [{ keys: [{ ...good, path: "yes" }] }, ['"keys[0].path"']],
    [{ keys: [{ ...good, rateLimit: 0 }] }, ['"keys[0].rateLimit"']],
    [{ keys: [{ ...good, rateLimit: 1_000_001 }] }, ['"keys[0].rateLimit"']],
    [{ keys: [{ ...good, services: [1] }] }, ['"keys[0].services[0]"']],
    ...[-0x8001, 0x8000, 1.5, true].map((role): [unknown, string[]] => [
      { keys: [{ ...good, roles: ["*", -0x8000, 0x7fff, role] }] },
      ['"keys[0].roles[3]"'],
    ]),
    [{ keys: [{ ...good, users: ["{sub}"] }] }, ['"keys[0].users[0]"']],
    [{
      keys: [{
        ...good,
        users: [""],
        channels: "*",
        services: ["RTC"],
        roles: ["host"],
        maxExpire: 0,
        wildcards: 1,
        appIds: ["x"],
      }],
    }, [
      '"keys[0].appIds[0]"',
      '"keys[0].services[0]"',
      '"keys[0].channels"',
      '"keys[0].users[0]"',
      '"keys[0].roles[0]"',
      '"keys[0].wildcards"',
      '"keys[0].maxExpire"',
    ]],
    [
      { keys: [{ id: "a", sha256: good.sha256 }] },
      ["services", "channels", "users", "roles"].map((name) => `"keys[0].${name}"`),
    ],
    [{ keys: [{ ...good, user: "x" }], jwt: { ...BY_PEM, issuer: "" } }, ['"keys[0].user"', '"jwt.issuer"']],
    [{ jwt: 5 }, ['"jwt"']],
    [{ jwt: { ...BY_PEM, issuer: undefined, audience: undefined } }, ['"jwt.issuer"', '"jwt.audience"']],
    [{ jwt: { ...BY_PEM, audience: ["a"] } }, ['"jwt.audience"']],
    [{ jwt: { ...BY_PEM, algorithms: [] } }, ['"jwt.algorithms"']],
    [{ jwt: { ...BY_PEM, algorithms: ["none"] } }, ['"jwt.algorithms"']],
    [{ jwt: { ...BY_PEM, algorithms: ["RS256", "HS256"] } }, ['"jwt.algorithms"']],
    [{ jwt: { ...BY_PEM, algorithms: undefined } }, ['"jwt.algorithms"']],
    [{ jwt: { ...BY_PEM, algorithms: ["ES256"] } }, ['"jwt.publicKey"']],
    [{ jwt: { ...BY_SECRET, algorithms: ["RS256"] } }, ['"jwt.algorithms"']],
    [{ jwt: { ...BY_SECRET, secret: "s3cr3t" } }, ['"jwt.secret"']],
    [{ jwt: { ...BY_SECRET, secret: PEM } }, ['"jwt.secret"']],
    [{ jwt: { ...BY_SECRET, secret: JSON.stringify(JWK) } }, ['"jwt.secret"']],
    [{ jwt: { ...BY_SECRET, publicKey: PEM } }, ['"jwt"']],
    [{ jwt: { algorithms: ["RS256"], issuer: "i", audience: "a" } }, ['"jwt"']],
    [{ jwt: { ...BY_PEM, publicKey: "s3cr3t" } }, ['"jwt.publicKey"']],
    [{ jwt: { ...BY_PEM, publicKey: await exportJWK(PAIR.privateKey) } }, ['"jwt.publicKey"']],
    [{ jwt: { ...BY_PEM, publicKey: { kty: "oct", k: "AAAA" } } }, ['"jwt.publicKey"']],
    [{ jwt: { ...BY_PEM, publicKey: await exportJWK(weak.publicKey) } }, ['"jwt.publicKey"']],
    [{ jwt: { ...BY_PEM, publicKey: undefined, jwksUrl: "http://login.example/keys" } }, ['"jwt.jwksUrl"']],
    [{ jwt: { ...BY_PEM, publicKey: undefined, jwksUrl: "ftp://localhost/keys" } }, ['"jwt.jwksUrl"']],
    [{ jwt: { ...BY_PEM, publicKey: undefined, jwksUrl: "keys" } }, ['"jwt.jwksUrl"']],
    [{ jwt: { ...BY_PEM, users: ["{sub}", "{uid}"] } }, ['"jwt.users[1]"']],
    [{ jwt: { ...BY_PEM, uidClaim: 5, grantClaim: "" } }, ['"jwt.uidClaim"', '"jwt.grantClaim"']],
  ];
  for (const [file, wanted] of cases) {
    const problems = await problemsOf(file);
    assertEquals(problems.length, wanted.length, problems.join("\n"));
    for (const [index, part] of wanted.entries()) assertStringIncludes(problems[index]!, part);
    assert(!/s3cr3t|BEGIN PUBLIC KEY-----\n/.test(problems.join()), problems.join());
  }
});
