import { assertEquals, assertStringIncludes } from "@std/assert";
import { DynamicKey3, RtcTokenBuilder, RtmTokenBuilder } from "../../src/official/legacy/mod.ts";
import { APP_ID, CERTIFICATE, packed } from "../portable/case.ts";
import { batch, cli, type Json } from "./harness.ts";

const ids = [APP_ID, CERTIFICATE] as const;
const rtc = (channel: string, user: number) => RtcTokenBuilder.buildTokenWithUid(...ids, channel, user, 1, 5);

Deno.test("cli guess --batch gives the names whose checksums a 006 has, in the order tried", async () => {
  const login = await RtmTokenBuilder.buildToken(...ids, "ann", 1, 5);
  const { code, lines } = await batch("guess", [
    { token: await rtc("lobby", 1001) },
    { token: await rtc("lobby", 0) },
    { token: await rtc("our own", 7), channelNames: ["stage", "our own"], users: ["8", "7"] },
    { token: await rtc("our own", 7), channelNames: ["stage"] },
    { token: login, users: ["bob", "ann"] },
  ]);
  assertEquals(code, 0);
  assertEquals(lines, [
    { channelNames: ["lobby"], users: ["1001"] },
    { channelNames: ["lobby"], users: [""] },
    { channelNames: ["our own"], users: ["7"] },
    { channelNames: [], users: ["7"] },
    { channelNames: ["ann"], users: [""] },
  ]);
});

Deno.test("cli guess --batch refuses what holds no checksums, and names the field", async () => {
  const refused: [Json, string | undefined][] = [
    [{ token: await packed() }, "token"],
    [{ token: await DynamicKey3.generate(...ids, "c", 1, 1, 1, 1) }, "token"],
    [{ token: "undefined" }, undefined],
    [{}, "token"],
    [{ token: 5 }, "token"],
    [{ token: await rtc("lobby", 1), channels: [] }, "channels"],
    [{ token: await rtc("lobby", 1), users: [7] }, "users[0]"],
  ];
  const { code, lines } = await batch("guess", refused.map(([line]) => line));
  assertEquals([code, lines.map(({ error }) => error?.field)], [1, refused.map(([, field]) => field)]);
  const tokens = refused.flatMap(([{ token }]) => typeof token === "string" && token.length > 20 ? [token] : []);
  assertEquals(tokens.filter((token) => JSON.stringify(lines).includes(token)), []);
});

Deno.test("cli guess tells people the channel and the user, from names given or the obvious", async () => {
  const found = await cli(["guess", `"${await rtc("lobby", 1001)}"`]);
  assertEquals([found.code, found.stdout], [0, 'channel  "lobby"\nuser     "1001"\n']);
  const none = await cli(["guess", await rtc("our own", 7), "--channelNames", "a,b", "--users", '["8"]']);
  assertEquals([none.code, none.stdout.match(/none of the names/g)?.length], [1, 2]);
  const own = await cli(["guess", await rtc("a,b", 0), "--channelNames", '["a,b"]', "--json"]);
  assertEquals(JSON.parse(own.stdout), { channelNames: ["a,b"], users: [""] });
  assertStringIncludes((await cli(["guess", "--help"])).stdout, "--channelNames");
  const token = await packed();
  const other = await cli(["guess", token]);
  assertEquals([other.code, other.stdout, other.stderr.includes(token)], [1, "", false]);
});
