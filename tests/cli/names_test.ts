import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { COMMANDS } from "../../src/cli/commands.ts";
import { nearest, withKnownNames } from "../../src/cli/names.ts";
import { untyped } from "../../src/cli/build.ts";
import { ROOT, skipWithout, tryCommand } from "../helpers.ts";
import { parse007 } from "../portable/case.ts";
import { cli, CREDENTIALS } from "./harness.ts";

// The command line as people type it.

Deno.test("cli build takes the names that people type, a duration, and an hour where there is none", async () => {
  const privileges = (expire: number, ...names: string[]) => Object.fromEntries(names.map((name) => [name, expire]));
  const publish = ["joinChannel", "publishAudioStream", "publishVideoStream", "publishDataStream"];
  const builds: [string[], number, string[]][] = [
    [["--channel", "lobby", "--uid", "1001", "--role", "host"], 3600, publish],
    [["--channel-name=lobby", "--uid", "1001", "--role=broadcaster", "--ttl", "1h30m"], 5400, publish],
    [["--CHANNEL_NAME", "lobby", "--uid", "1001", "--role", "audience", "--expires-in", "1d", "--token-only"], 86_400, [
      "joinChannel",
    ]],
  ];
  for (const [args, expire, names] of builds) {
    const made = await cli(["build", "rtc", ...args], { env: CREDENTIALS });
    assertEquals([made.code, made.stderr], [0, ""]);
    const token = await parse007(made.stdout.trim());
    assertEquals([token.expire, token.services], [expire, [
      { type: "rtc", channelName: "lobby", uid: "1001", privileges: privileges(expire, ...names) },
    ]]);
  }
  const built = await cli([
    "build",
    "rtc.buildTokenWithUid",
    ..."--channel c --uid 1 --role host".split(" "),
    "--tokenExpire=90s",
  ], {
    env: CREDENTIALS,
  });
  assertEquals((await parse007(built.stdout.trim())).expire, 90);
});

Deno.test("cli build says what is missing or wrong by the names of its options", async () => {
  const says: [string, string][] = [
    ["rtc --channel lobby --uid 1001", "Missing --role or --privileges\n"],
    ["rtc --channel lobby --role host", "Missing --uid or --account\n"],
    ["rtc --channel lobby --uid 1 --role host --expire 2d", "--expire must be a whole number from 1 to 86400, got 172800\n"],
    ["rtc.buildTokenWithUid --channel lobby --uid 1 --role host", "--tokenExpire must be a number, got nothing\n"],
    [
      "rtc --channel lobby --uid 1 --role hots",
      "--role must be one of publisher, host, broadcaster, subscriber, audience: did you mean host?\n",
    ],
    [
      "rtc --channel lobby --uid 1 --role 1",
      "--role must be one of publisher, host, broadcaster, subscriber, audience\n",
    ],
    ["rtx --uid 1", "A service must be one of rtc, rtm, streaming, fpa, chat, fcdn, apaas, rtm2, convoai, stt\n"],
  ];
  for (const [args, wanted] of says) {
    const { code, stdout, stderr } = await cli(["build", ...args.split(" ")], { env: CREDENTIALS });
    assertEquals([code, stdout, stderr], [1, "", wanted]);
  }
});

Deno.test("untyped() reads durations where seconds are meant, and refuses them elsewhere", () => {
  const durations: Record<string, number> = { "90s": 90, "15m": 900, "1h30m": 5400, "1d": 86_400, "2D3H": 183_600, "60": 60 };
  for (const [text, seconds] of Object.entries(durations)) {
    assertEquals(untyped("expire", text), seconds);
    assertEquals(untyped("privileges", `joinChannel=${text}`), { joinChannel: seconds });
  }
  for (
    const [name, text] of [["expire", ""], ["expire", "1w"], ["expire", "30m1h"], ["expire", "-1h"], ["uid", "1h"], [
      "now",
      "1h",
    ]]
  ) {
    const wanted = name === "expire" ? /a duration like 90s, 15m, 1h30m or 1d/ : /a whole number/;
    assertMatch(String(assertThrown(() => untyped(name!, text))), wanted);
  }
  assertThrown(() => untyped("privilegeExpiredTs", "1h"));
});

function assertThrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

Deno.test("withKnownNames() asks where it cannot know what is meant, and shows nothing that may be secret", () => {
  const { build, verify } = COMMANDS;
  const said = (args: string[], options = build!.options) => String(assertThrown(() => withKnownNames(args, options)));
  assertStringIncludes(said(["--chanelname", "c"]), "There is no option --chanelname: did you mean --channelName?");
  assertStringIncludes(said(["--chanel", "c"]), "There is no option --chanel: did you mean --channelName?");
  assertStringIncludes(said(["--user", "bob"]), "--uid for a number, --account for a name");
  assertStringIncludes(said(["--app-certificate", "x"]), "set AGORA_APP_CERTIFICATE");
  assertStringIncludes(said(["--intent", "x"]), "--help lists the options");
  assertStringIncludes(said(["--nope"], verify!.options), "--help lists the options");
  const secret = "0123456789abcdef0123456789abcdef";
  assert(!said([`--${secret}`]).includes(secret));
  assertEquals(withKnownNames(["a", "--uid", "7", "--", "--user"], build!.options), ["a", "--uid", "7", "--", "--user"]);
});

Deno.test("nearest() finds what a word is most like, or nothing", () => {
  const names = Object.keys(COMMANDS);
  const words = { biuld: "build", prase: "parse", verfy: "verify", diag: "diagnose", expain: "explain", mint: undefined };
  for (const [word, name] of Object.entries(words)) assertEquals(nearest(word, names), name, word);
});

Deno.test("cli decode and a bare token are parse", async () => {
  const token = (await cli(["build", "fpa"], { env: CREDENTIALS })).stdout.trim();
  const parsed = await cli(["parse", token, "--json"]);
  for (const args of [["decode", token, "--json"], [token, "--json"]]) assertEquals(await cli(args), parsed);
  const pasted = await cli([`token: "${token}"`, "--json"]);
  assertEquals([pasted.code, pasted.stdout], [0, parsed.stdout]);
  assertEquals((await cli([token.slice(0, 50)])).code, 1);
  const other = await cli(["decod"]);
  assertEquals([other.code, other.stdout], [1, ""]);
  assertStringIncludes(other.stderr, "Unknown command: did you mean decode?");
});

Deno.test("cli has help of each command, which begins with usage and examples, and its version", async () => {
  const { version } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
  for (const flag of ["--version", "-V"]) assertEquals((await cli([flag])).stdout, `${version}\n`);
  for (const name of [...Object.keys(COMMANDS), "serve", "completions"]) {
    const helped = await cli(["help", name]);
    assertEquals([helped.code, helped.stderr], [0, ""], name);
    assert(helped.stdout.startsWith(`agoratoken ${name}`), helped.stdout);
    assertEquals(await cli([name, "--help"]).then(({ stdout }) => stdout.trimEnd()), helped.stdout.trimEnd());
  }
  for (const args of [["--help"], ["help", "build"]]) {
    assertMatch((await cli(args)).stdout, /^agoratoken .*\n\n( {2}agoratoken .*\n){3}\n/);
  }
  const builders = await cli(["help", "build", "builders"]);
  assertStringIncludes(builders.stdout, "rtc.buildTokenWithUserAccountAndPrivilege");
  assert(!(await cli(["build", "--help"])).stdout.includes("buildTokenWith"));
  assertStringIncludes((await cli(["--help"])).stdout, "also called decode");
  for (const role of ["publisher", "host", "broadcaster", "subscriber", "audience"]) {
    assertMatch((await cli(["help", "build"])).stdout, new RegExp(`--role ROLE .*\\b${role}\\b`));
  }
  assertStringIncludes((await cli(["generate"])).stderr, "did you mean build?");
  const wrong = await cli(["help", "biuld"]);
  assertEquals([wrong.code, wrong.stderr], [1, "Unknown command: did you mean build?\n"]);
});

const noBash = skipWithout("bash", await tryCommand("bash", "--version") !== undefined);
Deno.test("cli completions complete commands and options in bash", { ignore: noBash }, async () => {
  const { stdout } = await cli(["completions", "bash"]);
  const complete = async (...words: string[]) => {
    const script = `${stdout}COMP_WORDS=(${words.join(" ")}); COMP_CWORD=${
      words.length - 1
    }; _agoratoken; echo "\${COMPREPLY[*]}"`;
    return await tryCommand("bash", "-c", script);
  };
  assertEquals(await complete("agoratoken", "par"), "parse");
  assertEquals(await complete("agoratoken", "dec"), "decode");
  assertEquals(await complete("agoratoken", "decode", "--tok"), "--tokens");
  assertEquals(await complete("agoratoken", "build", "--channel"), "--channelName");
  assertEquals(await complete("agoratoken", "serve", "--d"), "--demo");
  assertEquals(await complete("agoratoken", "completions", "z"), "zsh");
  const { stdout: zsh } = await cli(["completions", "zsh"]);
  assertMatch(zsh, /^#compdef agoratoken\n/);
  assertStringIncludes(zsh, "    parse) compadd -- --tokens ");
  const wrong = await cli(["completions", "fish"]);
  assertEquals([wrong.code, wrong.stderr], [1, "completions takes bash or zsh\n"]);
});

const noScript = skipWithout("script", await tryCommand("script", "--version") !== undefined);
Deno.test(
  "cli build says on a terminal what the token is for, unless only the token is wanted",
  { ignore: noScript },
  async () => {
    const onTerminal = async (flag: string) => {
      const command = `deno task -q cli build rtm --userId bob ${flag}`;
      const env = { ...CREDENTIALS, NO_COLOR: "1", PATH: `${Deno.execPath().replace(/\/[^/]*$/, "")}:${Deno.env.get("PATH")}` };
      const { stdout } = await new Deno.Command("script", {
        args: ["-qec", command, "/dev/null"],
        cwd: ROOT,
        env,
        stdin: "null",
      }).output();
      return new TextDecoder().decode(stdout).trim().split("\r\n");
    };
    const [token, summary] = await onTerminal("");
    assertMatch(token!, /^007/);
    assertMatch(summary!, /^For rtm, expires 20.*, in (1 h|59 min.*)\. See agoratoken parse\.$/);
    assertEquals((await onTerminal("--token-only")).length, 1);
  },
);
