import { type KeepOptions, keepToken, type TokenKeeper } from "./keep.ts";

/** Runs what an event of an SDK asks for; its error goes to `onError`, and never to the SDK, nor to whoever waits for it. */
export type React = (reaction: () => unknown) => Promise<void>;

/**
 * Keeps a token for a client of an SDK: by the lifetime of the token, and by the client's own events.
 *
 * @param listen Registers the listeners of the events; it gets the keeper, and returns a function that removes them.
 * @returns The keeper, as soon as there is a first token. Its `stop` also removes the listeners.
 */
export async function keepByEvents(
  options: KeepOptions,
  listen: (keeper: TokenKeeper, react: React) => () => void,
): Promise<TokenKeeper> {
  const keeper = await keepToken(options);
  let stopped = false;
  const react: React = async (reaction) => {
    try {
      await reaction();
    } catch (error) {
      try {
        if (!stopped) options.onError?.(error);
      } catch {
        // An error of the listener is not ours.
      }
    }
  };
  const unlisten = listen(keeper, react);
  const stop = () => {
    stopped = true;
    unlisten();
    options.signal?.removeEventListener("abort", stop);
    keeper.stop();
  };
  options.signal?.addEventListener("abort", stop, { once: true });
  return {
    get token() {
      return keeper.token;
    },
    renew: keeper.renew,
    stop,
  };
}
