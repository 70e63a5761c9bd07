import type { Report } from "./report.ts";

// How a browser runs the suite: without a driver, by a page that sends its report to where it came from.

/** How long a browser may take, in milliseconds. */
const PATIENCE = 180_000;

/** A page that sends what its script prints, or why it could not run, to where it came from. */
const PAGE = `<!DOCTYPE html>
<script>
  console.log = (body) => fetch("/report", { method: "POST", body });
  onerror = (message) => console.log(message);
  onunhandledrejection = ({ reason }) => console.log(String(reason));
</script>
<script type="module" src="suite.mjs"></script>`;

/** A browser as a command, and the command of a virtual screen if it needs one. */
export type Commands = readonly [browser: string, ...screen: string[]];

/** How to start a browser with a folder of its own. */
export type Start = (
  folder: string,
) => { args: string[]; env?: Record<string, string> };

/** Opens a page of localhost, where browsers have WebCrypto, and gives what the bundle reports there. */
export async function runInBrowser(
  bundle: string,
  [command, screen]: Commands,
  start: Start,
): Promise<Report> {
  const printed = Promise.withResolvers<string>();
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
  }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/") {
      return new Response(PAGE, { headers: { "content-type": "text/html" } });
    }
    const headers = { "content-type": "text/javascript" };
    if (pathname === "/suite.mjs") {
      return new Response(await Deno.readTextFile(bundle), { headers });
    }
    if (pathname === "/report") printed.resolve(await request.text());
    return new Response(null, { status: 404 });
  });
  const folder = await Deno.makeTempDir();
  const started: Deno.ChildProcess[] = [];
  const timer = setTimeout(
    () => printed.reject(new Error(`${command} reported nothing`)),
    PATIENCE,
  );
  try {
    const { args, env = {} } = start(folder);
    const display = screen === undefined ? {} : await startScreen(screen, started);
    const options = {
      args: [...args, `http://127.0.0.1:${server.addr.port}/`],
      env: { ...env, ...display },
    };
    const child = new Deno.Command(command, {
      ...options,
      stdout: "null",
      stderr: "null",
    }).spawn();
    started.push(child);
    void child.status.then(({ code }) =>
      printed.reject(
        new Error(`${command} ended with ${code} and reported nothing`),
      )
    );
    return JSON.parse(await printed.promise);
  } finally {
    clearTimeout(timer);
    for (const child of started.reverse()) await end(child);
    await server.shutdown();
    await removeAtLast(folder);
  }
}

/** Ends a process that may have ended by itself. */
async function end(child: Deno.ChildProcess): Promise<void> {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  await child.status;
}

/** Removes a folder in which what is left of a browser may still write for a moment. */
async function removeAtLast(folder: string): Promise<void> {
  for (let tries = 1;; tries++) {
    try {
      return await Deno.remove(folder, { recursive: true });
    } catch (error) {
      if (tries === 50) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

/** Starts a virtual screen, and returns its name. */
async function startScreen(
  command: string,
  started: Deno.ChildProcess[],
): Promise<{ DISPLAY: string }> {
  const child = new Deno.Command(command, {
    args: ["-displayfd", "1"],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  started.push(child);
  const display = await new Response(child.stdout).text(); // it writes in two parts, and closes its output when it is ready
  if (display === "") throw new Error(`${command} did not start`);
  return { DISPLAY: `:${display.trim()}` };
}
