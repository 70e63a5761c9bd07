/** The command line as a program, which npm installs as `agoratoken`. @module */
import { main } from "./main.ts";
import { runProcess } from "./terminal.ts";

/** The page as a module of the npm package, which is made when that is built: npm_package.ts. A checkout has it as HTML. */
const PAGE = "../../playground/page.js";

await runProcess((args) => main(args, async () => (await import(PAGE)).default));
