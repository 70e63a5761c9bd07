import { assertEquals } from "@std/assert";
import { parse } from "@std/dotenv/parse";

// What the real @std/dotenv and its stand-in on node:util agree on; only this may be relied on.
Deno.test("parse() reads a .env file in the ways that both implementations share", () => {
  const file = `
# a comment
AGORA_APP_ID=0123456789abcdef0123456789abcdef
export AGORA_APP_CERTIFICATE="fedcba9876543210fedcba9876543210"
HOST = 127.0.0.1
QUOTED='single # quoted'
LINES="one\\ntwo"
TRAILING=value # a comment
EMPTY=
`;
  assertEquals({ ...parse(file) }, {
    AGORA_APP_ID: "0123456789abcdef0123456789abcdef",
    AGORA_APP_CERTIFICATE: "fedcba9876543210fedcba9876543210",
    HOST: "127.0.0.1",
    QUOTED: "single # quoted",
    LINES: "one\ntwo",
    TRAILING: "value",
    EMPTY: "",
  });
  assertEquals({ ...parse("") }, {});
});
