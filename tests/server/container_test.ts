import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "yaml";
import { apiKey, entryOf } from "../access/harness.ts";
import { ROOT } from "../helpers.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { assertToken, onlyThese, rtm } from "./harness.ts";
import { withServer } from "./processes.ts";

// What the Dockerfile says, done outside a container: its files, its command, its environment, a user without rights.

const dockerfile = await Deno.readTextFile(`${ROOT}Dockerfile`);

/** The arguments of every instruction of a name. */
function instructions(name: string): string[] {
  return [...dockerfile.matchAll(new RegExp(`^${name} (.*)$`, "gm"))].map(([, text]) => text!);
}

Deno.test("the Dockerfile's image runs as an unprivileged user, requires authentication, and has a health check", async () => {
  const root = await Deno.makeTempDir();
  const listener = Deno.listen({ port: 0 });
  const port = `${listener.addr.port}`;
  listener.close();
  const here = (text: string) => text.replaceAll("/app", root).replaceAll("/run/secrets", `${root}/secrets`);
  try {
    for (
      const [sources, target] of instructions("COPY").map((text) =>
        [text.split(" ").slice(0, -1), text.split(" ").at(-1)!] as const
      )
    ) {
      const into = `${root}/${target}`;
      const isFolder = target.endsWith("/");
      if (isFolder) await Deno.mkdir(into, { recursive: true });
      for (const source of sources) {
        const { success } = await new Deno.Command("cp", { args: ["-r", ROOT + source, isFolder ? into : `${root}/${target}`] })
          .output();
        assert(success, source);
      }
    }
    const env: Record<string, string> = Object.fromEntries(
      instructions("ENV").flatMap((text) => text.split(" ")).map((pair) => here(pair).split("=") as [string, string]),
    );
    env.PORT = port; // as platforms choose it
    const [install, ...more] = instructions("RUN");
    assertEquals(more, []); // nothing gives the code to the user: it stays with root
    const installed = await new Deno.Command(Deno.execPath(), {
      args: install!.split(" ").slice(1),
      cwd: root,
      ...onlyThese(env),
    }).output();
    assert(installed.success, new TextDecoder().decode(installed.stderr));
    await Deno.mkdir(`${root}/secrets`);
    const secret = `${root}/secrets/access.json`;

    // The user of the image; who is not root here is a user without rights already.
    assertEquals(instructions("USER"), ["deno"]);
    const isRoot = Deno.uid() === 0;
    const nobody = isRoot ? { uid: 1993, gid: 1993 } : {};
    /** Everybody may read what root has put into the image. */
    const readable = async () => {
      const { success } = await new Deno.Command("chmod", { args: ["-R", "a+rX,go-w", root] }).output();
      assert(success);
    };
    // The image has a Deno of its own; the one that runs this test may lie in root's home, closed to others.
    const deno = `${root}/deno`;
    await Deno.copyFile(Deno.execPath(), deno);
    await readable();
    const argsOf = (text: string) => JSON.parse(here(text)) as string[];
    const [, ...command] = argsOf(instructions("CMD").at(-1)!);
    const [, ...health] = argsOf(/CMD (\[.*)$/.exec(instructions("HEALTHCHECK")[0]!)![1]!);
    const run = async (args: string[]) => {
      const { code, stderr } = await new Deno.Command(deno, {
        args,
        cwd: root,
        ...onlyThese({ ...env, ...credentials }),
        ...nobody,
      }).output();
      return { code, stderr: new TextDecoder().decode(stderr) };
    };
    const credentials = { AGORA_APP_ID: APP_ID, AGORA_APP_CERTIFICATE: CERTIFICATE };

    const { code, stderr } = await run(command);
    assertEquals(code, 1);
    assertStringIncludes(stderr, "AGORATOKEN_ACCESS_FILE"); // there is no such file yet: it does not start
    assert((await run(health)).code !== 0);

    await Deno.writeTextFile(secret, JSON.stringify({ keys: [await entryOf("backend")] }));
    await readable();
    await withServer(
      command,
      { ...env, ...credentials },
      async ({ base, end, written }) => {
        assertEquals(new URL(base).port, port);
        assertEquals((await run(health)).code, 0);
        const response = await fetch(`${base}/rtm/bob`, { headers: { authorization: `Bearer ${apiKey("backend")}` } });
        await assertToken((await response.json()).rtmToken, 3600, rtm("bob", 3600));
        const stranger = await fetch(`${base}/rtm/bob`);
        assertEquals(stranger.status, 401);
        await stranger.body?.cancel();
        assertEquals((await end()).code, 0, written());
      },
      { cwd: root, ...nobody },
      deno,
    );

    // The access may also be in a variable, which counts before the file that the image names.
    await Deno.remove(secret);
    const inVariable = JSON.stringify({ keys: [await entryOf("backend")] });
    await withServer(
      command,
      { ...env, ...credentials, AGORATOKEN_ACCESS: inVariable },
      async ({ base, end }) => {
        const response = await fetch(`${base}/rtm/bob`, { headers: { authorization: `Bearer ${apiKey("backend")}` } });
        assertEquals(response.status, 200);
        await response.body?.cancel();
        await end();
      },
      { cwd: root, ...nobody },
      deno,
    );

    for (const args of [command, health]) {
      const flags = args.filter((arg) => arg.startsWith("--"));
      assert(
        flags.includes("--no-prompt") && flags.every((flag) => !/^(-A|--allow-all|--allow-(run|write|ffi|sys))/.test(flag)),
      );
      assert(flags.filter((flag) => flag.startsWith("--allow")).every((flag) => flag.includes("=")), `${flags}`);
    }
    const write = new Deno.Command("find", { args: [root, "-writable"], ...nobody });
    if (isRoot) assertEquals(new TextDecoder().decode((await write.output()).stdout), ""); // a user who is not root owns the copy
    const { tasks } = JSON.parse(await Deno.readTextFile(`${ROOT}deno.json`));
    const [allowEnv] = /--allow-env=\S+/.exec(tasks.start)!;
    assert(command.includes(allowEnv), "the image reads the variables that the server reads");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("compose.yaml gives the image what it needs, and no more", async () => {
  const { services: { agoratoken: service }, secrets } = parse(await Deno.readTextFile(`${ROOT}compose.yaml`));
  assertEquals(service.environment, { AGORATOKEN_PROJECTS_FILE: "/run/secrets/projects.json" });
  assertEquals(service.secrets, Object.keys(secrets));
  assertEquals(secrets, { "access.json": { file: "./access.json" }, "projects.json": { file: "./projects.json" } });
  assertEquals([service.read_only, service.cap_drop, service.ports], [true, ["ALL"], ["127.0.0.1:8080:8080"]]);
  assertEquals(service.security_opt, ["no-new-privileges:true"]);
  assert(
    service.mem_limit && service.cpus && service.pids_limit && service.ulimits.nofile && service.logging.options["max-size"],
  );
  assertStringIncludes(dockerfile, "AGORATOKEN_ACCESS_FILE=/run/secrets/access.json");
  const ignoredByDocker = (await Deno.readTextFile(`${ROOT}.dockerignore`)).split("\n");
  for (const large of [".git", "tests", "**/node_modules"]) assert(ignoredByDocker.includes(large), large);
  for (const ignored of [".gitignore", ".dockerignore"]) {
    const lines = (await Deno.readTextFile(ROOT + ignored)).split("\n");
    assertEquals([".env", ...Object.keys(secrets)].filter((file) => !lines.includes(file)), [], ignored);
  }
});

Deno.test("docs/deploy.md runs the image on Kubernetes with limits and without rights", async () => {
  const docs = await Deno.readTextFile(`${ROOT}docs/deploy.md`);
  const [deployment] = /^```yaml\n([^]*?)^```/m.exec(docs)![1]!.split("---").map((text) => parse(text));
  const { automountServiceAccountToken, enableServiceLinks, securityContext: ofPod, containers: [container], volumes } =
    deployment.spec.template.spec;
  assertEquals([automountServiceAccountToken, enableServiceLinks], [false, false]);
  assertEquals(ofPod.seccompProfile, { type: "RuntimeDefault" });
  assert(container.resources.limits.memory && container.resources.limits.cpu);
  assertEquals(container.securityContext, {
    runAsNonRoot: true,
    runAsUser: 1993,
    readOnlyRootFilesystem: true,
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
  });
  assertEquals(container.envFrom, undefined); // the certificate is in a file
  assertEquals([volumes.length, container.volumeMounts.length], [1, 1]);
});
