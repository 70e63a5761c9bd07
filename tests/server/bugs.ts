import { KNOWN_BUGS } from "../../scripts/known_bugs.ts";

/** Proves that the server does not have a known bug. */
export function bugTest(name: keyof typeof KNOWN_BUGS, check: () => Promise<unknown>): void {
  const { peer, bug } = KNOWN_BUGS[name];
  Deno.test(`the server does not have the bug ${name}: ${peer} ${bug}`, async () => void await check());
}
