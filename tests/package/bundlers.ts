import { answersOfWorker, EDGE, NODE_24, tool } from "../runtimes/runtimes.ts";
import { type Installed, run } from "./installed.ts";

/** What bundles the package, in tests/tools/bundle.mjs. */
export const BUNDLERS = ["esbuild", "rollup", "webpack", "vite"] as const;

/** A user's module over all sub-paths for every runtime: `run()` gives what it did with them. */
const USER = `import { buildToken, diagnoseToken, rtc, verifyToken } from "agoratoken";
import { RtcTokenBuilder as Legacy } from "agoratoken/legacy";
import { RtcTokenBuilder } from "agoratoken/compat";
import { RtcTokenBuilder as Older } from "agoratoken/access-token";
import { createTokenServer } from "agoratoken/server";
import { tokenFrom } from "agoratoken/client";
import { explainError } from "agoratoken/messages";
import { verifyNotification } from "agoratoken/notifications";
import { buildWhiteboardToken, verifyWhiteboardToken } from "agoratoken/whiteboard";

const appId = "0123456789abcdef0123456789abcdef";
const appCertificate = "fedcba9876543210fedcba9876543210";

export async function run() {
  const services = [rtc({ channelName: "lobby", uid: 1001, role: "publisher" })];
  const token = await buildToken({ appId, appCertificate, expire: 600, services });
  const verification = await verifyToken(token, { certificates: appCertificate });
  const diagnosis = await diagnoseToken(token, { channelName: "lobby", uid: 1001, certificates: appCertificate });
  const server = createTokenServer({ projects: [{ appId, appCertificate }], access: "anyone" });
  const fetch = (input, init) => server(new Request(input, init));
  const get = tokenFrom("http://localhost/rtm/bob", { fetch });
  const served = await get(new AbortController().signal).then((token) => token.slice(0, 3), ({ message }) => message);
  const legacy = await Legacy.buildTokenWithUid(appId, appCertificate, "lobby", 1, 1, 1999999999);
  const body = new TextEncoder().encode('{"eventType":10,"noticeId":"1","notifyMs":1,"payload":{},"productId":1}');
  const headers = new Headers({ "agora-signature": "d549335a63c8f8db56aa6ab676affad02002651e" });
  const notification = await verifyNotification(body, headers, "secret");
  const secretKey = "fakeSecretAccessKey0123456789abc";
  const options = { kind: "room", accessKey: "ak", secretKey, role: "reader", uuid: "lobby", lifespan: 60_000 };
  const whiteboard = await verifyWhiteboardToken(await buildWhiteboardToken(options), { secretKey, uuid: "lobby" });
  const atOnce = (build) => {
    try {
      return build().slice(0, 3);
    } catch ({ code }) {
      return code;
    }
  };
  return {
    ok: verification.ok,
    findings: diagnosis.findings.map(({ code }) => code),
    served,
    legacy: legacy.slice(0, 3),
    compat: atOnce(() => RtcTokenBuilder.buildTokenWithUid(appId, appCertificate, "lobby", 1, 1, 60, 60)),
    accessToken: atOnce(() => Older.buildTokenWithUid(appId, appCertificate, "lobby", 1, 1, 1999999999)),
    notification: notification.ok,
    whiteboard: whiteboard.ok,
    explained: Object.keys(explainError("dynamic key expired")).length > 0,
  };
}
`;

/** What the user's module says, where there is synchronous cryptography or not, and what the client gets. */
export const says = (atOnce: boolean, served = "007") => ({
  ok: true,
  findings: [],
  served,
  legacy: "006",
  compat: atOnce ? "007" : "crypto-unavailable",
  accessToken: atOnce ? "006" : "crypto-unavailable",
  notification: true,
  whiteboard: true,
  explained: true,
});

/** A program, or the module of a worker, which are the bundler's entries. */
const ENTRIES = {
  program: `import { run } from "./user.js";\nconsole.log(JSON.stringify(await run()));\n`,
  worker: `import { run } from "./user.js";\nexport default { fetch: async () => Response.json(await run()) };\n`,
};

/** Bundles a text of the user's project, and gives the file. */
export async function bundle({ project }: Installed, bundler: string, name: string, text: string): Promise<string> {
  const folder = `${project}/bundled`;
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(`${folder}/user.js`, USER);
  const [entry, out] = [`${folder}/${name}`, `${folder}/out/${bundler.replaceAll(" ", "-")}-${name}`];
  await Deno.writeTextFile(entry, text);
  await run(folder, NODE_24, `${tool("..")}/bundle.mjs`, bundler, entry, out);
  return out;
}

const programs = new Map<string, Promise<string>>();

/** The bundle of the user's program, made once. */
export function programBundle(installed: Installed, bundler: string): Promise<string> {
  const made = programs.get(bundler) ?? bundle(installed, bundler, "program.mjs", ENTRIES.program);
  programs.set(bundler, made);
  return made;
}

/** What the user's module says in workerd. */
export async function inWorkerd(installed: Installed, bundler: string, ...flags: string[]): Promise<unknown> {
  const file = await bundle(installed, bundler, "worker.mjs", ENTRIES.worker);
  const [answer] = await answersOfWorker(file, {}, [["http://localhost/"]], ...flags);
  return JSON.parse(answer!.body);
}

/** What the user's module says in Next.js Edge. */
export async function inEdge(installed: Installed, bundler: string): Promise<unknown> {
  return JSON.parse(await run(installed.project, NODE_24, ...EDGE, await programBundle(installed, bundler)));
}
