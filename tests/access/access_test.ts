import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { encodeHex } from "@std/encoding/hex";
import { exportJWK } from "jose";
import { AgoraTokenError } from "../../mod.ts";
import { loadAccess } from "../../src/server/mod.ts";
import {
  accessOf,
  apiKey,
  AUDIENCE,
  BY_PEM,
  BY_SECRET,
  entryOf,
  ISSUER,
  JWK,
  jwtOf,
  PAIR,
  PEM,
  problemsOf,
  SECRET,
  STRANGER,
} from "./harness.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

Deno.test("authenticate() knows the callers of keys by their digests, each where its key may stand", async () => {
  const keys = [
    await entryOf("old", { maxExpire: undefined }),
    await entryOf("new", { rateLimit: 5 }),
    await entryOf("app", { path: true }),
  ];
  const access = await accessOf({ keys });
  const by = async (bearer?: string, pathKey?: string) => (await access.authenticate(bearer, pathKey))?.id;
  assertEquals([await by(apiKey("old")), await by(apiKey("new")), await by(apiKey("app"))], ["key:old", "key:new", "key:app"]);
  const [first, second] = [
    await access.authenticate(apiKey("old"), undefined),
    await access.authenticate(apiKey("new"), undefined),
  ];
  assertEquals([first?.rateLimit, second?.rateLimit], [undefined, 5]);
  assertEquals([first?.grant.maxExpire, second?.grant.maxExpire], [3600, 86_400]);
  assertEquals([await by(undefined, apiKey("app")), await by(undefined, apiKey("old"))], ["key:app", undefined]);
  assertEquals([await by(apiKey("old"), apiKey("none")), await by(apiKey("old"), apiKey("app"))], [undefined, "key:app"]);
  for (
    const wrong of [undefined, "", apiKey("none"), apiKey("old").toUpperCase(), `${apiKey("old")} `, apiKey("old").slice(1)]
  ) {
    assertEquals(await by(wrong), undefined);
  }
  assertEquals([access.keysInPaths, (await accessOf({ keys: keys.slice(0, 2) })).keysInPaths], [true, false]);
});

Deno.test("authenticate() never takes a key of less than 22 characters, whatever digest is configured", async () => {
  for (const [key, known] of [["test", false], ["x".repeat(21), false], ["x".repeat(22), true]] as const) {
    const sha256 = encodeHex(await crypto.subtle.digest("SHA-256", utf8(key))).toUpperCase();
    const access = await accessOf({ keys: [{ ...await entryOf("a"), sha256 }] });
    assertEquals(await access.authenticate(key, undefined) !== undefined, known, key);
  }
});

Deno.test("authenticate() knows users by JWTs of a secret, a PEM, a JWK and a JWKS URL", async () => {
  let asked = 0;
  const jwks = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
    asked++;
    const twice = { ...JWK, kid: "twice" };
    const keys = [{ ...JWK, alg: "RS256", kid: "a" }, { kty: "oct", k: "AAAA", kid: "b" }, twice, twice];
    return Response.json({ keys });
  });
  try {
    const by = { algorithms: ["RS256"], issuer: ISSUER, audience: AUDIENCE };
    const url = `http://127.0.0.1:${jwks.addr.port}/keys`;
    for (
      const [jwt, key, header] of [
        [BY_PEM],
        [{ ...by, publicKey: JWK }],
        [{ ...by, jwksUrl: url }, PAIR.privateKey, { alg: "RS256", kid: "a" }],
        [BY_SECRET, utf8(SECRET), { alg: "HS256" }],
      ] as const
    ) {
      const access = await accessOf({ jwt });
      const caller = await access.authenticate(await jwtOf({}, key, header), undefined);
      // The first bytes of the SHA-256 of `["https://login.example","ann"]`: the same with every key, and on every server.
      assertEquals([caller?.placeholders, caller?.id], [{ sub: "ann" }, "jwt:5b4110df0da26598"]);
      assertEquals(caller?.grant, {
        services: ["rtc", "rtm"],
        channels: ["*"],
        users: ["{sub}"],
        roles: ["publisher", "subscriber"],
        maxExpire: 3600,
      });
      assertEquals(await access.authenticate(undefined, await jwtOf({}, key, header)), undefined);
    }
    const remote = await accessOf({ jwt: { ...by, jwksUrl: url } });
    assertEquals(
      await remote.authenticate(await jwtOf({}, STRANGER.privateKey, { alg: "RS256", kid: "a" }), undefined),
      undefined,
    );
    for (const kid of ["c", "twice", undefined]) {
      const jwt = await jwtOf({}, PAIR.privateKey, { alg: "RS256", kid });
      assertEquals(await remote.authenticate(jwt, undefined), undefined, kid);
    }
    const before = asked;
    for (let index = 0; index < 20; index++) {
      await remote.authenticate(await jwtOf({}, PAIR.privateKey, { alg: "RS256", kid: `${index}` }), undefined);
    }
    assertEquals(asked, before); // unknown key ids do not make the server ask again and again
  } finally {
    await jwks.shutdown();
  }
  const elsewhere = { ...BY_PEM, publicKey: undefined, jwksUrl: "https://login.example/keys" };
  await loadAccess({ jwt: elsewhere });
  const gone = await accessOf({
    jwt: { algorithms: ["RS256"], issuer: ISSUER, audience: AUDIENCE, jwksUrl: "http://127.0.0.1:1/" },
  });
  const jwt = await jwtOf();
  const error = await assertRejects(() => gone.authenticate(jwt, undefined), AgoraTokenError);
  assertEquals(error.code, "service-unavailable");
});

Deno.test("authenticate() knows users by the issuer's known keys while an unknown key cannot be fetched or read", async () => {
  let [asked, isAway] = [0, false];
  const jwks = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
    asked++;
    if (isAway) return Response.json({ error: "away" });
    return Response.json({ keys: [{ ...JWK, kid: "a" }, { kty: "RSA", n: "!", e: "AQAB", kid: "broken" }] });
  });
  const { now } = Date;
  try {
    const jwksUrl = `http://127.0.0.1:${jwks.addr.port}/keys`;
    const access = await accessOf({ jwt: { algorithms: ["RS256"], issuer: ISSUER, audience: AUDIENCE, jwksUrl } });
    const by = async (kid: string) =>
      await access.authenticate(await jwtOf({}, PAIR.privateKey, { alg: "RS256", kid }), undefined)
        .then((caller) => caller?.placeholders.sub, (error) => error.code);
    assertEquals([await by("a"), await by("broken"), await by("a")], ["ann", "service-unavailable", "ann"]);
    isAway = true;
    Date.now = () => now() + 60_000; // when the issuer may be asked again
    assertEquals([await by("b"), await by("a")], ["service-unavailable", "ann"]);
    for (let index = 0; index < 20; index++) await by(`${index}`);
    assertEquals(asked, 2);
  } finally {
    Date.now = now;
    await jwks.shutdown();
  }
});

Deno.test("authenticate() refuses a JWT that is forged, dead, or for others", async () => {
  const access = await accessOf({ jwt: BY_PEM });
  const seconds = Math.floor(Date.now() / 1000);
  const genuine = await jwtOf();
  const [header, payload, signature] = genuine.split(".");
  const encode = (value: unknown) => btoa(JSON.stringify(value)).replaceAll("=", "").replaceAll("+", "-").replaceAll("/", "_");
  const forged: Record<string, string> = {
    "alg none": `${encode({ alg: "none" })}.${payload}.`,
    "alg none with a signature": `${encode({ alg: "none" })}.${payload}.${signature}`,
    "HS256 with the public key as secret": await jwtOf({}, utf8(PEM), { alg: "HS256" }),
    "HS256 with the trimmed public key": await jwtOf({}, utf8(PEM.trim()), { alg: "HS256" }),
    "another algorithm of the same key": await jwtOf({}, STRANGER.privateKey, { alg: "RS256", kid: "x" }),
    "a stranger's key": await jwtOf({}, STRANGER.privateKey),
    "a key that it brings itself": await jwtOf({}, STRANGER.privateKey, {
      alg: "RS256",
      jwk: await exportJWK(STRANGER.publicKey),
    }),
    "another payload": `${header}.${encode({ ...JSON.parse(atob(payload!)), sub: "bob" })}.${signature}`,
    "no signature": `${header}.${payload}.`,
    "expired": await jwtOf({ exp: seconds - 1 }),
    "no end": await jwtOf({ exp: undefined }),
    "not yet": await jwtOf({ nbf: seconds + 60 }),
    "wrong audience": await jwtOf({ aud: "others" }),
    "no audience": await jwtOf({ aud: undefined }),
    "wrong issuer": await jwtOf({ iss: "https://evil.example" }),
    "no issuer": await jwtOf({ iss: undefined }),
    "no subject": await jwtOf({ sub: undefined }),
    "an empty subject": await jwtOf({ sub: "" }),
    "a subject that is no text": await jwtOf({ sub: 7 }),
    "an unknown critical header": await jwtOf({}, PAIR.privateKey, { alg: "RS256" }).then((jwt) =>
      `${encode({ alg: "RS256", crit: ["x"], x: 1 })}.${jwt.split(".").slice(1).join(".")}`
    ),
    "no JWT": "a.b.c",
  };
  for (const [about, jwt] of Object.entries(forged)) {
    assertEquals(await access.authenticate(jwt, undefined), undefined, about);
  }
  assertEquals((await access.authenticate(genuine, undefined))?.placeholders, { sub: "ann" });
});

Deno.test("authenticate() reads the uid from its claim and the grant from its claim", async () => {
  const [channels, uidClaim] = [["{sub}-*", "{uid}-*"], "user_id"];
  const jwt = { ...BY_PEM, channels, uidClaim, grantClaim: "https://app.example/grant", maxExpire: 600, rateLimit: 7 };
  const access = await accessOf({ jwt });
  const by = async (claims: Record<string, unknown>) => await access.authenticate(await jwtOf(claims), undefined);
  const caller = await by({ user_id: 7 });
  assertEquals([caller?.placeholders, caller?.grant.users, caller?.grant.maxExpire, caller?.rateLimit], [
    { sub: "ann", uid: "7" },
    ["{uid}"],
    600,
    7,
  ]);
  for (const uid of [1, 2 ** 32 - 1]) assertEquals((await by({ user_id: uid }))?.placeholders, { sub: "ann", uid: `${uid}` });
  for (const uid of [0, -1, 1.5, 2 ** 32, "7", null, [7]]) {
    assertEquals((await by({ user_id: uid }))?.placeholders, { sub: "ann" }, `${uid}`);
  }
  const grant = { channels: ["class-1"], roles: ["subscriber" as const] };
  assertEquals((await by({ user_id: 7, [jwt.grantClaim]: grant }))?.grant, { ...caller!.grant, ...grant });
  for (
    const wrong of [5, null, [], "*", { channels: "class-1" }, { chanels: [] }, { maxExpire: 86_401 }, { users: ["{name}"] }]
  ) {
    assertEquals(await by({ user_id: 7, [jwt.grantClaim]: wrong }), undefined, JSON.stringify(wrong));
  }
});

Deno.test("authenticate() holds users by the time it is given", async () => {
  const jwt = await jwtOf();
  for (const [hours, known] of [[0, true], [1, false]] as const) {
    const access = await loadAccess({ jwt: BY_PEM }, () => new Date(Date.now() + hours * 3_600_000));
    assertEquals(await access.authenticate(jwt, undefined) !== undefined, known);
  }
});

Deno.test("loadAccess() takes a secret that is as long as the hash, and none that is shorter", async () => {
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
    [{ keys: [good, { ...await entryOf("b"), id: "a" }] }, ["key:a again"]],
    [{ keys: [good, { ...good, id: "b" }] }, ["key:b again"]],
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
