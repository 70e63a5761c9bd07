import { ACCESS_TOKEN_DIFFERENCES } from "../tests/compat/access_token.ts";
import { type Difference, DIFFERENCES } from "../tests/compat/differences.ts";
import { type Made, table } from "./made.ts";

/** The differences of `./compat` and `./access-token` that the tests check. */
export function compatDoc(): Made {
  return {
    differences: differences("agora-token 2.0.6", DIFFERENCES),
    accessToken: differences("agora-access-token 2.0.4", ACCESS_TOKEN_DIFFERENCES),
  };
}

function differences(from: string, list: readonly Difference[]): string {
  return table(` | ${from} | here`, list.map(({ what, official, ours }) => [what, official, ours]));
}
