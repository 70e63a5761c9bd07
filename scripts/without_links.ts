/**
 * Removes the stand-ins for JSR's libraries, in place, from every file that names them, so that everything runs with the real ones.
 * For a checkout that is not kept.
 *
 * @module
 */
const root = new URL("..", import.meta.url).pathname;
const { links: _, ...config } = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
config.publish.include = config.publish.include.filter((path: string) => !path.startsWith("links"));
for (const [name, command] of Object.entries<string>(config.tasks)) {
  config.tasks[name] = command.replace(/ --lock=\w+\.lock --frozen/, "");
}
await Deno.writeTextFile(`${root}deno.json`, JSON.stringify(config, undefined, 2) + "\n");
for (const lock of ["deno.lock", "server.lock"]) await Deno.remove(`${root}${lock}`); // they are of the stand-ins
await Deno.remove(`${root}links`, { recursive: true });
const dockerfile = (await Deno.readTextFile(`${root}Dockerfile`)).replace(/^COPY links.*\n/m, "").replace(" server.lock", "")
  .replace(" --lock=server.lock --frozen", "").replace('"--lock=server.lock", "--frozen", ', "");
await Deno.writeTextFile(`${root}Dockerfile`, dockerfile);
