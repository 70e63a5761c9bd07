/**
 * Serves the example pages on this machine: our token server, the SDKs from npm, and the pages beside this file.
 *
 * ```sh
 * AGORA_APP_ID=… AGORA_APP_CERTIFICATE=… deno task example:rtc
 * ```
 *
 * Without credentials the tokens are made with fake ones, and each page shows what the SDK says to that.
 */
import { createTokenServer, loadConfig, type TokenServer } from "@agoratoken/agoratoken/server";
import chat from "agora-chat" with { type: "text" };
import rtc from "agora-rtc-sdk-ng" with { type: "text" };
import rtm from "agora-rtm-sdk" with { type: "text" };

/** The browser's modules of this package, by the names under which the pages import them. */
const MODULES = { "/client.js": "src/client/mod.ts", "/messages.js": "src/inspect/messages/mod.ts" };

/** A module and all that it imports, as one file for browsers. */
async function bundle(path: string): Promise<string> {
  const entry = new URL(`../../${path}`, import.meta.url).href;
  const args = ["bundle", "--quiet", "--platform", "browser", entry];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  const text = new TextDecoder();
  if (!success) throw new Error(text.decode(stderr));
  return text.decode(stdout);
}

/** A server that answers with the pages and their scripts, and asks the token server for everything else. */
export function withExamples(tokens: TokenServer): TokenServer {
  const scripts = new Map<string, string | Promise<string>>(
    Object.entries({ "/agora-chat.js": chat, "/agora-rtc-sdk-ng.js": rtc, "/agora-rtm-sdk.js": rtm }),
  );
  for (const [name, path] of Object.entries(MODULES)) scripts.set(name, bundle(path));
  return async (request, connection) => {
    const { pathname } = new URL(request.url);
    const script = scripts.get(pathname);
    if (script !== undefined) return new Response(await script, { headers: { "content-type": "text/javascript" } });
    if (!/^\/(rtc|rtm|chat)$/.test(pathname)) return await tokens(request, connection);
    const page = await Deno.readTextFile(new URL(`.${pathname}.html`, import.meta.url));
    return new Response(page, { headers: { "content-type": "text/html" } });
  };
}

if (import.meta.main) {
  const [name = "rtc"] = Deno.args;
  const { options } = await loadConfig([Deno.env.toObject()], true);
  const onListen = ({ port }: Deno.NetAddr) => console.log(`Open http://localhost:${port}/${name}`);
  Deno.serve({ hostname: "127.0.0.1", port: 8090, onListen }, withExamples(createTokenServer(options)));
}
