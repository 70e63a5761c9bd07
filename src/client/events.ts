import { invalidType } from "../validate.ts";
import { type KeepOptions, keepToken, type TokenKeeper } from "./keep.ts";
import { report } from "./report.ts";

/** Runs what an event of an SDK asks for; its error goes to `onError`, and never to the SDK, nor to whoever waits for it. */
export type Run = (does: () => unknown) => Promise<void>;

/**
 * Keeps a token for a client of an SDK: by the lifetime of the token, and by the client's own events.
 *
 * @param again The function that gets the client in again, by the name of its option.
 * @param listen Registers the listeners of the events; it gets the keeper, and returns a function that removes them.
 * @returns The keeper, as soon as there is a first token. Its `stop` also removes the listeners.
 */
export async function keepByEvents(
  options: KeepOptions,
  again: Readonly<Record<string, unknown>>,
  listen: (keeper: TokenKeeper, run: Run) => () => void,
): Promise<TokenKeeper> {
  for (const [name, value] of Object.entries(again)) {
    if (typeof value !== "function") throw invalidType(name, "a function", value);
  }
  const keeper = await keepToken(options);
  let stopped = false;
  const run: Run = async (does) => {
    try {
      await does();
    } catch (error) {
      if (!stopped) void report(options.onError, error);
    }
  };
  let unlisten = () => {};
  const stop = () => {
    stopped = true;
    unlisten();
    options.signal?.removeEventListener("abort", stop);
    keeper.stop();
  };
  try {
    options.signal?.throwIfAborted(); // since the first token came
    unlisten = listen(keeper, run);
  } catch (error) {
    stop();
    throw error;
  }
  options.signal?.addEventListener("abort", stop, { once: true });
  return {
    get token() {
      return keeper.token;
    },
    renew: keeper.renew,
    stop,
  };
}
