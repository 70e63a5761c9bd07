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

/** What the jobs of publish.yml need besides reading the repository. */
const NEEDS: Readonly<Record<string, Record<string, string>>> = {
  jsr: { "id-token": "write" },
  npm: { "id-token": "write" },
  programs: { contents: "write", "id-token": "write", attestations: "write" },
  image: { packages: "write" },
};

for await (const { name } of Deno.readDir(`${ROOT}.github/workflows`)) {
  const text = await Deno.readTextFile(`${ROOT}.github/workflows/${name}`);
  const workflow: { permissions?: unknown; jobs: Record<string, Job> } = parse(text);
  const jobs = Object.entries(workflow.jobs);

  Deno.test(`${name} gives each job the least it needs`, () => {
    assertEquals(workflow.permissions, {});
    for (const [job, { permissions, uses, ...rest }] of jobs) {
      assertEquals(permissions, { contents: "read", ...(name === "publish.yml" ? NEEDS[job] : {}) }, job);
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
  for (const [job, make] of [["jsr", "deno publish"], ["npm", "deno task npm:build"], ["programs", "deno compile"]]) {
    const commands = jobs[job!]!.steps!.map(({ run }) => run ?? "");
    const [removed, made] = ["scripts/without_links.ts", make!].map((text) => commands.findIndex((run) => run.includes(text)));
    assert(removed! >= 0 && removed! < made!, job);
  }
});
