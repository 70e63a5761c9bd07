import { assert, assertEquals } from "@std/assert";
import { exampleRequest } from "../../src/server/contracts/openapi.ts";
import { CONTRACTS } from "../../src/server/contracts/table.ts";
import { ask, serverOf } from "./harness.ts";

/** A value that is `depth` values deep: what turns it into text by recursion runs out of stack. */
function nested(depth: number, around: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = around(value);
  return value;
}

/** JSON of types that no field takes, and that JavaScript turns into text or numbers, or fails to. */
const WRONG: Record<string, unknown> = {
  "an object with toString": { toString: 1 },
  "an object with valueOf": { valueOf: 1, toString: null },
  "an object with toJSON and then": { toJSON: 1, then: 1, length: 1e9 },
  "nested arrays": nested(3000, (inner) => [inner]),
  "nested objects": nested(3000, (inner) => ({ inner })),
  "a list with a word": [["subscriber"]],
  "a list with digits": [["1"]],
  "a list with a number": [[1]],
};

/** A value with another in one of its places. */
function withValue(data: unknown, [key, ...rest]: string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(data) ? [...data] : { ...data as object }) as Record<string, unknown>;
  copy[key] = withValue(copy[key], rest, value);
  return copy;
}

/** The places of all values in JSON that are no objects and no lists. */
function placesIn(data: unknown, place: string[] = []): string[][] {
  if (typeof data !== "object" || data === null) return [place];
  return Object.entries(data).flatMap(([key, value]) => placesIn(value, [...place, key]));
}

/** More than the example of `/v1/tokens`: every kind of field of a service. */
const SERVICES = [
  { type: "rtc", channelName: "lobby", account: "bob", privileges: { joinChannel: 5 } },
  { type: "rtm2", userId: "bob", permissions: { messageChannels: { read: ["news"] } }, privilegeExpire: 7 },
  { type: "apaas", userUuid: "bob", roomUuid: "room", role: 1 },
];

/** Fields that exclude another one. */
const EITHER: Record<string, string> = { account: "uid", displayName: "userAccount" };

for (const contract of CONTRACTS.filter(({ method }) => method === "POST")) {
  Deno.test(`tokenServer() refuses each value of the wrong type with 400, and names it, at ${contract.path}`, async () => {
    const { target, body } = exampleRequest(contract);
    const whole = { ...body, ...contract.optional, ...(contract.path === "/v1/tokens" ? { services: SERVICES } : {}) };
    for (const place of placesIn(whole)) {
      const name = place.findLast((key) => !/^\d+$/.test(key))!;
      const excluded = EITHER[place[0]!] === undefined ? Object.keys(EITHER) : [EITHER[place[0]!]];
      const fitting = Object.fromEntries(Object.entries(whole).filter(([key]) => !excluded.includes(key)));
      for (const [what, value] of Object.entries(WRONG)) {
        const { status, text } = await ask(serverOf(), target, { json: withValue(fitting, place, value) });
        assertEquals(status, 400, `${place.join(".")}: ${what}: ${text}`);
        assert(text.toLowerCase().includes(name.toLowerCase()), `${place.join(".")}: ${what}: ${text}`);
      }
    }
  });
}
