import { assertEquals } from "@std/assert";
import { inUnits, serviceNames, visible } from "../src/inspect/words.ts";

Deno.test("visible() writes invisible characters and those that change the direction of writing as their numbers", () => {
  assertEquals(visible("a b\u00e9\u4e2d"), "a b\u00e9\u4e2d");
  assertEquals(visible("\u001b[31m\u202ex\u00a0\u200b\u{e0041}"), "\\u001b[31m\\u202ex\\u00a0\\u200b\\u{e0041}");
});

Deno.test("inUnits() gives seconds in their two largest units", () => {
  const cases = {
    0: "0 second",
    59: "59 second",
    60: "1 minute",
    3605: "1 hour",
    3661: "1 hour 1 minute",
    198_059: "2 day 7 hour",
  };
  for (const [seconds, said] of Object.entries(cases)) {
    assertEquals(inUnits(Number(seconds)).map(({ unit, count }) => `${count} ${unit}`).join(" "), said);
  }
});

Deno.test("serviceNames() names services as people do, each once, and others as they are", () => {
  assertEquals(serviceNames(["rtc", "chat", "apaas", "rtc"]), ["RTC", "Chat", "Flexible Classroom (apaas)"]);
  assertEquals(serviceNames(["9", "rtm", "rtm2"]), ["9", "RTM", "RTM 2 (rtm2)"]);
});
