import { assert, assertEquals } from "@std/assert";
import { ROOT } from "../helpers.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { onlyThese, tokenOf } from "./harness.ts";
import { COMMANDS } from "./processes.ts";

// What the running server does when the machine has no more of something.

const [PROGRAM, SERVE] = Object.values(COMMANDS).map((args) => args.join(" ")) as [string, string];

/** A port that nothing listens on. */
function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  listener.close();
  return listener.addr.port;
}

/** Runs a command of the shell that starts a server on a port, uses the server, and ends it; gives its exit status. */
async function withShell(command: (port: number) => string, use: (base: string) => Promise<void>): Promise<number> {
  const port = freePort();
  const env = {
    AGORA_APP_ID: APP_ID,
    AGORA_APP_CERTIFICATE: CERTIFICATE,
    AGORATOKEN_ALLOW_PUBLIC_WITHOUT_AUTHENTICATION: "1",
    PORT: `${port}`,
  };
  const child = new Deno.Command("sh", {
    args: ["-c", command(port)],
    cwd: ROOT,
    ...onlyThese(env),
    stdout: "null",
    stderr: "null",
  }).spawn();
  const base = `http://127.0.0.1:${port}`;
  try {
    await untilServed(base);
    await use(base);
  } finally {
    child.kill("SIGTERM");
  }
  return (await child.status).code;
}

/** Waits until a server answers, with a token that is genuine. */
async function untilServed(base: string): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    try {
      const response = await fetch(`${base}/rtm/bob`);
      assertEquals(response.status, 200);
      await tokenOf((await response.json()).rtmToken);
      return;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20)); // it does not listen
    }
  }
  throw new Error("The server does not answer");
}

const ON_FULL_DISK: Record<string, (port: number) => string> = {
  "server.ts": () => `exec ${Deno.execPath()} ${PROGRAM}`,
  "serve.ts": (port) => `exec ${Deno.execPath()} ${SERVE.replace("--port=0", `--port=${port}`).replace("--parallel ", "")}`,
};

for (const [name, command] of Object.entries(ON_FULL_DISK)) {
  Deno.test({
    name: `${name} starts, makes tokens and ends when the disk below its output is full`,
    ignore: Deno.build.os !== "linux", // /dev/full
    async fn() {
      const code = await withShell((port) => `${command(port)} >/dev/full 2>/dev/full`, async (base) => {
        for (let count = 0; count < 3; count++) await untilServed(base);
      });
      assertEquals(code, 0);
    },
  });
}

Deno.test({
  name: "server.ts survives that it has no file descriptor left, and serves again when there are some",
  ignore: Deno.build.os === "windows",
  async fn() {
    const code = await withShell(() => `ulimit -n 100; exec ${Deno.execPath()} ${PROGRAM}`, async (base) => {
      for (let attack = 0; attack < 2; attack++) {
        const opened: Deno.TcpConn[] = [];
        for (let attempt = 0; attempt < 300 && opened.length < 150; attempt++) {
          try {
            const connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(base).port) });
            opened.push(connection);
            await connection.write(new TextEncoder().encode("POST /v1/tokens HTTP/1.1\r\nHost: localhost\r\nContent-"));
          } catch (error) {
            assert(error instanceof Error, String(error));
            await new Promise((resolve) => setTimeout(resolve, 20)); // it does not listen for a moment, after the last attack too
          }
        }
        assert(opened.length > 76, `${opened.length}`);
        await untilServed(base); // with the silent connections still open
        for (const connection of opened) connection.close();
      }
      await untilServed(base);
    });
    assertEquals(code, 0);
  },
});
