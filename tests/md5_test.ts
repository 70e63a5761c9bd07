import { assertEquals } from "@std/assert";
import { md5 as noble } from "@noble/hashes/legacy.js";
import { md5 } from "../playground/md5.ts";

Deno.test("md5() of the page has the result of the library's for every length of up to three blocks", () => {
  for (let length = 0; length <= 192; length++) {
    const message = Uint8Array.from({ length }, (_, place) => 7 * place + length);
    assertEquals(md5(message), noble(message), String(length));
  }
});
