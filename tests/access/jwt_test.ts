import { assertEquals, assertRejects } from "@std/assert";
import { base64url, exportJWK } from "jose";
import { AgoraTokenError } from "../../mod.ts";
import { loadAccess } from "../../src/server/mod.ts";
import { accessOf, AUDIENCE, BY_PEM, BY_SECRET, ISSUER, JWK, jwtOf, PAIR, PEM, SECRET, STRANGER } from "./harness.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

Deno.test("authenticate() identifies users by JWTs, with a secret, a PEM, a JWK and a JWKS URL", async () => {
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

Deno.test("authenticate() uses the issuer's known keys while an unknown key cannot be fetched or read", async () => {
  let [asked, isAway] = [0, false];
  const jwks = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
    asked++;
    if (isAway) return Response.json({ error: "away" });
    return Response.json({ keys: [{ ...JWK, kid: "a" }, { kty: "RSA", n: "!", e: "AQAB", kid: "broken" }] });
  });
  const { now } = performance;
  try {
    const jwksUrl = `http://127.0.0.1:${jwks.addr.port}/keys`;
    const access = await accessOf({ jwt: { algorithms: ["RS256"], issuer: ISSUER, audience: AUDIENCE, jwksUrl } });
    const by = async (kid: string) =>
      await access.authenticate(await jwtOf({}, PAIR.privateKey, { alg: "RS256", kid }), undefined)
        .then((caller) => caller?.placeholders.sub, (error) => error.code);
    assertEquals([await by("a"), await by("broken"), await by("a")], ["ann", "service-unavailable", "ann"]);
    isAway = true;
    performance.now = () => now.call(performance) + 60_000; // when the issuer may be asked again
    assertEquals([await by("b"), await by("a")], ["service-unavailable", "ann"]);
    for (let index = 0; index < 20; index++) await by(`${index}`);
    assertEquals(asked, 2);
  } finally {
    performance.now = now;
    await jwks.shutdown();
  }
});

/** A genuine JWT whose `exp` is a number that JavaScript reads as infinite. */
async function unending(): Promise<string> {
  const { encode } = base64url;
  const payload = `{"iss":"${ISSUER}","aud":"${AUDIENCE}","sub":"ann","exp":1e400}`;
  const signed = `${encode('{"alg":"RS256"}')}.${encode(payload)}`;
  const signature = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", PAIR.privateKey, utf8(signed));
  return `${signed}.${encode(new Uint8Array(signature))}`;
}

Deno.test("authenticate() refuses a JWT that is forged, expired, or for another audience", async () => {
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
    "a subject with a star": await jwtOf({ sub: "ann*" }),
    "an unknown critical header": await jwtOf({}, PAIR.privateKey, { alg: "RS256" }).then((jwt) =>
      `${encode({ alg: "RS256", crit: ["x"], x: 1 })}.${jwt.split(".").slice(1).join(".")}`
    ),
    "no JWT": "a.b.c",
    "a logout": await jwtOf({}, PAIR.privateKey, { alg: "RS256", typ: "logout+jwt" }),
    "a logout without its kind": await jwtOf({ events: { "http://schemas.openid.net/event/backchannel-logout": {} } }),
    "a proof of possession": await jwtOf({}, PAIR.privateKey, { alg: "RS256", typ: "dpop+jwt" }),
    "a security event": await jwtOf({}, PAIR.privateKey, { alg: "RS256", typ: "application/secevent+jwt" }),
    "a credential": await jwtOf({}, PAIR.privateKey, { alg: "RS256", typ: "dc+sd-jwt" }),
    "a JWT of a sender without the proof": await jwtOf({ cnf: { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } }),
    "an end in more than 24 hours": await jwtOf({ exp: seconds + 86_400 + 60 }),
    "an end that is infinite": await unending(),
  };
  for (const [about, jwt] of Object.entries(forged)) {
    assertEquals(await access.authenticate(jwt, undefined), undefined, about);
  }
  assertEquals((await access.authenticate(genuine, undefined))?.placeholders, { sub: "ann" });
});

Deno.test("authenticate() takes JWTs of the kind and the validity that the file names", async () => {
  const seconds = Math.floor(Date.now() / 1000);
  const as = async (more: object, typ: string | undefined, exp = seconds + 60) => {
    const jwt = await jwtOf({ exp }, PAIR.privateKey, { alg: "RS256", ...(typ === undefined ? {} : { typ }) });
    return (await (await accessOf({ jwt: { ...BY_PEM, ...more } })).authenticate(jwt, undefined))?.placeholders.sub;
  };
  for (const typ of [undefined, "JWT", "jwt", "at+jwt", "application/at+JWT", "application/okta-internal-at+jwt", "x"]) {
    assertEquals(await as({}, typ), "ann", typ);
    assertEquals(await as({ type: "at+jwt" }, typ), /^(application\/)?at\+jwt$/i.test(`${typ}`) ? "ann" : undefined, typ);
  }
  assertEquals(await as({ type: "mine+jwt" }, "mine+jwt"), "ann");
  assertEquals(await as({}, "JWT", seconds + 86_300), "ann");
  for (const [exp, user] of [[3500, "ann"], [3700, undefined]] as const) {
    assertEquals(await as({ maxValidity: 3600 }, "JWT", seconds + exp), user);
  }
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
  for (const claims of [{ user_id: "*" }, { user_id: "7*" }, { user_id: 7, sub: "*" }]) {
    assertEquals(await by(claims), undefined);
  }
  const grant = { channels: ["class-1"], roles: ["subscriber" as const] };
  assertEquals((await by({ user_id: 7, [jwt.grantClaim]: grant }))?.grant, { ...caller!.grant, ...grant });
  for (
    const wrong of [5, null, [], "*", { channels: "class-1" }, { chanels: [] }, { maxExpire: 86_401 }, { users: ["{name}"] }]
  ) {
    assertEquals(await by({ user_id: 7, [jwt.grantClaim]: wrong }), undefined, JSON.stringify(wrong));
  }
});

Deno.test("authenticate() checks JWTs at the time that is given", async () => {
  const jwt = await jwtOf();
  for (const [hours, known] of [[0, true], [1, false]] as const) {
    const access = await loadAccess({ jwt: BY_PEM }, () => new Date(Date.now() + hours * 3_600_000));
    assertEquals(await access.authenticate(jwt, undefined) !== undefined, known);
  }
});
