import { assertEquals, assertThrows } from "@std/assert";
import { AgoraTokenError, diagnoseToken, findTokens, type Wrapping } from "../../mod.ts";
import golden from "../vectors/vectors-whiteboard.json" with { type: "json" };
import { APP_ID, CERTIFICATE, collect, packed } from "./case.ts";

/** A small set of the cases of `findTokens()`; `tests/find_test.ts` has many more. */
export const { cases, test } = collect();

const OLD =
  "0060123456789abcdef0123456789abcdefIAD89RhzJIPUqQ4DhL9vFR8qdPmxD4jGE0ki9+vJNXEiJ0e8jicAAAAAEABOYbwAAAAIawEA6AOQvAZr";
const SIGNALING = `1:${APP_ID}:1:${APP_ID}`;

test("findTokens() finds the token in pasted text, and says what is around it and was done to it", async () => {
  for (const token of [await packed(), OLD, SIGNALING]) {
    const encoded = encodeURIComponent(token);
    const percent: Wrapping[] = encoded === token ? [] : ["percent-encoding"];
    const pasted: [text: string, as: string, wrappings: Wrapping[]][] = [
      [token, token, []],
      [`  ${token}\n`, token, ["whitespace"]],
      [`"${token}"`, token, ["quotes"]],
      [`'${token}',`, token, ["quotes"]],
      [`“${token}”.`, token, ["quotes"]],
      [`{"rtcToken":"${token}","code":200}`, token, ["json"]],
      [`{"data":{"token":"${token}"}}`, token, ["json"]],
      [`"token": "${token}",`, token, ["json"]],
      [`const token = "${token}";`, token, ["name"]],
      [`AGORA_TOKEN=${token}`, token, ["name"]],
      [`Authorization: Bearer ${token}`, token, ["authorization"]],
      [`Authorization: agora token="${token}"`, token, ["authorization"]],
      [`agora token=${token}`, token, ["authorization"]],
      [`?channel=c&token=${encoded}`, encoded, ["url", ...percent]],
      [`https://example.test/#/join?token=${encoded}&uid=1`, encoded, ["url", ...percent]],
      [`Token with int uid: ${token}****`, token, ["words"]],
      [`${token.slice(0, 50)}\n  ${token.slice(50)}`, `${token.slice(0, 50)}\n  ${token.slice(50)}`, ["line-breaks"]],
    ];
    for (const [text, asFound, wrappings] of pasted) {
      const start = text.indexOf(asFound);
      const [found, ...more] = findTokens(text);
      assertEquals([found?.token, found?.start, found?.end, more.length], [token, start, start + asFound.length, 0], text);
      assertEquals([found!.asFound, found!.wrappings], [asFound, wrappings], text);
    }
  }
});

test("findTokens() finds nothing where a token is damaged, or only looks like one", async () => {
  const token = await packed();
  const none = [
    "",
    "hello",
    '{"token":5}',
    `AGORA_APP_ID=006${APP_ID.slice(3)}`,
    `${token.slice(0, 40)} ${token.slice(40)}`,
    token.slice(0, -9),
    `"${token.slice(0, 40)}****${token.slice(-8)}"`,
    OLD.slice(0, -1),
    `1${SIGNALING}`,
  ];
  for (const text of none) assertEquals(findTokens(text), [], text);
});

test("findTokens() finds several tokens in their order, and one that stands there twice twice", async () => {
  const token = await packed();
  const text = `${token} ${OLD},${SIGNALING}\n${token}`;
  assertEquals(findTokens(text).map(({ token }) => token), [token, OLD, SIGNALING, token]);
  for (const { start, end, asFound } of findTokens(text)) assertEquals(text.slice(start, end), asFound);
});

test("findTokens() finds the tokens of the whiteboard, wherever they end, and diagnoseToken() judges the others", async () => {
  const [sdk, room, python] = ["sdk-admin-10min", "room-admin-1h", "room-writer-1h"].map((id) => {
    const { token, divergent } = golden.build.find((vector) => vector.id === id)!;
    return id === "room-writer-1h" ? (divergent![0] as { token: string }).token : token;
  });
  for (const token of [sdk!, room!, python!]) {
    for (const after of ["", "=", '"', "\n", "Z", "Zm9v", " and more", "\nlast line"]) {
      const found = findTokens(`token: ${token}${after}`);
      assertEquals(found.map(({ token, version, start }) => [token, version, start]), [[token, "whiteboard", 7]], after);
    }
    for (const damaged of [token.slice(0, -100), token.slice(0, 40) + "!" + token.slice(41), token.toLowerCase()]) {
      assertEquals(findTokens(damaged), [], damaged);
    }
  }
  const roomless = room!.replace("ROOM", "SDK");
  assertEquals(findTokens(roomless).map(({ token }) => token), [roomless]);
  assertEquals(findTokens(sdk!.replace("SDK", "ROOM")), []); // a room's token without a room
  for (const { id, token } of golden.build.filter(({ id }) => !/empty|no-uuid|extra-key|sig/.test(id))) {
    assertEquals(findTokens(`"${token}"`).map(({ token }) => token), [token], id);
  }
  const token = await packed();
  const both = await diagnoseToken(`${room} ${token}`, { now: 1_700_000_000 });
  assertEquals(both.findings.map(({ code }) => code).includes("text-wrapped"), true);
  assertEquals(both.token, (await diagnoseToken(token)).token);
  assertEquals((await diagnoseToken(room!)).verdict, "fails");
});

test("findTokens() refuses what is no string and a text over its bound", () => {
  const { code } = assertThrows(() => findTokens(5 as unknown as string), AgoraTokenError);
  assertEquals(code, "invalid-type");
  const { code: large, field } = assertThrows(() => findTokens("x".repeat(65_537)), AgoraTokenError);
  assertEquals([large, field], ["too-large", "text"]);
  assertEquals(findTokens("x".repeat(65_536)), []);
  assertEquals(findTokens("x".repeat(65_537), { maxText: 65_537 }), []);
  assertThrows(() => findTokens("x", { maxText: 0 }), AgoraTokenError, "maxText");
  // deno-lint-ignore no-explicit-any -- wrong on purpose
  assertThrows(() => findTokens("x", { max: 1 } as any), AgoraTokenError, '"options.max"');
});

test("diagnoseToken() judges the first token of a text, and reports as an error that it is not the token alone", async () => {
  const token = await packed();
  const known = { certificates: CERTIFICATE, channelName: "lobby", uid: 1001, intent: "join", now: 1_700_000_000 } as const;
  const text = `first ${token}, second ${OLD}`;
  const { findings: [wrapped, ...rest], ...diagnosis } = await diagnoseToken(text, known);
  const alone = await diagnoseToken(token, known);
  assertEquals([alone.verdict, rest], ["works", alone.findings]);
  assertEquals([diagnosis.verdict, diagnosis.ok, diagnosis.signature], ["fails", false, "valid"]);
  const at = text.indexOf(OLD);
  const others = [{ start: at, end: at + OLD.length, version: "006" }];
  assertEquals([wrapped?.code, wrapped?.params], ["text-wrapped", {
    around: ["words"],
    start: 6,
    end: 6 + token.length,
    length: text.length,
    others,
  }]);
});

test("diagnoseToken() says of a damaged token within a text what it says of the damaged token", async () => {
  const token = await packed();
  for (
    const damaged of [
      token.slice(0, 60),
      token.slice(0, 60) + "!" + token.slice(60),
      `${token.slice(0, 20)}****${token.slice(-8)}`,
    ]
  ) {
    const alone = await diagnoseToken(damaged);
    for (const text of [`{"token":"${damaged}","uid":1}`, `token=${damaged}`, `Token: ${damaged}\n`, ` ${damaged}\n`]) {
      assertEquals((await diagnoseToken(text)).findings, alone.findings, text);
    }
  }
});
