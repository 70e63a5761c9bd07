import { assert, assertEquals, assertMatch } from "@std/assert";
import { parse } from "yaml";
import { ROOT } from "./helpers.ts";

// What keeps a hosted workflow from doing more than it should.

interface Job {
  permissions?: Record<string, string>;
  uses?: string;
  steps?: { uses?: string; run?: string }[];
  "timeout-minutes"?: number;
}

/** The rights of the jobs that publish, beyond reading. */
const RIGHTS: Record<string, Record<string, string>> = {
  jsr: { "id-token": "write" },
  npm: { "id-token": "write" },
  image: { packages: "write" },
  release: { contents: "write", "id-token": "write", attestations: "write" },
};

Deno.test("publish.yml runs no code of ours or of a library where it may publish", async () => {
  const workflow: { jobs: Record<string, Job> } = parse(await Deno.readTextFile(`${ROOT}.github/workflows/publish.yml`));
  const run = (job: string) => workflow.jobs[job]!.steps!.flatMap(({ run }) => run === undefined ? [] : [run]);
  const isWhole = 'echo "$DIGESTS" | sha256sum --check --strict';
  const [tag, real, ...publish] = run("jsr");
  assertEquals([tag, publish], ['test "$GITHUB_REF_NAME" = "v$(jq -r .version deno.json)"', ["deno publish --allow-dirty"]]);
  assert(real!.split("\n").every((line) => /^(jq|mv|rm|$)/.test(line)), "only the stand-ins are taken out");
  assertEquals(run("npm"), [isWhole, "npm publish --provenance --access public --ignore-scripts ./agoratoken.tgz"]);
  for (const job of ["npm", "image", "release"]) {
    assertEquals(run(job)[0], isWhole, job);
    assert(run(job).slice(1).every((line) => /^(npm publish|skopeo copy|rm image|gh release)/.test(line)), job);
    assert(!workflow.jobs[job]!.steps!.some(({ uses }) => uses?.includes("checkout")), `${job} needs no source`);
  }
});

for await (const { name } of Deno.readDir(`${ROOT}.github/workflows`)) {
  const text = await Deno.readTextFile(`${ROOT}.github/workflows/${name}`);
  const workflow: { permissions?: unknown; jobs: Record<string, Job> } = parse(text);
  const jobs = Object.entries(workflow.jobs);

  Deno.test(`${name} gives each job the least it needs`, () => {
    assertEquals(workflow.permissions, {});
    for (const [job, { permissions, uses, ...rest }] of jobs) {
      const more = name === "publish.yml" ? RIGHTS[job] : {};
      assertEquals(permissions, { contents: "read", ...more }, job);
      assert(uses !== undefined || rest["timeout-minutes"] !== undefined, `${job} may run for hours`);
    }
    assert(!text.includes("secrets."), "a secret is used");
  });

  Deno.test(`${name} pins every action to a commit, and says its tag`, () => {
    const used = jobs.flatMap(([, { uses, steps = [] }]) => [uses, ...steps.map((step) => step.uses)]);
    for (const action of used.filter((action) => action !== undefined && !action.startsWith("./"))) {
      assertMatch(action!, /^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$/);
      assertMatch(text, new RegExp(`${action} # v\\d+\\.\\d+\\.\\d+$`, "m"));
    }
  });
}

Deno.test("publish.yml publishes nothing with the stand-ins for JSR's libraries", async () => {
  const { jobs }: { jobs: Record<string, Job> } = parse(await Deno.readTextFile(`${ROOT}.github/workflows/publish.yml`));
  const removal = { jsr: "del(.links)", build: "scripts/without_links.ts" };
  const makes = [["jsr", "deno publish"], ["build", "npm:build"], ["build", "deno compile"], [
    "build",
    "docker buildx build",
  ]] as const;
  for (const [job, make] of makes) {
    const commands = jobs[job]!.steps!.map(({ run }) => run ?? "");
    const [removed, made] = [removal[job], make].map((text) => commands.findIndex((run) => run.includes(text)));
    assert(removed! >= 0 && removed! < made!, make);
  }
});
