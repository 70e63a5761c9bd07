import { assert, assertEquals } from "@std/assert";
import { loadAccess } from "../../src/server/mod.ts";
import { grantChecks } from "../../src/server/access/grant_from.ts";
import { ROOT } from "../helpers.ts";

const doc = await Deno.readTextFile(`${ROOT}docs/access.md`);

Deno.test("the file in docs/access.md is valid, and its table has every field of a grant", async () => {
  const [, file] = /^```json\n(.*?)^```$/ms.exec(doc)!;
  const access = await loadAccess(JSON.parse(file!));
  assert(access.keysInPaths);
  for (const field of Object.keys(grantChecks([]))) assert(new RegExp(`^\\| \`${field}\` `, "m").test(doc), field);
});

Deno.test("docs/access.md's command makes the digest that the server compares", async () => {
  const key = "0123456789abcdef0123456789abcdef";
  const [, block] = /^```sh\n(.*?)^```$/ms.exec(doc)!;
  const script = block!.replace("$(openssl rand -hex 32)", key);
  const { stdout } = await new Deno.Command("sh", { args: ["-ec", script] }).output();
  const [sha256] = new TextDecoder().decode(stdout).split(" ");
  const grant = { services: ["rtm"], channels: ["*"], users: ["*"], roles: [] };
  const access = await loadAccess({ keys: [{ id: "a", sha256, ...grant }] });
  assertEquals((await access.authenticate(key, undefined))?.id, "key:a");
});
