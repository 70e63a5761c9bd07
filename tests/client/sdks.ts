import type { AgoraChat } from "agora-chat";
import type { IAgoraRTCClient } from "agora-rtc-sdk-ng";
import type { RTMClient, RTMEvents } from "agora-rtm-sdk";
import { keepChatToken, type KeepOptions, keepRtcToken, keepRtmToken, keepStreamChannelToken } from "../../src/client/mod.ts";
import type { TokenKeeper } from "../../src/client/mod.ts";
import { parseToken } from "../../mod.ts";
import { assert } from "@std/assert";
import type { FakeClock } from "./harness.ts";

// Fakes of the SDKs, made from the types of their packages: what a client does with its tokens, and when it tells the app.

/** What every SDK does with a token: it warns before the end, and at the end the connection is lost. */
export class Session {
  /** What the app did, in order, as `renewToken` and `logout`. */
  readonly did: string[] = [];
  /** The tokens that it took, in order. */
  readonly tokens: string[] = [];
  /** How often a connection was lost since its token expired. */
  lost = 0;
  readonly #clock: FakeClock;
  #timers = new AbortController();

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  /** Registered by each fake: how it tells the app. */
  warn: () => void = () => {};
  end: () => void = () => {};
  /** How many seconds before its end a token of this lifetime is warned of. */
  warnsBefore: (lifetime: number) => number = () => 30;

  /** The app passes a token, by this call of the SDK. */
  async take(call: string, text: string): Promise<void> {
    this.did.push(call);
    this.tokens.push(text);
    const token = await parseToken(text);
    assert(token.version === "007");
    this.#timers.abort();
    this.#timers = new AbortController();
    const left = token.issueTs + token.expire - this.#clock.time / 1000;
    this.#at(left - this.warnsBefore(token.expire), () => this.warn());
    this.#at(left, () => {
      this.lost++;
      this.end();
    });
  }

  /** Does something after so many seconds, unless another token comes before. */
  #at(seconds: number, does: () => void): void {
    this.#clock.wait(Math.max(seconds, 0) * 1000, this.#timers.signal).then(does, () => {});
  }

  /** Ends the fake, so that it waits for nothing. */
  close(): void {
    this.#timers.abort();
  }
}

/** One keeper and the SDK that it is for. */
export interface Sdk {
  /** The name of the keeper's function. */
  name: string;
  /** Where the server has its tokens. */
  target: string;
  /** Where it has those of another user. */
  foreign: string;
  /** What the app does to get in again, in the words of {@linkcode Session.did}. */
  again: string[];
  /** The call that passes a new token while the old one is valid. */
  renews: string;
  /** Makes the fake, and what starts the keeper for it; and says how many listeners the fake has. */
  start(
    session: Session,
  ): { keep: (options: Omit<KeepOptions, "renewToken">) => Promise<TokenKeeper>; listeners: () => number };
}

/** Listeners by the names of their events. */
export class Listeners {
  // deno-lint-ignore no-explicit-any -- listeners of any event
  readonly all: [event: string, listener: (...values: any[]) => void][] = [];
  // deno-lint-ignore no-explicit-any -- listeners of any event
  add = (event: string, listener: (...values: any[]) => void) => void this.all.push([event, listener]);
  // deno-lint-ignore no-explicit-any -- listeners of any event
  remove = (event: string, listener: (...values: any[]) => void) => {
    const index = this.all.findIndex(([name, other]) => name === event && other === listener);
    if (index >= 0) this.all.splice(index, 1);
  };
  emit(event: string, ...values: unknown[]): void {
    for (const [name, listener] of [...this.all]) if (name === event) listener(...values);
  }
}

/** The event that says that a connection of RTM was lost since its token expired, in the words of SDK 2.3.0. */
export function lostLink(serviceType: "MESSAGE" | "STREAM", affectedChannels: string[]): RTMEvents.LinkStateEvent {
  return {
    currentState: "FAILED",
    previousState: "CONNECTED",
    serviceType,
    operation: "SERVER_REJECT",
    reason: "Token expired",
    reasonCode: "TOKEN_EXPIRED",
    affectedChannels,
    unrestoredChannels: [],
    isResumed: false,
    timestamp: 0,
  };
}

/** What a fake has of the client of an SDK. */
type RtcFake = { on: IAgoraRTCClient["on"]; off: IAgoraRTCClient["off"]; renewToken: IAgoraRTCClient["renewToken"] };
type RtmFake = Pick<RTMClient, "addEventListener" | "removeEventListener" | "renewToken" | "logout">;
type ChatFake = Pick<AgoraChat.Connection, "addEventHandler" | "removeEventHandler" | "renewToken">;

/** A fake of RTM. */
export function rtmFake(session: Session): { client: RtmFake; listeners: Listeners } {
  const listeners = new Listeners();
  const client: RtmFake = {
    addEventListener: listeners.add,
    removeEventListener: listeners.remove,
    renewToken: async (token, { channelName } = {}) => {
      await session.take(channelName === undefined ? "renewToken" : `renewToken for ${channelName}`, token);
      return { timestamp: 0 };
    },
    logout: () => Promise.resolve({ timestamp: session.did.push("logout") }),
  };
  return { client, listeners };
}

export const SDKS: readonly Sdk[] = [
  {
    name: "keepRtcToken()",
    target: "/rtc/lobby/publisher/uid/1001/",
    foreign: "/rtc/lobby/publisher/uid/1002/",
    renews: "renewToken",
    again: ["join"],
    start(session) {
      const listeners = new Listeners();
      const client: RtcFake = {
        on: listeners.add,
        off: listeners.remove,
        renewToken: (token) => session.take("renewToken", token),
      };
      session.warn = () => listeners.emit("token-privilege-will-expire");
      session.end = () => listeners.emit("token-privilege-did-expire");
      const rejoin = (token: string) => session.take("join", token);
      return { keep: (options) => keepRtcToken(client, { ...options, rejoin }), listeners: () => listeners.all.length };
    },
  },
  {
    name: "keepRtmToken()",
    target: "/rtm/bob",
    foreign: "/rtm/eve",
    renews: "renewToken",
    again: ["logout", "login"],
    start(session) {
      const { client, listeners } = rtmFake(session);
      session.warn = () => listeners.emit("tokenPrivilegeWillExpire", ""); // so it says that it is not of a stream channel
      session.end = () => listeners.emit("linkState", lostLink("MESSAGE", []));
      const relogin = (token: string) => session.take("login", token);
      return { keep: (options) => keepRtmToken(client, { ...options, relogin }), listeners: () => listeners.all.length };
    },
  },
  {
    name: "keepStreamChannelToken()",
    target: "/rtc/stage/publisher/userAccount/bob/",
    foreign: "/rtc/stage/publisher/userAccount/eve/",
    renews: "renewToken for stage",
    again: ["join"],
    start(session) {
      const { client, listeners } = rtmFake(session);
      session.warn = () => listeners.emit("tokenPrivilegeWillExpire", "stage");
      session.end = () => listeners.emit("linkState", lostLink("STREAM", ["stage"]));
      const rejoin = (token: string) => session.take("join", token);
      return {
        keep: (options) => keepStreamChannelToken(client, { ...options, channelName: "stage", rejoin }),
        listeners: () => listeners.all.length,
      };
    },
  },
  {
    name: "keepChatToken()",
    target: "/chat/account/bob",
    foreign: "/chat/account/eve",
    renews: "renewToken",
    again: ["open"],
    start(session) {
      const handlers = new Map<string, AgoraChat.EventHandlerType>();
      const connection: ChatFake = {
        addEventHandler: (id, handler) => void handlers.set(id, handler),
        removeEventHandler: (id) => void handlers.delete(id),
        renewToken: async (token) => {
          await session.take("renewToken", token);
          return { status: true, token, expire: 0 };
        },
      };
      session.warnsBefore = (lifetime) => lifetime / 5;
      session.warn = () => handlers.forEach(({ onTokenWillExpire }) => onTokenWillExpire?.());
      session.end = () => handlers.forEach(({ onTokenExpired }) => onTokenExpired?.());
      const reopen = (token: string) => session.take("open", token);
      return { keep: (options) => keepChatToken(connection, { ...options, reopen }), listeners: () => handlers.size };
    },
  },
];
