/** What stands for `src/errors.ts` where the suite runs against the installed package: the package's class, so that there is one. */
export * from "../../src/errors.ts";
export { AgoraTokenError } from "../../mod.ts";
