/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import "agora-token"; // so that its package is there
import { findPackageJSON } from "node:module";
import { dirname } from "node:path";
import { parseToken } from "../mod.ts";
import { officialCode } from "../playground/calls/official_code.ts";
import { LANGUAGES } from "../playground/calls/languages.ts";
import { recipeOf } from "../playground/calls/recipe.ts";
import { buildPlan, type Plan, PLANS } from "../playground/plan.ts";
import { dataOf, planOf } from "../playground/plan_of.ts";
import { jsonOfToken } from "../src/inspect/json.ts";
import { skipWithout, tryCommand } from "./helpers.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";

/** A name that ends texts, or is run, in languages that are not asked to keep it: quotes, variables, line breaks, trigraphs. */
const HOSTILE = "a\"b'c`$d #{e} ${f} {$g} %h% @i \\n\n\r\t\u0000\u001b0\u202e??)\u{e0041}é";

const ONE_HOUR = { tokenExpire: 3600, privilegeExpire: 3600 };
const EACH = {
  joinChannelPrivilegeExpire: 3600,
  pubAudioPrivilegeExpire: 1800,
  pubVideoPrivilegeExpire: 4_000_000_000,
  pubDataStreamPrivilegeExpire: 0,
};
const AGENT = {
  channelName: "lobby",
  rtcAccount: "agent",
  rtcRole: 1,
  rtcTokenExpire: 3600,
  ...EACH,
  rtmUserId: "bot",
  rtmTokenExpire: 60,
};
const PERMISSIONS = { messageChannels: { read: ["news", HOSTILE], write: [] }, users: { read: ["alice"] } };

const builder = (name: string, args: Record<string, unknown>): Plan => ({ kind: "builder", name, args });
const old = (name: string, args: Record<string, unknown>): Plan => ({ kind: "old", format: "006", name, args });
const UNTIL = 1_800_000_000;

/** Something for every builder and every service. */
const CASES: Readonly<Record<string, Plan>> = {
  uid: builder("rtc.buildTokenWithUid", { channelName: HOSTILE, uid: 4_000_000_000, role: 1, ...ONE_HOUR }),
  anyone: builder("rtc.buildTokenWithUid", { channelName: "lobby", uid: 0, role: 2, ...ONE_HOUR }),
  account: builder("rtc.buildTokenWithUserAccount", { channelName: "lobby", account: HOSTILE, role: 7, ...ONE_HOUR }),
  uidPrivileges: builder("rtc.buildTokenWithUidAndPrivilege", { channelName: "lobby", uid: 7, tokenExpire: 60, ...EACH }),
  accountPrivileges: builder("rtc.buildTokenWithUserAccountAndPrivilege", {
    channelName: "lobby",
    account: "a",
    tokenExpire: 60,
    ...EACH,
  }),
  rtm: builder("rtc.buildTokenWithRtm", { channelName: "lobby", account: "alice", role: 1, ...ONE_HOUR }),
  rtm2: builder("rtc.buildTokenWithRtm2", AGENT),
  login: builder("rtm.buildToken", { userId: "alice", expire: 3600 }),
  permissions: builder("rtm.buildTokenWithPermissions", { userId: "alice", permissions: PERMISSIONS, expire: 3600 }),
  chat: builder("chat.buildUserToken", { userId: "alice", expire: 3600 }),
  chatApp: builder("chat.buildAppToken", { expire: 3600 }),
  room: builder("apaas.buildRoomUserToken", { roomUuid: "room", userUuid: "alice", role: 0, expire: 3600 }),
  roomOf: builder("education.buildRoomUserToken", { roomUuid: "room", userUuid: "alice", role: -2, expire: 3600 }),
  member: builder("apaas.buildUserToken", { userUuid: "alice", expire: 3600 }),
  classroom: builder("education.buildAppToken", { expire: 3600 }),
  fpa: builder("fpa.buildToken", {}),
  agent: builder("convoai.buildToken", AGENT),
  services: {
    kind: "token",
    token: {
      expire: 4_000_000_000,
      services: [
        { type: "rtc", channelName: HOSTILE, uid: "7", privileges: { joinChannel: 4_000_000_000 } },
        { type: "streaming", channelName: "lobby", account: "", privileges: { publishMixStream: 60, publishRawStream: 60 } },
        { type: "chat", userId: "alice", privileges: { user: 60 } },
        { type: "fcdn", channelName: "lobby", account: "a", privileges: { publish: 1, play: 2 } },
        { type: "apaas", roomUuid: "room", userUuid: "alice", role: 0, privileges: { roomUser: 60, user: 61 } },
        { type: "rtm2", userId: "alice", permissions: PERMISSIONS, privileges: { login: 60 } },
      ],
    },
  },
  "006 uid": old("rtc", { channelName: HOSTILE, user: 4_000_000_000, role: 2, privilegeExpiredTs: UNTIL }),
  "006 anyone": old("rtc", { channelName: "lobby", user: 0, role: 1, privilegeExpiredTs: UNTIL }),
  "006 account": old("rtc", { channelName: "lobby", user: "alice", role: 1, privilegeExpiredTs: UNTIL }),
  "006 login": old("rtm", { account: "alice", privilegeExpiredTs: UNTIL }),
  "006 each": old("rtcPrivileges", {
    channelName: "lobby",
    user: "alice",
    joinChannelExpiredTs: UNTIL,
    pubAudioExpiredTs: 2,
    pubVideoExpiredTs: 3,
    pubDataStreamExpiredTs: 4,
  }),
};

/** The cases whose code was reviewed by eye, for every language. */
const REVIEWED = ["uid", "anyone", "room", "services", "006 uid", "006 each"];

const SNAPSHOT = new URL("data/official_code.txt", import.meta.url);

Deno.test("officialCode() writes in every language the code that was reviewed", async () => {
  const all = Object.keys(LANGUAGES).flatMap((key) =>
    REVIEWED.map((name) => {
      const { code, warning, install } = officialCode(recipeOf(CASES[name]!), key);
      return `=== ${key}: ${name}\n${install}\n---\n${warning === undefined ? "" : `! ${warning}\n`}${code ?? ""}`;
    })
  ).join("\n");
  if (Deno.env.get("UPDATE_SNAPSHOT") === "1") await Deno.writeTextFile(SNAPSHOT, all);
  assertEquals(all.split("\n"), (await Deno.readTextFile(SNAPSHOT)).split("\n"));
});

Deno.test("officialCode() has no certificate, and no line that a name began", () => {
  for (const key of Object.keys(LANGUAGES)) {
    for (const [name, plan] of Object.entries(CASES)) {
      const { code = "" } = officialCode(recipeOf(plan), key);
      assert(!/[^\P{C}\n\t]/u.test(code), `${key}: ${name}`);
      assert(!code.includes(CERTIFICATE) && !/%\w+%/.test(code.replaceAll("%h%", "")), `${key}: ${name}`);
    }
  }
});

Deno.test("recipeOf() finds the official builder of what planOf() makes of a token that one made", async () => {
  const names = { channelName: "", user: "", service: "" };
  for (const [name, plan] of Object.entries(CASES)) {
    if (plan.kind !== "builder") continue;
    const token = await parseToken(await buildPlan(plan, { appId: APP_ID, appCertificate: CERTIFICATE }));
    const { builder: found } = recipeOf(planOf(dataOf(token, names)))!;
    assertEquals(found?.name.replace("apaas", "education"), plan.name.replace("apaas", "education"), name);
    const again = await buildPlan(builder(found!.name, { ...found!.args }), { appId: APP_ID, appCertificate: CERTIFICATE });
    assertEquals(await essence(again), await essence(await buildPlan(plan, { appId: APP_ID, appCertificate: CERTIFICATE })));
  }
});

Deno.test("planOf() makes of every form's token a plan that builds it again", async () => {
  const project = { appId: APP_ID, appCertificate: CERTIFICATE };
  const names = { channelName: "lobby", user: "7", service: "recording" };
  const keys = { channelName: "lobby", unixTs: UNTIL, randomInt: 5, uid: 7, expiredTs: UNTIL };
  const plans = Object.keys(PLANS.old).filter((name) => !name.startsWith("006")).map((name): Plan => {
    const [format, method] = name.split(".") as [string, string];
    const own = { ...keys, permission: "3", serviceType: 9, extra: [{ key: 1, value: "x" }], account: "7" };
    const args = Object.fromEntries(PLANS.old[name]!.map((argument) => [argument, own[argument as keyof typeof own]]));
    return { kind: "old", format, name: method, args };
  });
  for (const plan of [...Object.values(CASES), ...plans]) {
    const token = await buildPlan(plan, project);
    const { uid, channelName, user, account } = { ...(plan as { args?: Record<string, unknown> }).args };
    const given = {
      channelName: String(channelName ?? account ?? ""),
      user: String(user ?? account ?? uid ?? ""),
      service: "",
    };
    const service = plan.kind === "old" && plan.format === "dynamicKey4" ? plan.name : names.service;
    const isLogin = plan.kind === "old" && plan.name === "rtm";
    const made = planOf(dataOf(await parseToken(token), { ...given, service, ...(isLogin ? { user: "" } : {}) }));
    assertEquals(await essence(await buildPlan(made, project)), await essence(token), JSON.stringify(plan));
  }
});

/** What runs the programs of a language: with what is on this machine, and a clone of AgoraIO/Tools where `AGORA_TOOLS` is set. */
interface Runner {
  tool: string;
  /** Whether it needs the clone. */
  needs: "npm" | "clone";
  /** Writes what the program needs into a folder, and returns the commands that run it. */
  commands: (folder: string, code: string, clone: string) => Promise<string[][]>;
  env?: (clone: string) => Record<string, string>;
}

const RUNNERS: Readonly<Record<string, Runner>> = {
  node: {
    tool: "node",
    needs: "npm",
    async commands(folder, code) {
      await Deno.mkdir(`${folder}/node_modules`, { recursive: true });
      const own = dirname(findPackageJSON("agora-token", import.meta.url)!);
      const md5 = dirname(findPackageJSON("md5", `file://${own}/index.js`)!);
      const others = ["crc-32", "cuint", "md5"].map((name) => [name, `file://${own}/index.js`] as const);
      const below = ["charenc", "crypt", "is-buffer"].map((name) => [name, `file://${md5}/md5.js`] as const);
      for (const [name, from] of [["agora-token", import.meta.url] as const, ...others, ...below]) {
        await Deno.symlink(dirname(findPackageJSON(name, from)!), `${folder}/node_modules/${name}`).catch(() => {});
      }
      await Deno.writeTextFile(`${folder}/main.cjs`, code);
      return [["node", "--preserve-symlinks", `${folder}/main.cjs`]];
    },
  },
  python: {
    tool: "python3",
    needs: "clone",
    async commands(folder, code) {
      await Deno.writeTextFile(`${folder}/main.py`, code);
      return [["python3", `${folder}/main.py`]];
    },
    env: (clone) => ({ PYTHONPATH: `${clone}/python3` }),
  },
  cpp: {
    tool: "g++",
    needs: "clone",
    async commands(folder, code, clone) {
      await Deno.writeTextFile(`${folder}/main.cpp`, code);
      const md5 = `${clone}/cpp/src/md5/md5.cpp`;
      const out = `${folder}/main`;
      return [["g++", "-std=c++11", "-w", `-I${clone}`, `${folder}/main.cpp`, md5, "-o", out, "-lz", "-lcrypto"], [out]];
    },
  },
  java: {
    tool: "javac",
    needs: "clone",
    async commands(folder, code, clone) {
      await Deno.writeTextFile(`${folder}/Main.java`, code);
      const classes = `${Deno.env.get("COMMONS_CODEC") ?? ""}:${folder}`;
      const sources = `${clone}/java/src/main/java`;
      return [
        ["javac", "-nowarn", "-cp", classes, "-sourcepath", sources, "-d", folder, `${folder}/Main.java`],
        ["java", "-cp", classes, "Main"],
      ];
    },
  },
  deno: {
    tool: "deno",
    needs: "clone",
    async commands(folder, code, clone) {
      // Stand-ins for what the code imports from deno.land.
      const hmac = `import { createHmac } from "node:crypto";
export const hmac = (hash, key, message) => createHmac(hash, key).update(message).digest();`;
      const md5 = `import { createHash } from "node:crypto";
export class Md5 { update(text) { this.text = text; return this; } toString() { return createHash("md5").update(this.text).digest("hex"); } }`;
      const crc = `import { crc32 as crc } from "node:zlib"; export const crc32 = (text) => crc(text).toString(16);`;
      const compress = `export { deflateSync as deflate, inflateSync as inflate } from "node:zlib";`;
      const buffer = `export { Buffer } from "node:buffer";`;
      const modules = {
        "https://deno.land/x/hmac@v2.0.1/mod.ts": hmac,
        "https://deno.land/std@0.155.0/node/buffer.ts": buffer,
        "https://deno.land/x/compress@v0.3.3/mod.ts": compress,
        "https://deno.land/x/crc32/mod.ts": crc,
        "https://deno.land/std@0.156.0/hash/md5.ts": md5,
      };
      const imports = Object.fromEntries(
        Object.entries(modules).map(([name, text]) => [name, `data:text/javascript,${encodeURIComponent(text)}`]),
      );
      await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ imports }));
      await Deno.symlink(`${clone}/deno/src`, `${folder}/src`);
      await Deno.writeTextFile(`${folder}/main.js`, code);
      return [[Deno.execPath(), "run", "-A", "--config", `${folder}/deno.json`, `${folder}/main.js`]];
    },
  },
  perl: {
    tool: "perl",
    needs: "clone",
    async commands(folder, code) {
      // Stand-ins for two modules of CPAN.
      await Deno.mkdir(`${folder}/Math/Random/MT`, { recursive: true });
      await Deno.mkdir(`${folder}/String`, { recursive: true });
      await Deno.writeTextFile(`${folder}/Math/Random/MT/Auto.pm`, "package Math::Random::MT::Auto; sub import {} 1;\n");
      const crc = "package String::CRC32; use Exporter 'import'; our @EXPORT_OK = 'crc32'; " +
        "use Compress::Raw::Zlib (); sub crc32 { Compress::Raw::Zlib::crc32(shift) } 1;\n";
      await Deno.writeTextFile(`${folder}/String/CRC32.pm`, crc);
      await Deno.writeTextFile(`${folder}/main.pl`, code);
      return [["perl", `-I${folder}`, `${folder}/main.pl`]];
    },
    env: (clone) => ({ PERL5LIB: `${clone}/perl/src` }),
  },
};

/** The folder of the builders in a clone of AgoraIO/Tools. */
const clone = Deno.env.get("AGORA_TOOLS");

// Those that need a clone run by hand, where its folder is given: no test downloads foreign code.
for (const [key, { tool, needs, commands, env }] of Object.entries(RUNNERS)) {
  if (needs === "clone" && clone === undefined) continue;
  const isThere = await tryCommand("which", tool) !== undefined;
  Deno.test({
    name: `officialCode() for ${key} runs, and makes the token that our builders make`,
    ignore: skipWithout(tool, isThere),
    async fn() {
      const project = { appId: APP_ID, appCertificate: CERTIFICATE };
      let count = 0;
      for (const [name, plan] of Object.entries(CASES)) {
        const { code } = officialCode(recipeOf(plan), key);
        if (code === undefined) continue;
        const folder = await Deno.makeTempDir();
        try {
          const variables = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE, ...env?.(clone ?? "") };
          let output = "";
          for (const [command, ...args] of await commands(folder, code, clone ?? "")) {
            const { success, stdout, stderr } = await new Deno.Command(command!, { args, env: variables }).output();
            assert(success, `${key}: ${name}\n${code}\n${new TextDecoder().decode(stderr)}`);
            output = new TextDecoder().decode(stdout);
          }
          assertEquals(await essence(output), await essence(await buildPlan(plan, project)), `${key}: ${name}`);
          count++;
        } finally {
          await Deno.remove(folder, { recursive: true });
        }
      }
      assert(count > 3, `${count} programs`);
    },
  });
}

/** The content of a token, without what differs each time it is built. */
async function essence(token: string): Promise<unknown> {
  const { signature: _1, signatureHex: _2, issueTs: _3, salt: _4, ts: _5, ...rest } = jsonOfToken(
    await parseToken(token.trim()),
  );
  return rest;
}
