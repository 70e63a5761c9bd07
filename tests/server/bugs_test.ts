import { BUGS } from "./bugs.ts";

for (const [index, { peer, bug, check }] of BUGS.entries()) {
  Deno.test(`the server does not have bug ${index + 1}: ${peer} ${bug}`, check);
}
