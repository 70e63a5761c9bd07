/** The command line as a program, which npm installs as `agoratoken`. @module */
import { main } from "./main.ts";
import { runProcess } from "./terminal.ts";

await runProcess(main);
