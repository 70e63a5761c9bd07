import { assert } from "@std/assert";
import { apiKey, entryOf } from "../access/harness.ts";
import { withFile } from "../server/processes.ts";
import { issuer } from "./issuer.ts";
import { close, pause, resident, silent, type Way, withWay } from "./ways.ts";

// A mixed load for some minutes, in which the memory of the server must not grow.

const KEY = apiKey("mixed");
const DAMAGED = "007eJxSYBAt2HPv6";

/** A request, and the statuses that it may get. */
interface Kind {
  readonly path: string;
  readonly init?: (turn: number) => RequestInit;
  readonly statuses: readonly number[];
}

const post = (body: unknown, authorization = `Bearer ${KEY}`): RequestInit => ({
  method: "POST",
  headers: { authorization },
  body: typeof body === "string" ? body : JSON.stringify(body),
});
const get = (authorization: string): RequestInit => ({ headers: { authorization } });

/** Good requests, wrong ones, and inspections of damaged texts, in turn. */
function kinds(jwt: string): Kind[] {
  const key = `Bearer ${KEY}`;
  return [
    { path: "/rtc/lobby/publisher/uid/1001/", init: () => get(key), statuses: [200] },
    { path: "/v1/tokens", init: () => post({ services: [{ type: "rtm", userId: "bob" }] }), statuses: [200] },
    { path: "/rtm/ann", init: () => get(`Bearer ${jwt}`), statuses: [200] },
    { path: "/v1/tokens", init: () => post(Array(20).fill({ services: [{ type: "rtm", userId: "bob" }] })), statuses: [200] },
    { path: "/v1/tokens/inspect", init: (turn) => post({ token: DAMAGED + "x".repeat(turn % 500) }), statuses: [200] },
    { path: "/rtm/bob", init: (turn) => get(`Bearer a-stranger-with-a-long-key-${turn}`), statuses: [401, 429] },
    { path: "/rtm/stranger", init: () => get(key), statuses: [403] },
    { path: "/v1/tokens", init: () => post('{"services": ['), statuses: [400] },
    { path: "/v1/tokens", init: () => post("x".repeat(70_000)), statuses: [413] },
    { path: "/healthz", statuses: [200] },
    { path: "/nothing", init: () => get(key), statuses: [404, 429] },
  ];
}

/**
 * Runs the load, and prints the resident memory of the server each minute.
 *
 * @returns The figures.
 * @throws Where an answer is not what it must be, or the least memory of the last third is more than that of the second by 15 % and 16 MiB.
 */
export async function mixed(way: Way, minutes: number): Promise<string> {
  const own = issuer();
  const memory: number[] = [];
  const wrong = new Map<string, number>();
  let answered = 0;
  try {
    await withFile(
      { keys: [await entryOf("mixed", { rateLimit: 1_000_000 })], jwt: own.jwt },
      (access) =>
        withWay(way, { access }, async ({ base, pid, deafen }) => {
          deafen();
          let isOver = false;
          let turn = 0;
          const workers = Array.from({ length: 8 }, async () => {
            let jwt = await own.token("a");
            while (!isOver) {
              const all = kinds(jwt);
              const { path, init, statuses } = all[turn++ % all.length]!;
              if (turn % 20_000 === 0) jwt = await own.token("a");
              try {
                const response = await fetch(base + path, init?.(turn));
                await response.arrayBuffer();
                if (!statuses.includes(response.status)) count(wrong, `${path} ${response.status}`);
                answered++;
              } catch {
                if (path !== "/v1/tokens") count(wrong, `${path} without an answer`); // a body too large ends its connection
              }
            }
          });
          // And clients that come, send half a request, and leave.
          const quitters = (async () => {
            while (!isOver) {
              const open = await silent(base, 20, "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n\r\n{");
              await pause(200);
              close(open);
            }
          })();
          const steps = Math.max(6, minutes);
          for (let step = 0; step < steps; step++) {
            await pause(minutes * 60_000 / steps);
            memory.push(await resident(pid));
            console.log(
              `        ${((step + 1) * minutes / steps).toFixed(1)} min: ${memory.at(-1)!.toFixed(0)} MiB, ${answered} answers`,
            );
          }
          isOver = true;
          await Promise.all([...workers, quitters]);
        }),
    );
  } finally {
    await own.close();
  }
  assert(wrong.size === 0, JSON.stringify([...wrong]));
  const third = Math.floor(memory.length / 3);
  // What is left after the garbage was collected: of a leak, the least of a time grows.
  const [second, last] = [Math.min(...memory.slice(third, 2 * third)), Math.min(...memory.slice(-third))];
  assert(last < second * 1.15 + 16, `the memory grows: ${second.toFixed(0)} MiB at least, then ${last.toFixed(0)} MiB`);
  const [least, most] = [Math.min(...memory), Math.max(...memory)].map((size) => size.toFixed(0));
  return `${answered} answers, all as they must be; memory ${least} to ${most} MiB, and at least ${
    second.toFixed(0)
  } MiB in the second ` +
    `third, ${last.toFixed(0)} MiB in the last`;
}

function count(map: Map<string, number>, what: string): void {
  map.set(what, (map.get(what) ?? 0) + 1);
}
