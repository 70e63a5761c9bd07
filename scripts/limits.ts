/**
 * Measures the table of docs/limits.md: for each function and route that takes text of strangers, the worst text of the largest size
 * that it takes, and its processor time. It is run by hand, on a machine that does nothing else; the tests hold all but the times.
 *
 * ```sh
 * deno run --allow-all scripts/limits.ts        # writes docs/limits.md
 * ```
 *
 * @module
 */
import { encodeHex } from "@std/encoding/hex";
import { cpuUsage } from "node:process";
import { AgoraTokenError, diagnoseToken, findTokens, inspectToken, parseToken, verifyToken } from "../mod.ts";
import * as messages from "../src/inspect/messages/mod.ts";
import { createTokenServer, loadAccess } from "../src/server/mod.ts";
import { CONTENTS_007, DAMAGES, PARTS, text005, text006, text007 } from "../tests/data/worst_texts.ts";

const APP_ID = "0123456789abcdef0123456789abcdef";
const CERTIFICATE = "fedcba9876543210fedcba9876543210";
const KEY = "0123456789abcdef0123456789abcdef";

/** One call of a function or a route with an input; says that the input is refused for its size. */
type Call<Input> = (input: Input) => Promise<boolean>;

/** A row of the table. */
export interface Limit {
  /** The function or route. */
  readonly what: string;
  /** The largest input. */
  readonly largest: string;
  /** What becomes of a larger one. */
  readonly beyond: string;
  /** Calls it with inputs of a share of the largest size, 1 for the largest, by what an input is made of. */
  readonly worst: (share: number) => Iterable<readonly [name: string, run: () => Promise<boolean>]>;
  /** Calls it with an input that is one larger. */
  readonly larger: () => Promise<boolean>;
}

/** A text of a part, repeated. */
const filled = (part: string, size: number) => part.repeat(size / part.length + 1).slice(0, size);

/** As many of one thing. */
const times = <T>(count: number, one: T): T[] => Array<T>(Math.round(count)).fill(one);

/** Texts in which nothing is a token. */
function* plainTexts(size: number): Generator<[name: string, text: string]> {
  for (const [name, part] of Object.entries(PARTS)) yield [name, filled(part, size)];
}

/** The tokens that were packed, by their contents and size: all rows are of the same, and to pack them takes longer than to read them. */
const packed = new Map<string, string>();

function packedWith(name: string, size: number): string {
  const key = `${name} ${size}`;
  return packed.get(key) ?? packed.set(key, text007(CONTENTS_007[name]!(size))).get(key)!;
}

/** Tokens with as much in them as fits, whole and damaged. */
function* tokenTexts(size: number, payload: number): Generator<[name: string, text: string]> {
  for (const name of Object.keys(CONTENTS_007)) {
    const token = packedWith(name, payload);
    yield* damaged(name, token.length > size ? packedWith(name, size * 0.7) : token, size);
  }
  yield* damaged("006", text006(size), size);
  yield* damaged("005", text005(size), size);
}

/** Tokens that are short enough for a repair. */
function* shortTexts(): Generator<[name: string, text: string]> {
  for (const [name, contentOf] of Object.entries(CONTENTS_007)) yield* damaged(`short ${name}`, text007(contentOf(340), 0));
  yield* damaged("short 006", text006(500));
  yield* damaged("short 005", text005(500));
}

/** A token, whole and damaged. */
function* damaged(name: string, token: string, size = Infinity): Generator<[name: string, text: string]> {
  for (const [damage, change] of Object.entries(DAMAGES)) yield [`${name}, ${damage}`, change(token).slice(0, size)];
}

/** Texts of a share of the largest size; those whose repair is looked for have one size only. */
function* texts(share: number, size: number, payload: number): Generator<[name: string, text: string]> {
  yield* plainTexts(size * share);
  yield* tokenTexts(size * share, payload * share);
  if (share === 1) yield* shortTexts();
}

const TEXT = 65_536;
const LARGEST = "65,536 characters, 256 KiB inflated";

/** A function that reads a text: with an error or a result that has one. */
function reading(what: string, read: (text: string) => unknown, largest = LARGEST): Limit {
  const call: Call<string> = async (text) => {
    try {
      const result = await read(text) as { error?: AgoraTokenError } | undefined;
      return result?.error?.code === "too-large";
    } catch (error) {
      if (error instanceof AgoraTokenError) return error.code === "too-large";
      throw error;
    }
  };
  return {
    what: `\`${what}\``,
    largest,
    beyond: "`too-large`",
    *worst(share) {
      for (const [name, text] of texts(share, TEXT, 262_144)) yield [name, () => call(text)];
    },
    larger: async () => await call("007eJx" + filled("A", TEXT - 5)),
  };
}

const KNOWN = {
  certificates: [CERTIFICATE],
  appId: CERTIFICATE,
  channelName: "lobby",
  uid: 1001,
  intent: "join",
  messages,
} as const;

/** A server with authentication, to which a key has every right, by patterns that look at every name. */
async function serverOf() {
  const sha256 = encodeHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(KEY))));
  const patterns = [...Array.from({ length: 100 }, (_, index) => `*a*${index}*b*`), "*"]; // the last fits
  const access = await loadAccess({
    keys: [{
      id: "a",
      sha256,
      services: ["rtc", "rtm2"],
      channels: patterns,
      users: patterns,
      roles: ["*"],
      wildcards: true,
    }],
    jwt: { secret: `${KEY}${KEY}`, algorithms: ["HS256"], issuer: "i", audience: "a" },
  });
  return createTokenServer({ projects: [{ appId: APP_ID, appCertificate: CERTIFICATE }], access, rateLimit: 0 });
}

const server = await serverOf();

/** A request; says whether the answer has the status of what is too large. */
function asking(status: number, target: string, init: RequestInit, authenticates = true): () => Promise<boolean> {
  return async () => {
    const headers = { ...(authenticates ? { authorization: `Bearer ${KEY}` } : {}), ...init.headers as Record<string, string> };
    const response = await server(new Request(`http://localhost${target}`, { ...init, headers }));
    await response.body?.cancel();
    return response.status === status;
  };
}

const post = (json: unknown) => ({ method: "POST", body: typeof json === "string" ? json : JSON.stringify(json) });
const rtm2 = (names: readonly string[]) => ({
  services: [{ type: "rtm2", userId: "bob", permissions: { users: { read: names } } }],
});
const rtc = { services: [{ type: "rtc", channelName: "a".repeat(63), uid: 1, role: "publisher" }] };
const inspect = (token: string, more = {}) => post({ token, ...more });
const CERTIFICATES = Array.from({ length: 10 }, (_, index) => CERTIFICATE.slice(1) + index);

/** The rows. */
export const LIMITS: readonly Limit[] = [
  reading("parseToken", (text) => parseToken(text)),
  reading("inspectToken", (text) => inspectToken(text)),
  reading("verifyToken", (text) => verifyToken(text, { certificates: [CERTIFICATE] })),
  reading("diagnoseToken", (text) => diagnoseToken(text, KNOWN)),
  reading("findTokens", (text) => findTokens(text), "65,536 characters"),
  reading("explainError", (text) => messages.explainError(text), "65,536 characters"),
  {
    what: "any route, before a caller is known",
    largest: "a target of 4096 characters",
    beyond: "414",
    *worst(share) {
      for (const part of ["/", "/a", "//x/", "/k/", "%2f", "?a=1&", "/rtc/a/publisher/uid/"]) {
        yield [`${part} repeated`, asking(414, filled(part, 4096 * share).replace(/^[^/]/, "/"), {}, false)];
        yield [`/rtc/a/b/c, ${part} repeated`, asking(414, `/rtc/a/b/c${filled(part, 4086 * share)}`, {}, false)];
      }
    },
    larger: asking(414, `/rtc/a${filled("/", 4091)}`, {}, false),
  },
  {
    what: "any route, before a caller is known",
    largest: "headers of 16 KiB",
    beyond: "431",
    *worst(share) {
      for (
        const [part, name] of [["a.", "parts"], ["eyJhbGciOiJIUzI1NiJ9.", "parts of a JWT"], ["a", "a key"], [" ", "spaces"]]
      ) {
        yield [name!, asking(431, "/rtm/bob", { headers: { authorization: `Bearer ${filled(part!, 16_000 * share)}a` } })];
      }
      yield [
        "addresses",
        asking(431, "/rtm/bob", { headers: { "x-forwarded-for": filled("1.2.3.4, ", 16_000 * share) } }, false),
      ];
    },
    larger: asking(431, "/ping", { headers: { cookie: "c".repeat(16_384) } }, false),
  },
  {
    what: "every `POST`",
    largest: "a body of 64 KiB",
    beyond: "413",
    *worst(share) {
      for (const target of ["/v1/tokens", "/v1/tokens/rtc", "/v1/tokens/inspect", "/getToken", "/token/generate"]) {
        for (const part of ["[", '{"a":', "[1,", '"\\u00e9",', " "]) {
          yield [`${target}, ${part} repeated`, asking(413, target, post(filled(part, 65_536 * share)))];
        }
        const [open, close] = [filled("[", 30_000 * share), filled("]", 30_000 * share)];
        yield [`${target}, lists in lists`, asking(413, target, post(`{"services":${open}${close}}`))];
        const fields = Array.from({ length: 6000 * share }, (_, index) => [`f${index}`, 1]);
        yield [`${target}, fields`, asking(413, target, post(Object.fromEntries(fields)))];
      }
    },
    larger: asking(413, "/v1/tokens", post({ pad: "x".repeat(65_536) })),
  },
  {
    what: "`POST /v1/tokens`",
    largest: "a list of 100 requests",
    beyond: "400",
    *worst(share) {
      yield ["requests for RTC", asking(400, "/v1/tokens", post(times(100 * share, rtc)))];
      const many = { services: times(6, rtc.services[0]) };
      yield ["requests for six services", asking(400, "/v1/tokens", post(times(100 * share, many)))];
    },
    larger: asking(400, "/v1/tokens", post(times(101, rtc))),
  },
  {
    what: "`POST /v1/tokens`",
    largest: "1000 names in RTM2 permissions",
    beyond: "400",
    *worst(share) {
      yield ["names, to 100 patterns", asking(400, "/v1/tokens", post(rtm2(times(1000 * share, "a".repeat(56)))))];
    },
    larger: asking(400, "/v1/tokens", post(rtm2(times(1001, "a")))),
  },
  {
    what: "`POST /v1/tokens/inspect`",
    largest: "8192 characters, 16 KiB inflated, 10 certificates",
    beyond: "400",
    *worst(share) {
      const known = { appCertificate: CERTIFICATES, intent: "join", channelName: "lobby", uid: 1001 };
      for (const [name, text] of texts(share, 8192, 16_384)) {
        yield [name, asking(400, "/v1/tokens/inspect", inspect(text, known))];
      }
      for (const [name, text] of tokenTexts(8192 * share, 16_384 * share)) {
        const named = { channelName: filled("lobby", 40_000 * share), account: "bob" };
        yield [`${name}, for a channel of 40,000 characters`, asking(400, "/v1/tokens/inspect", inspect(text, named))];
      }
    },
    larger: asking(400, "/v1/tokens/inspect", inspect("x".repeat(8193))),
  },
];

/** The processor time of a call, in milliseconds. */
async function timeOf(run: () => Promise<boolean>): Promise<number> {
  const start = cpuUsage();
  await run();
  return cpuUsage(start).user / 1000;
}

/**
 * The input that takes longest, and its least time: of those that took longest once, each is measured again. None is kept meanwhile,
 * since garbage collection takes longer the more is kept.
 */
async function worstOf(limit: Limit): Promise<readonly [name: string, milliseconds: number]> {
  const once: (readonly [name: string, time: number])[] = [];
  for (const [name, run] of limit.worst(1)) once.push([name, await timeOf(run)]);
  const least = new Map(once.sort(([, a], [, b]) => b - a).slice(0, 8));
  for (const [name, run] of limit.worst(1)) {
    for (let again = 0; again < 20 && least.has(name); again++) least.set(name, Math.min(least.get(name)!, await timeOf(run)));
  }
  return [...least].sort(([, a], [, b]) => b - a)[0]!;
}

/** The columns of a row that are not measured, as they stand in the table. */
export function columnsOf({ what, largest, beyond }: Limit): string[] {
  return [what, largest, beyond];
}

/** Measures a row of the table in a process of its own. */
async function measured(index: number): Promise<string> {
  const args = ["run", "--allow-all", "--no-check", new URL(import.meta.url).pathname, `${index}`];
  const { stdout, success } = await new Deno.Command(Deno.execPath(), { args, stderr: "inherit" }).output();
  if (!success) throw new Error(`the row of ${LIMITS[index]!.what} was not measured`);
  const row = new TextDecoder().decode(stdout).trim();
  console.error(row);
  return row;
}

if (import.meta.main) {
  const [index] = Deno.args;
  if (index !== undefined) {
    const limit = LIMITS[Number(index)]!;
    const [worst, most] = await worstOf(limit);
    const cells = [...columnsOf(limit), worst.replaceAll("|", "\\|"), `${Math.max(1, Math.round(most))}`];
    console.log(`| ${cells.join(" | ")} |`);
    Deno.exit();
  }
  const rows: string[] = [];
  // The last takes longest. Two at a time: a time is the processor time of its process.
  const left = LIMITS.map((_, index) => index);
  const work = async () => {
    for (let index = left.pop(); index !== undefined; index = left.pop()) rows[index] = await measured(index);
  };
  await Promise.all([work(), work()]);
  const path = new URL("../docs/limits.md", import.meta.url);
  const head =
    "| function or route | the largest that it takes | beyond it | the worst text | ms |\n| --- | --- | --- | --- | --: |";
  const text = await Deno.readTextFile(path);
  const table = `<!-- measured -->\n\n${head}\n${rows.join("\n")}\n\n<!-- end -->`;
  await Deno.writeTextFile(path, text.replace(/<!-- measured -->.*<!-- end -->/s, () => table));
}
