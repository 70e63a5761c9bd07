/** The command line as a program: what npm installs by the name `agoratoken`. @module */
import { main } from "./main.ts";
import { runProcess } from "./terminal.ts";

await runProcess(main);
