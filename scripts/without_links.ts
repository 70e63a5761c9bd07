/**
 * Removes the stand-ins for JSR's libraries, in place, from every file that names them, so that everything runs with the real ones.
 * For a checkout that is not kept.
 *
 * @module
 */
const root = new URL("..", import.meta.url).pathname;
const { links: _, ...config } = JSON.parse(await Deno.readTextFile(`${root}deno.json`));
config.publish.include = config.publish.include.filter((path: string) => !path.startsWith("links"));
await Deno.writeTextFile(`${root}deno.json`, JSON.stringify(config, undefined, 2) + "\n");
await Deno.remove(`${root}deno.lock`);
await Deno.remove(`${root}links`, { recursive: true });
