import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  AgoraTokenError,
  diagnoseToken,
  type Inspection,
  inspectToken as inspectAny,
  packToken,
  type ParsedToken007,
  parseToken,
  type Token007,
  verifyToken,
} from "../../mod.ts";
import { APP_ID, CERTIFICATE, collect, compresses, parse007 } from "./case.ts";
import { pack007Bytes } from "./damage.ts";

export const { cases, test } = collect();

/** The inspection of a token that is an AccessToken2, as far as it can be read. */
const inspectToken = (text: string) =>
  inspectAny(text) as Promise<Inspection & { token?: ParsedToken007; partial?: Partial<ParsedToken007> }>;

const TOKEN: Token007 = {
  version: "007",
  appId: APP_ID,
  issueTs: 1700000000,
  expire: 3600,
  salt: 1,
  services: [
    { type: "rtc", channelName: "lobby", uid: "", privileges: { joinChannel: 3600, "77": 5 } },
    { type: "rtm2", userId: "u", permissions: { users: { write: ["v"] } }, privileges: { login: 3600 } },
  ],
};

test("inspectToken() names every field of a token", async () => {
  const { token, spans, findings, error } = await inspectToken(await packToken(TOKEN, CERTIFICATE));
  assertEquals(error, undefined);
  assertEquals(findings, []);
  assertEquals(token!.services, TOKEN.services);
  assertEquals(spans.slice(1).map(({ path, type, value }) => [path, type, value]), [
    ["appId", "str", APP_ID],
    ["issueTs", "u32", 1700000000],
    ["expire", "u32", 3600],
    ["salt", "u32", 1],
    ["serviceCount", "u16", 2],
    ["services[0].type", "u16", 1],
    ["services[0].privileges.count", "u16", 2],
    ["services[0].privileges[0]", "u16", 1],
    ["services[0].privileges.joinChannel", "u32", 3600],
    ["services[0].privileges[1]", "u16", 77],
    ["services[0].privileges.77", "u32", 5],
    ["services[0].channelName", "str", "lobby"],
    ["services[0].uid", "str", ""],
    ["services[1].type", "u16", 8],
    ["services[1].privileges.count", "u16", 1],
    ["services[1].privileges[0]", "u16", 1],
    ["services[1].privileges.login", "u32", 3600],
    ["services[1].userId", "str", "u"],
    ["services[1].permissions.count", "u16", 1],
    ["services[1].permissions[0]", "u16", 4],
    ["services[1].permissions.users.count", "u16", 1],
    ["services[1].permissions.users[0]", "u16", 1],
    ["services[1].permissions.users.write.count", "u16", 1],
    ["services[1].permissions.users.write[0]", "str", "v"],
  ]);
});

test("inspectToken() keeps what it read before the fault, and reports where the fault is", async () => {
  const { bytes } = await inspectToken(await packToken(TOKEN, CERTIFICATE));
  const { error, partial, spans, token, findings } = await inspectToken(await pack007Bytes(bytes.slice(0, 110)));
  assertEquals(token, undefined);
  assertEquals([partial!.appId, partial!.expire, partial!.serviceCount], [APP_ID, 3600, 2]);
  assertEquals(partial!.services![0], TOKEN.services[0]!);
  assertEquals([error!.code, error!.field, error!.offset], ["truncated", "services[1].privileges.count", 109]);
  assertEquals(spans.at(-1), { path: "services[1].privileges.count", type: "fault", start: 109, end: 110 });
  assertEquals(findings.map(({ code, span }) => [code, span]), [["unreadable", { start: 109, end: 109 }]]);
});

test("inspectToken() shows the beginning of a truncated token", async () => {
  const text = await packToken({ ...TOKEN, services: [...TOKEN.services, ...TOKEN.services, ...TOKEN.services] }, CERTIFICATE);
  const { version, error, partial, spans, bytes } = await inspectToken(text.slice(0, -21));
  assertEquals([version, error!.code], ["007", "malformed-base64"]);
  assertEquals(partial!.appId, APP_ID);
  assertEquals(spans.at(-1)!.end, bytes.length);
});

test("inspectToken() reports an unknown service and the bytes after the last one", async () => {
  const packed = await packToken(
    { ...TOKEN, services: [TOKEN.services[0]!, { type: 999, privileges: { "1": 5 } }] },
    CERTIFICATE,
  );
  const unknown = await inspectToken(packed);
  assertEquals(unknown.token!.unknownServiceType, 999);
  assertEquals(unknown.token!.services, [TOKEN.services[0]!]);
  assertEquals([unknown.spans.at(-1)!.path, unknown.spans.at(-1)!.type], ["services[1].unknown", "unknown"]);
  const [found] = unknown.findings;
  assertEquals([found!.code, found!.field], ["unknown-service", "services[1].type"]);
  assertEquals(found!.span!.end - found!.span!.start, 2);

  const { bytes } = await inspectToken(await packToken(TOKEN, CERTIFICATE));
  const trailing = await inspectToken(await pack007Bytes(Uint8Array.of(...bytes, 1, 2, 3)));
  assertEquals(trailing.token!.trailingBytes, 3);
  assertEquals(trailing.findings.map(({ code }) => code), ["trailing-bytes"]);
  assertEquals(trailing.findings[0]!.span, { start: bytes.length, end: bytes.length + 3 });
});

test("inspectToken() says where a text is no token", async () => {
  for (const text of ["", "00", "008abc", "hello", " 007eJw="]) {
    const { version, error, bytes, spans } = await inspectToken(text);
    assertEquals([version, error!.code, bytes.length, spans.length], [undefined, "unknown-format", 0, 0]);
    assertEquals(Object.keys(error!).sort(), ["code", "expected", "name"]); // a log shows nothing that is not there
  }
});

test("parseToken() refuses a value that is no string, an unknown option and a bad bound", async () => {
  // deno-lint-ignore no-explicit-any -- wrong on purpose
  const parse = parseToken as any;
  await assertRejects(() => parse(5), AgoraTokenError, '"text" must be a string');
  await assertRejects(() => parse("007", { max: 1 }), AgoraTokenError, '"options.max": wanted one of maxText, maxPayload');
  await assertRejects(() => parse("007", { maxPayload: 0 }), AgoraTokenError, "maxPayload");
  await assertRejects(() => parse("007", { maxText: 0.5 }), AgoraTokenError, "maxText");
});

test("parseToken() reads payloads up to its bound", async () => {
  const text = await packToken(TOKEN, CERTIFICATE);
  const { length } = (await inspectToken(text)).bytes;
  assert(await parseToken(text, { maxPayload: length }));
  assertEquals((await assertRejects(() => parseToken(text, { maxPayload: length - 1 }), AgoraTokenError)).code, "too-large");
});

test("whatever reads a text reads one of 65,536 characters, and a longer one only where maxText says so", async () => {
  const token = await packToken(TOKEN, CERTIFICATE);
  const [fits, long] = [65_536, 65_537].map((length) => token.padEnd(length));
  const certificates = CERTIFICATE;
  const codes = async (text: string, options: { maxText?: number } = {}) => [
    (await assertRejects(() => parseToken(text, options), AgoraTokenError)).code,
    (await inspectAny(text, options)).error?.code,
    (await verifyToken(text, { ...options, certificates })).error?.code,
    (await diagnoseToken(text, { ...options, certificates })).error?.code,
  ];
  // A client takes no spaces after a token; the diagnosis finds the token.
  const spaced = ["malformed-base64", "malformed-base64", "malformed-base64", undefined];
  assertEquals(await codes(fits!), spaced);
  assertEquals(await codes(long!), Array(4).fill("too-large"));
  assertEquals(await codes(long!, { maxText: 65_537 }), spaced);
  assertEquals(await codes(token, { maxText: token.length - 1 }), Array(4).fill("too-large"));
  const { findings, verdict } = await diagnoseToken(long!);
  assertEquals([verdict, findings.map(({ code }) => code)], ["fails", ["unreadable"]]);
});

test("packToken() and parseToken() agree on the longest token", async () => {
  // Names that do not get shorter.
  let state = 1;
  const name = (length: number) =>
    Array.from({ length }, () => String.fromCharCode(33 + (state = state * 48271 % 0x7fffffff) % 90)).join("");
  const user = name(50_000);
  const withUser = (length: number): Token007 => {
    return { ...TOKEN, services: [{ type: "chat", userId: user.slice(0, length), privileges: {} }] };
  };
  assertEquals((await parse007(await packToken(withUser(40_000), CERTIFICATE))).services.length, 1);
  const { services } = withUser(50_000);
  const error = await assertRejects(
    () => packToken({ ...TOKEN, services: [...services, ...services] }, CERTIFICATE),
    AgoraTokenError,
  );
  assertEquals([error.code, error.field, error.expected], [
    "invalid-value",
    "services",
    "small enough for a token of 65536 characters",
  ]);
});

test("packToken() and parseToken() agree on the largest payload", async () => {
  if (!await compresses()) return;
  const chat = (length: number) => ({ type: "chat", userId: "u".repeat(length), privileges: {} }) as const;
  const sized = (last: number): Token007 => ({ ...TOKEN, services: [...Array(3).fill(chat(65535)), chat(last)] });
  const room = 256 * 1024 - 82 - 3 * (6 + 65535) - 6;
  assertEquals((await parse007(await packToken(sized(room), CERTIFICATE))).services.length, 4);
  assertEquals((await assertRejects(() => packToken(sized(room + 1), CERTIFICATE), AgoraTokenError)).field, "services");
});
