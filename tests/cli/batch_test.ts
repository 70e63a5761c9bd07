import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { RtmTokenBuilder2, type Service } from "../../mod.ts";
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";
import { runDeno } from "../helpers.ts";
import { batch, cli, type Json } from "./harness.ts";

/** The service of a token that logs in to RTM for a minute. */
const BOB: Service = { type: "rtm", userId: "bob", privileges: { login: 60 } };

Deno.test("cli build --batch names the field of what it refuses in old formats", async () => {
  const common = { appId: APP_ID, appCertificate: CERTIFICATE };
  const key = {
    ...common,
    format: "dynamicKey3",
    builder: "generate",
    channelName: "c",
    unixTs: 1,
    randomInt: 1,
    uid: 1,
    expiredTs: 1,
  };
  const rtc = { ...common, format: "006", builder: "rtc", channelName: "c", uid: 1, role: 1, privilegeExpiredTs: 1 };
  const refused: [Json, string][] = [
    [{ ...key, format: "007" }, "format"],
    [{ ...key, builder: "nope" }, "builder"],
    [{ ...key, appId: "x" }, "appId"],
    [{ ...key, extra: 1 }, "extra"],
    [{ ...key, expiredTs: "1" }, "expiredTs"],
    [{ ...rtc, userAccount: "a" }, "uid"],
    [{ ...rtc, user: "x" }, "user"],
    [{ ...common, format: "006", builder: "rtm", userAccount: "a", account: "x", privilegeExpiredTs: 1 }, "account"],
    [{ ...common, format: "006", builder: "rtm", privilegeExpiredTs: 1 }, "userAccount"],
    [{ ...rtc, uid: -1 }, "uid"],
    [{ ...rtc, salt: 2 ** 32 }, "salt"],
    [
      { ...rtc, builder: "accessToken", role: undefined, privilegeExpiredTs: undefined, privileges: [{ privilege: 1 }] },
      "privileges[0].expireTimestamp",
    ],
  ];
  const { lines } = await batch("build", refused.map(([line]) => line));
  assertEquals(lines.map(({ error }) => error?.field), refused.map(([, field]) => field));
});

Deno.test("cli diagnose --batch answers for every text", async () => {
  const token = await packed({ issueTs: 1000, expire: 60, services: [BOB] });
  const { code, lines } = await batch("diagnose", [
    { token, appCertificate: CERTIFICATE, appId: APP_ID, account: "bob", intent: "loginRtm", now: 1000 },
    { token, now: 1000 },
    { token, appCertificate: [CERTIFICATE], intent: "join", now: 1000 },
    { token: "Bad request.", appCertificate: CERTIFICATE },
    { token: "" },
    { token, intent: "fly" },
    { token, unknown: 1 },
  ]);
  assertEquals(code, 1);
  assertEquals(lines.slice(0, 5).map(({ verdict, findings }) => [verdict, findings[0]?.code]), [
    ["works", undefined],
    ["unknown", "certificate-missing"],
    ["fails", "service-missing"],
    ["fails", "text-is-error-message"],
    ["fails", "text-is-placeholder"],
  ]);
  assertEquals(lines.slice(5).map(({ error }) => error.field), ["intent", "unknown"]);
});

Deno.test("cli --batch splits at LF only, skips blank lines, and continues after a bad one", async () => {
  const token = await RtmTokenBuilder2.buildToken(APP_ID, CERTIFICATE, "a\u2028b\u0085c", 60);
  const good = JSON.stringify({ token });
  const stdin =
    `\n  \n${good}\r\nnot json ${CERTIFICATE}\n{"token": 5}\n{"token": "x", "extra": 1}\n[]\n\t\n{"note":"\u2028"}\n${good}`;
  const { code, stdout, stderr } = await cli(["parse", "--batch"], { stdin });
  assertEquals([code, stderr], [1, ""]);
  assert(!stdout.includes(CERTIFICATE));
  const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines.length, 7);
  assertEquals(lines[0].services[0].userId, "a\u2028b\u0085c");
  assertEquals(lines.slice(1, 6).map(({ error }) => [error.code, error.field]), [
    ["invalid-value", undefined],
    ["invalid-type", "token"],
    ["unknown-field", "extra"],
    ["invalid-type", "line"],
    ["unknown-field", "note"],
  ]);
  assertEquals(lines[6], lines[0]);
});

Deno.test("cli --batch keeps no more of a line than a request can have", async () => {
  const stdin = `{"token": "${"x".repeat(40 * 1024 * 1024)}"}\n{"token": "007"}`;
  const { stdout } = await cli(["parse", "--batch"], { stdin });
  const codes = stdout.trimEnd().split("\n").map((line) => JSON.parse(line).error.code);
  assertEquals(codes, ["too-large", "malformed-zlib"]);
});

Deno.test("cli --batch answers bytes that are not UTF-8 with an error", async () => {
  const stdin = Uint8Array.from([...new TextEncoder().encode('{"token":"'), 0xff, ...new TextEncoder().encode('"}\n')]);
  const { code, stdout } = await cli(["parse", "--batch"], { stdin });
  assertEquals([code, JSON.parse(stdout).error.message], [1, "The line is not UTF-8 text"]);
});

Deno.test("cli --batch answers each line by itself, whatever bytes stand in others, and reads past a byte order mark", async () => {
  const line = new TextEncoder().encode('{"token":"x"}');
  const mark = [0xef, 0xbb, 0xbf];
  const codesOf = async (stdin: Uint8Array<ArrayBuffer>) => {
    const { stdout } = await cli(["parse", "--batch"], { stdin });
    return stdout.trimEnd().split("\n").map((line) => JSON.parse(line).error.code);
  };
  const marked = Uint8Array.from([...mark, ...line, 10, 10, ...mark, ...line, 10]);
  assertEquals(await codesOf(marked), ["unknown-format", "unknown-format"]);
  const mixed = Uint8Array.from([...marked, 0xff, 10, ...mark, ...line, 10, ...line.map((byte) => byte | 0x80)]);
  const [good, bad] = ["unknown-format", "invalid-value"];
  assertEquals(await codesOf(mixed), [good, good, bad, good, bad]);
});

Deno.test("cli --batch answers a line that is longer than any token with an error, and continues", async () => {
  const long = `{"token":"x"${" ".repeat(17 * 1024 * 1024)}}`;
  const { code, stdout } = await cli(["parse", "--batch"], { stdin: `${long}\n{"token":"x"}\n${long}` });
  const codes = stdout.trimEnd().split("\n").map((line) => JSON.parse(line).error.code);
  assertEquals([code, codes], [1, ["too-large", "unknown-format", "too-large"]]);
});

Deno.test("cli --batch refuses other options and arguments", async () => {
  for (const args of [["extra"], ["--json"], ["--tokens", "file"]]) {
    const { code, stdout, stderr } = await cli(["parse", "--batch", ...args], { stdin: "" });
    assertEquals([code, stdout], [1, ""]);
    assertStringIncludes(stderr, "--batch takes no other options");
  }
});

Deno.test("cli build --batch names the field of what it refuses", async () => {
  const common = { appId: APP_ID, appCertificate: CERTIFICATE, expire: 60 };
  const rtc = { type: "rtc", channelName: "c", uid: 1, privileges: { joinChannel: 60 } };
  const refused: [Json, string][] = [
    [{ ...common, services: [rtc], appId: 5 }, "appId"],
    [{ ...common, services: [rtc], appCertificate: "00" }, "appCertificate"],
    [{ ...common, services: [rtc], expire: "60" }, "expire"],
    [{ ...common, services: [rtc], extra: 1 }, "extra"],
    [{ ...common, services: {} }, "services"],
    [{ ...common, services: [{ ...rtc, account: "a" }] }, "services[0].uid"],
    [{ ...common, services: [{ ...rtc, uid: undefined }] }, "services[0].uid"],
    [{ ...common, services: [{ ...rtc, uid: 2 ** 32 }] }, "services[0].uid"],
    [{ ...common, services: [{ ...rtc, type: "rts" }] }, "services[0].type"],
    [{ ...common, services: [{ ...rtc, privileges: { joinChannel: 1, "1": 1 } }] }, "services[0].privileges.joinChannel"],
    [{ ...common, services: [{ ...rtc, userId: "u" }] }, "services[0].userId"],
    [{ builder: "rtm.buildToken", appId: APP_ID, appCertificate: CERTIFICATE, args: { userId: "u" } }, "expire"],
    [{ builder: "rtm.nope", appId: APP_ID, appCertificate: CERTIFICATE, args: {} }, "builder"],
    [{ builder: "fpa.buildToken", appId: APP_ID, appCertificate: CERTIFICATE, args: {}, expire: 1 }, "expire"],
  ];
  const { lines } = await batch("build", refused.map(([line]) => line));
  for (const [index, [line, field]] of refused.entries()) {
    assertEquals(lines[index].error?.field, field, JSON.stringify(line));
    assert(!JSON.stringify(lines[index]).includes(CERTIFICATE));
  }
});

Deno.test("cli verify --batch takes several certificates, a time, and what is known from outside", async () => {
  const token = await packed({ issueTs: 1000, expire: 60, services: [BOB] });
  const { code, lines } = await batch("verify", [
    { token, appCertificate: [APP_ID, CERTIFICATE], now: 1059 },
    { token, appCertificate: CERTIFICATE, now: 1060 },
    { token, appCertificate: CERTIFICATE, now: 990, clockTolerance: 10 },
    { token, appCertificate: CERTIFICATE, now: 1000, account: "eve", service: "rtm" },
    { token, appCertificate: "short", now: 1000 },
    { token, now: 1000 },
    { token, appCertificate: [CERTIFICATE, 5], now: 1000 },
    { token, certificate: CERTIFICATE },
    { token: "007x", appCertificate: CERTIFICATE },
  ]);
  assertEquals(code, 1);
  assertEquals(lines.slice(0, 5).map(({ signature, ok }) => [signature, ok]), [
    ["valid", true],
    ["valid", false],
    ["valid", true],
    ["valid", false],
    ["invalid", false],
  ]);
  assertEquals(lines.slice(5).map(({ error }) => [error.code, error.message.split(", ")[0]]), [
    ["invalid-type", '"appCertificate" must be a string or an array'],
    ["invalid-type", '"appCertificate[1]" must be a string'],
    ["unknown-field", 'Unknown field "certificate": wanted one of token'],
    ["malformed-base64", "The token is not canonical base64: its length or padding is wrong"],
  ]);
});

Deno.test("answerLines() answers a line that fails in a way that nobody foresaw with an error, and all others too", async () => {
  const script = `
    import { answerLines } from "./src/cli/batch.ts";
    const answer = (line) => line === "1" ? Promise.resolve({ line }) : Promise.reject(new RangeError("s3cr3t"));
    const lines = (async function* () { yield new TextEncoder().encode("1\\n2\\n1"); })();
    Deno.exitCode = await answerLines(lines, answer);`;
  const { code, stdout, stderr } = await runDeno(["eval", "--no-check", script]);
  const error = { code: "invalid-value", message: "The line cannot be answered: RangeError" };
  const expected = [{ line: "1" }, { error }, { line: "1" }];
  assertEquals([code, stdout, stderr], [1, expected.map((line) => `${JSON.stringify(line)}\n`).join(""), ""]);
});
