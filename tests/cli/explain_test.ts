import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { batch, cli, type Json } from "./harness.ts";

Deno.test("cli explain --batch gives the rows that fit, the best first, and none where nothing fits", async () => {
  const { code, lines } = await batch("explain", [
    { text: "nothing like it", number: -17 },
    { text: "Signature verification failed", number: 110 },
    { text: "nothing like it" },
    { number: 110, sdk: "whiteboard" },
  ]);
  assertEquals(code, 0);
  const ids: string[][] = lines.map(({ rows }) => rows.map(({ id }: Json) => id));
  assertEquals(ids, [["rtc-native-minus-17"], ["rtm-server-9"], [], []]);
});

Deno.test("cli explain --batch names the field of what it refuses, and repeats no text", async () => {
  const refused: [Json, string][] = [
    [{}, "text"],
    [{ text: 110 }, "text"],
    [{ number: "110" }, "number"],
    [{ text: "x", sdk: "rtc" }, "sdk"],
    [{ text: "x", sdk: 1 }, "sdk"],
    [{ text: "x", token: "y" }, "token"],
  ];
  const { code, lines } = await batch("explain", refused.map(([line]) => line));
  assertEquals([code, lines.map(({ error }) => error?.field)], [1, refused.map(([, field]) => field)]);
});

Deno.test("cli explain tells people meaning, causes, remedy, what it is not and what decides", async () => {
  const found = await cli(["explain", "110", "--sdk", "rtc-native"]);
  assertEquals([found.code, found.stderr], [0, ""]);
  for (
    const part of ["[rtc-native-110]", "the likeliest first", "[user-mismatch]", "What to do:", "What it is not:", "--uid"]
  ) {
    assertStringIncludes(found.stdout, part);
  }
  assertStringIncludes((await cli(["explain", "-17"])).stdout, "[rtc-native-minus-17]");
  const many = await cli(["explain", "--json"], { stdin: "TOKEN_EXPIRED\n" });
  assertEquals(JSON.parse(many.stdout).rows.length, 3);
  const none = await cli(["explain", "nothing like it"]);
  assertEquals([none.code, none.stderr], [1, ""]);
  assertEquals((await cli(["explain", "error", "110"])).code, 1); // a text of two words wants quotes
  assertStringIncludes((await cli(["explain", "--help"])).stdout, "rtc-native, rtc-web");
});

Deno.test("cli diagnose explains a message that is passed for a token, and names the messages of findings", async () => {
  const { lines } = await batch("diagnose", [
    { token: "Get server node failed [NO_AUTHORIZED]" },
    { token: "110" },
    { token: "", intent: "chat" },
  ]);
  const [{ verdict, findings: [message] }, number, empty] = lines;
  assertEquals([verdict, message.code, message.messages], ["fails", "text-is-sdk-message", ["rtc-web3-2010009"]]);
  assertStringIncludes(message.message, "The token does not fit.");
  assertEquals(number.findings[0].messages.length, 5);
  assert(empty.findings[0].messages.every((id: string) => id.startsWith("chat-")));
});
