import { assertEquals, assertStringIncludes } from "@std/assert";
import { fallen, median } from "../bench/measured.ts";
import { drawn } from "../bench/plot.ts";

const recorded = { Deno: { build: 8, verify: 4 }, server: { "an RTC token": 0.4 } };

Deno.test("fallen() names the ratios that are less than three quarters of the recorded ones", () => {
  const now = { Deno: { build: 5.9, verify: 3.1 }, server: { "an RTC token": 0.29 } };
  assertEquals(fallen(now, recorded), [
    "build (Deno): 5.90×, recorded was 8.00×",
    "an RTC token (server): 0.29×, recorded was 0.40×",
  ]);
});

Deno.test("fallen() says nothing of ratios that rose, of three quarters, of new ones, and of those that were not measured", () => {
  assertEquals(fallen({ Deno: { build: 9, verify: 3, parse: 0.1 }, Bun: { build: 1 } }, recorded), []);
});

Deno.test("median() is the middle value, or that of a share", () => {
  assertEquals([median([3, 1, 2]), median([4, 3, 2, 1, 0], 0.25)], [2, 1]);
});

Deno.test("drawn() puts the least point of a plot at its origin and the greatest at its ends", () => {
  const svg = drawn([{ title: "services", lines: { build: [[0, 0], [10, 5000]] } }]);
  assertStringIncludes(svg, '<polyline points="60.0,190.0 340.0,30.0"');
  assertStringIncludes(svg, ">5.0 ms<");
});
