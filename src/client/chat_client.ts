import { keepByEvents } from "./events.ts";
import type { KeepOptions, TokenKeeper } from "./keep.ts";

/** The part of a connection of `agora-chat` that is used here, so that this module does not depend on it. */
export interface ChatConnection {
  /** Registers listeners under a name. */
  addEventHandler(id: string, handler: { onTokenWillExpire?: () => void; onTokenExpired?: () => void }): void;
  /** Removes the listeners of a name. */
  removeEventHandler(id: string): void;
  /** Takes a new token. */
  renewToken(token: string): Promise<unknown>;
}

/** The options of {@linkcode keepChatToken}. */
export interface KeepChatOptions extends Omit<KeepOptions, "renewToken"> {
  /** Opens the connection again after a token expired: `(token) => connection.open({ user, accessToken: token })`. */
  reopen: (token: string) => unknown;
}

/** How many connections have had listeners: each registers them under a name of its own. */
let count = 0;

/**
 * Gets a token for a connection of Agora Chat (npm `agora-chat`) and keeps it fresh, by its lifetime and by the connection's own
 * events: on `onTokenWillExpire` it gets a new one by `renewToken`; on `onTokenExpired`, after which the SDK closes it, it is
 * opened again by `reopen`. The first comes with a fifth of the lifetime left on the Web (agora-chat 1.4.0), and after half of
 * it in the native SDKs, as Agora documents. (Their events have the same names, and `onTokenDidExpire` is the second one in
 * Flutter: call {@linkcode TokenKeeper.renew} from them.)
 *
 * Errors of `renewToken` and `reopen` go to `onError`, and the call is not repeated.
 *
 * @param connection The connection, which need not be open yet.
 * @param options Where tokens come from, and how to open the connection.
 * @returns The keeper, as soon as there is a first token to open with. Its `stop` also removes the listeners.
 * @throws The last error of `fetchToken`, where there is no first token; {@linkcode AgoraTokenError} for an option:
 * `invalid-type`, `invalid-value`.
 *
 * @example Open, and stay
 * ```ts
 * import { type ChatConnection, keepChatToken, tokenFrom } from "@agoratoken/agoratoken/client";
 *
 * // open: (token) => connection.open({ user: "bob", accessToken: token })
 * async function stay(connection: ChatConnection, open: (token: string) => Promise<void>) {
 *   const fetchToken = tokenFrom("https://tokens.example/chat/account/bob");
 *   const keeper = await keepChatToken(connection, { fetchToken, reopen: open });
 *   await open(keeper.token);
 *   return keeper;
 * }
 * ```
 */
export async function keepChatToken(
  connection: ChatConnection,
  { reopen, ...options }: KeepChatOptions,
): Promise<TokenKeeper> {
  return await keepByEvents({ ...options, renewToken: (token) => connection.renewToken(token) }, { reopen }, (keeper, run) => {
    const id = `agoratoken ${++count}`;
    // The names are those of Agora-chat.d.ts of agora-chat 1.4.0. Its code closes the connection right after `onTokenExpired`,
    // while the listeners still run: a new token takes longer, and the newest one is handed on later than that, too.
    connection.addEventHandler(id, {
      onTokenWillExpire: () => void run(() => keeper.renew()),
      onTokenExpired: () => void run(() => keeper.renew(reopen)),
    });
    return () => connection.removeEventHandler(id);
  });
}
