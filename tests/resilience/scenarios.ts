import { assert, assertEquals } from "@std/assert";
import { parseToken } from "../../mod.ts";
import { apiKey, entryOf } from "../access/harness.ts";
import { withFile } from "../server/processes.ts";
import { tokenOf } from "../server/harness.ts";
import { issuer, LIES, movableClock, publishes } from "./issuer.ts";
import { close, freePort, type Load, load, pause, resident, silent, until, type Way, within, withWay } from "./ways.ts";

// What real servers do on a bad day. Each scenario gives its figures in a sentence, and throws where something does not hold.

/** One bad day. `isShort` is for the tests: less load, and no waiting for time limits. */
export type Scenario = (way: Way, isShort: boolean) => Promise<string>;

const KEY = apiKey("resilience");
const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });
const POST: RequestInit = { ...bearer(KEY), method: "POST", body: '{"services": [{"type": "rtm", "userId": "bob"}]}' };
const HALF_HEAD = "POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-";
const HALF_BODY =
  `POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${KEY}\r\nContent-Length: 90\r\n\r\n{"serv`;

/** An access file with a key that has no limit to speak of, and what else it has. */
async function withAccess(more: Record<string, unknown>, use: (access: string) => Promise<void>): Promise<void> {
  await withFile({ keys: [await entryOf("resilience", { rateLimit: 1_000_000 })], ...more }, use);
}

/** Asks for a token; the status. */
async function statusOf(url: string, token: string): Promise<number> {
  const response = await fetch(url, bearer(token));
  await response.body?.cancel();
  return response.status;
}

/** Whether a server gives a genuine token. */
async function serves(base: string): Promise<boolean> {
  try {
    const response = await fetch(`${base}/rtm/bob`, { ...bearer(KEY), signal: AbortSignal.timeout(2000) });
    await tokenOf((await response.json()).rtmToken);
    return true;
  } catch {
    return false;
  }
}

/** The entries of a log, but for a last line that is cut. */
function entriesOf(written: string): { status: number }[] {
  const lines = written.split("\n");
  return lines.slice(0, -1).filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}

/** Waits until a load has so many answers. */
async function untilAnswered(requests: Load, count: number): Promise<void> {
  await until(`${count} answers`, () => requests.times.length >= count, 60_000);
}

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  async "SIGTERM under load"(way, isShort) {
    let said = "";
    await withAccess({}, (access) =>
      withWay(way, { access }, async ({ base, written, end }) => {
        const requests = load(`${base}/rtm/bob`, { ...bearer(KEY), keepalive: false }, 16, true);
        await untilAnswered(requests, isShort ? 500 : 5000);
        const started = performance.now();
        const { code } = await end();
        const took = Math.round(performance.now() - started);
        await requests.stop();
        assertEquals(code, 0);
        const answered = requests.statuses[200]!;
        const logged = entriesOf(written()).filter(({ status }) => status === 200).length;
        assertEquals(
          logged,
          answered,
          "every request that is in the log has reached its client, and every answer is in the log",
        );
        said = `ended with 0 after ${took} ms; ${answered} answers, ${logged} in the log`;
      }));
    return said;
  },

  async "SIGKILL under load"(way, isShort) {
    const port = freePort();
    let said = "";
    await withAccess({}, async (access) => {
      let [answered, logged] = [0, 0];
      await withWay(way, { access, port }, async ({ base, written, end }) => {
        const requests = load(`${base}/rtm/bob`, bearer(KEY), 16, true);
        await untilAnswered(requests, isShort ? 500 : 5000);
        const { signal } = await end("SIGKILL");
        await requests.stop();
        assertEquals(signal, "SIGKILL");
        answered = requests.statuses[200]!;
        assertEquals(Object.keys(requests.statuses), ["200"]);
        logged = entriesOf(written()).length; // throws for a line that is no JSON
      });
      // What was answered in the last moment is not in the log yet.
      assert(logged > answered / 2 && logged <= answered + 16, `${logged} of ${answered}`);
      const started = performance.now();
      await withWay(way, { access, port }, async ({ base }) => void await until("it serves", () => serves(base)));
      const took = Math.round(performance.now() - started);
      said = `${answered} answers, ${logged} in the log; started again on the same port, used and ended within ${took} ms`;
    });
    return said;
  },

  async "no file descriptor left"(way) {
    let said = "";
    await withAccess({}, (access) =>
      withWay(way, { access, descriptors: 100 }, async ({ base, end }) => {
        const open = await silent(base, 150, HALF_HEAD);
        assert(open.length > 50, `${open.length}`);
        const during = await until("it serves while silent connections are open", () => serves(base));
        close(open);
        const after = await until("it serves again", () => serves(base));
        assertEquals((await end()).code, 0);
        said =
          `with 100 descriptors and ${open.length} silent connections it served after ${during} ms, and ${after} ms after they closed`;
      }));
    return said;
  },

  async "an issuer that hangs, lies and rotates its keys"(way, isShort) {
    const [own, clock] = [issuer(), await movableClock()];
    const said: string[] = [];
    try {
      await withAccess({ jwt: own.jwt }, (access) =>
        withWay(way, { access, preload: clock.preload }, async ({ base, pid }) => {
          const [a, b, c] = [await own.token("a"), await own.token("b"), await own.token("c")];
          const url = `${base}/rtm/ann`;
          assertEquals(await statusOf(url, a), 200);
          const before = await resident(pid);
          /** Twenty requests of a known user, while the server asks its issuer again. */
          const twenty = async (what: string) => {
            const asked = own.seen.asked;
            clock.move({ steady: 301_000 });
            let slowest = 0;
            for (let count = 0; count < 20; count++) {
              const started = performance.now();
              assertEquals(await statusOf(url, a), 200, what);
              slowest = Math.max(slowest, performance.now() - started);
            }
            await until(`it asks an issuer that answers with ${what}`, () => own.seen.asked > asked);
            return slowest;
          };
          for (const [what, answer] of Object.entries(LIES)) {
            own.answer = () => answer(own);
            await twenty(what);
            await pause(isShort ? 20 : 500);
          }
          const grown = await resident(pid) - before;
          const taken = own.seen.bytes / 2 ** 20;
          assert(grown < 60 && taken < 16, `${grown} MiB more, ${taken} MiB taken`);
          said.push(`${Object.keys(LIES).length} kinds of lies: all users served, ${grown.toFixed(0)} MiB more in memory`);
          own.answer = () => own.hangs();
          said.push(`hanging: the slowest of 20 answers took ${(await twenty("nothing")).toFixed(0)} ms`);
          if (!isShort) {
            await pause(6000); // its time limit of 5 seconds
            clock.move({ steady: 31_000 });
            const requests = load(`${base}/rtm/bob`, bearer(KEY), 4);
            const started = performance.now();
            const status = await statusOf(url, c);
            assert(status === 401 || status === 503, `${status}`);
            await requests.stop();
            assertEquals([Object.keys(requests.statuses), requests.failed], [["200"], 0]);
            said.push(
              `a user of an unknown key waited ${Math.round(performance.now() - started)} ms for ${status}, others ${
                within(99, requests)
              }`,
            );
          } else await pause(5500);
          own.answer = () => publishes("b");
          clock.move({ steady: 31_000 });
          await until("a user of the new key is served", async () => {
            clock.move({ steady: 6000 });
            return await statusOf(url, b) === 200;
          });
          assertEquals(await statusOf(url, a), 401);
          said.push("rotated: the new key at once, the old one no more");
        }));
    } finally {
      await own.close();
      await clock.remove();
    }
    return said.join("; ");
  },

  async "clocks that jump"(way) {
    const [own, clock] = [issuer(), await movableClock()];
    try {
      const limited = await entryOf("limited", { rateLimit: 5 });
      const keys = [await entryOf("resilience", { rateLimit: 1_000_000 }), limited];
      await withFile({ keys, jwt: own.jwt }, (access) =>
        withWay(way, { access, preload: clock.preload }, async ({ base }) => {
          const issued = async () => {
            const response = await fetch(`${base}/rtm/bob`, bearer(KEY));
            const token = await parseToken((await response.json()).rtmToken);
            return token.version === "007" ? token.issueTs - Math.floor(Date.now() / 1000) : NaN;
          };
          const is = (seconds: number, actual: number) =>
            assert(Math.abs(actual - seconds) <= 2, `${actual} instead of ${seconds}`);
          const jwt = await own.token("a");
          const user = () => statusOf(`${base}/rtm/ann`, jwt);
          const spend = async () => {
            const statuses: number[] = [];
            for (let count = 0; count < 8; count++) statuses.push(await statusOf(`${base}/rtm/bob`, apiKey("limited")));
            return statuses.filter((status) => status === 200).length;
          };
          assertEquals([await user(), await spend()], [200, 5]);
          clock.move({ wall: 86_400_000 });
          is(86_400, await issued());
          assertEquals([await user(), await spend()], [401, 0]); // the JWT has expired; the limit does not run by this clock
          clock.move({ wall: -90_000_000 });
          is(-3600, await issued());
          assertEquals([await user(), await spend()], [200, 0]);
          clock.move({ wall: 3_600_000, steady: 3_600_000 }); // as after an hour of sleep
          is(0, await issued());
          assertEquals([await user(), await spend()], [200, 5]);
        }));
    } finally {
      await own.close();
      await clock.remove();
    }
    return "a day ahead, an hour back and an hour asleep: tokens and JWTs follow the clock, the rate limit does not, nothing fails";
  },

  async "slow clients"(way, isShort) {
    let said = "";
    await withAccess({}, (access) =>
      withWay(way, { access }, async ({ base, pid }) => {
        const count = isShort ? 50 : 300;
        const quiet = load(`${base}/v1/tokens`, POST, 4);
        await untilAnswered(quiet, isShort ? 100 : 3000);
        await quiet.stop();
        const before = await resident(pid);
        const heads = await silent(base, count, HALF_HEAD);
        const bodies = await silent(base, count, HALF_BODY);
        await pause(100);
        const half = await resident(pid) - before;
        // Each asks for 100 large answers, and reads none of them.
        const greedy = await silent(base, count / 5, "GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100));
        await pause(isShort ? 200 : 2000); // what fits into the buffers is answered
        const requests = load(`${base}/v1/tokens`, POST, 4);
        await untilAnswered(requests, isShort ? 100 : 3000);
        await requests.stop();
        assertEquals([Object.keys(requests.statuses), requests.failed], [["200"], 0]);
        const grown = await resident(pid) - before;
        assert(grown < 300, `${grown} MiB`);
        said = `${2 * count} half-sent requests and ${count / 5} clients that read nothing: others had 99 % within ` +
          `${within(99, requests)} (${within(99, quiet)} without them), ${half.toFixed(0)} MiB more for the half-sent, ` +
          `${grown.toFixed(0)} MiB with all`;
        if (!isShort) {
          const [body, head] = [
            await ended(bodies[0]!, 15_000),
            await ended(heads[0]!, way.endsSilentConnections ? 20_000 : 100),
          ];
          assert(body.includes(" 408 "), body);
          assert(!way.endsSilentConnections || head !== "open", head);
          said += `; a half-sent body is answered with 408, half-sent headers ${head === "open" ? "stay open" : "are cut off"}`;
        }
        close([...heads, ...bodies, ...greedy]);
        await until("it serves", () => serves(base));
      }));
    return said;
  },
};

/** What a connection gets before it is closed or a time has passed: the first line of an answer, `closed` or `open`. */
async function ended(connection: Deno.Conn, most: number): Promise<string> {
  const timer = Promise.withResolvers<string>();
  const id = setTimeout(() => timer.resolve("open"), most);
  const part = new Uint8Array(1024);
  const read = connection.read(part).then(
    (length) => length === null ? "closed" : new TextDecoder().decode(part.subarray(0, length)).split("\r\n")[0]!,
    () => "closed",
  );
  return await Promise.race([read, timer.promise]).finally(() => clearTimeout(id));
}
