import { AUDIENCE, ISSUER, JWK, jwtOf, PAIR } from "../access/harness.ts";

/** An issuer of JWTs whose answer can be changed. */
export interface FakeIssuer {
  /** The `jwt` of an access file. */
  readonly jwt: Record<string, unknown>;
  /** How it answers. */
  answer: () => Response | Promise<Response>;
  /** An answer that comes when the issuer is closed. */
  hangs(): Promise<Response>;
  /** How often it was asked, and how many bytes were taken of its endless answer. */
  readonly seen: { asked: number; bytes: number };
  /** A genuine JWT whose key has an id. */
  token(kid: string): Promise<string>;
  close(): Promise<void>;
}

/** The answer of an issuer that publishes one key. */
export function publishes(kid: string): Response {
  return Response.json({ keys: [{ ...JWK, kid }] });
}

/** Answers of an issuer that lies; the last is endless. */
export const LIES: Readonly<Record<string, (issuer: FakeIssuer) => Response>> = {
  "a page": () => new Response("<html>"),
  "no keys": () => Response.json({ keys: [] }),
  "keys that are no list": () => Response.json({ keys: { kid: "a" } }),
  "keys that are numbers": () => Response.json({ keys: [1, null, "a"] }),
  "JSON nested 100,000 deep": () => new Response("[".repeat(100_000)),
  "an error": () => Response.json({ keys: [{ ...JWK, kid: "a" }] }, { status: 500 }),
  "300 MiB of keys": ({ seen }) => {
    const part = new TextEncoder().encode(`{"kty":"RSA","kid":"${"x".repeat(65_000)}"},`);
    let left = 300 * 1024 * 1024;
    return new Response(
      new ReadableStream({
        pull(controller) {
          left -= part.length;
          seen.bytes += part.length;
          if (left > 0) controller.enqueue(part);
          else controller.close();
        },
      }),
    );
  },
};

/** Starts an issuer. */
export function issuer(): FakeIssuer {
  const closed = Promise.withResolvers<void>();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async () => {
    own.seen.asked++;
    return await own.answer();
  });
  const own: FakeIssuer = {
    jwt: {
      ...{ jwksUrl: `http://127.0.0.1:${server.addr.port}/keys`, algorithms: ["RS256"], issuer: ISSUER, audience: AUDIENCE },
      rateLimit: 1_000_000,
    },
    answer: () => publishes("a"),
    seen: { asked: 0, bytes: 0 },
    token: (kid) => jwtOf({ exp: Math.floor(Date.now() / 1000) + 3600 }, PAIR.privateKey, { alg: "RS256", kid }),
    hangs: () => closed.promise.then(() => new Response()),
    async close() {
      closed.resolve();
      await server.shutdown();
    },
  };
  return own;
}

/** A module to load before the server, which moves its clocks, and the function that says by how much. */
export async function movableClock(): Promise<
  { preload: string; move(by: { wall?: number; steady?: number }): void; remove(): Promise<void> }
> {
  const folder = await Deno.makeTempDir();
  const [file, preload] = [`${folder}/moved.json`, `${folder}/clock.mjs`];
  const moved = { wall: 0, steady: 0 };
  const move = (by: { wall?: number; steady?: number }) => {
    moved.wall += by.wall ?? 0;
    moved.steady += by.steady ?? 0;
    Deno.writeTextFileSync(`${file}.new`, JSON.stringify(moved));
    Deno.renameSync(`${file}.new`, file);
  };
  move({});
  await Deno.writeTextFile(
    preload,
    `import { readFileSync } from "node:fs";
    const moved = () => JSON.parse(readFileSync(${JSON.stringify(file)}, "utf8"));
    const { now } = Date;
    const steady = performance.now.bind(performance);
    performance.now = () => steady() + moved().steady;
    globalThis.Date = class extends Date {
      constructor(...given) {
        if (given.length === 0) super(now() + moved().wall);
        else super(...given);
      }
      static now() {
        return now() + moved().wall;
      }
    };`,
  );
  return { preload, move, remove: () => Deno.remove(folder, { recursive: true }) };
}
