import { DIFFERENCES } from "../tests/compat/differences.ts";
import { type Made, table } from "./made.ts";

/** The differences of `./compat` that the tests check. */
export function compatDoc(): Made {
  return {
    differences: table(" | agora-token 2.0.6 | here", DIFFERENCES.map(({ what, official, ours }) => [what, official, ours])),
  };
}
