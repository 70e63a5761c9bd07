import { assert, assertEquals, assertMatch } from "@std/assert";
import { parse } from "yaml";
import { ROOT } from "./helpers.ts";

// What keeps a hosted workflow from doing more than it should.

interface Job {
  permissions?: Record<string, string>;
  uses?: string;
  steps?: { uses?: string }[];
  "timeout-minutes"?: number;
}

for await (const { name } of Deno.readDir(`${ROOT}.github/workflows`)) {
  const text = await Deno.readTextFile(`${ROOT}.github/workflows/${name}`);
  const workflow: { permissions?: unknown; jobs: Record<string, Job> } = parse(text);
  const jobs = Object.entries(workflow.jobs);

  Deno.test(`${name} gives each job the least it needs`, () => {
    assertEquals(workflow.permissions, {});
    for (const [job, { permissions, uses, ...rest }] of jobs) {
      const publishes = name === "publish.yml" && uses === undefined;
      assertEquals(permissions, { contents: "read", ...(publishes ? { "id-token": "write" } : {}) }, job);
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
