import { AgoraTokenError, type DiagnoseOptions, type Intent } from "../mod.ts";
import { T } from "./language.ts";
import { say } from "./say.ts";
import { nowSeconds } from "./times.ts";

/** Everything that is typed in and that several views share. It is kept in memory only, until the page is closed. */
export interface State {
  /** The text in the input of the token. */
  text: string;
  /** The App ID that the client uses. */
  appId: string;
  /** The App Certificate. */
  certificate: string;
  /** The secret key of the whiteboard. */
  secretKey: string;
  /** The channel that is joined. */
  channelName: string;
  /** The uid, or the account. */
  user: string;
  /** Which of the two `user` is. */
  userIs: "uid" | "account";
  /** The service of an old key, which the key itself does not name. */
  service: string;
  /** What the token is to be used for. */
  intent: Intent | "";
  /** Which of the tokens in the text is shown, from 0. */
  which: number;
  /** The time for which tokens are judged, in Unix seconds; the present if omitted. */
  asOf: number | undefined;
}

const EMPTY: State = {
  text: "",
  appId: "",
  certificate: "",
  secretKey: "",
  channelName: "",
  user: "",
  userIs: "uid",
  service: "",
  intent: "",
  which: 0,
  asOf: undefined,
};

let state = EMPTY;
let example: Partial<State> = {};
let shownExample: string | undefined;
let opening = 1; // the page begins with an example, or with what its address holds
const watchers: (() => void)[] = [];

/** What is typed in now. */
export function current(): Readonly<State> {
  return state;
}

/** Whether the text is still that of an example, which nobody typed in. */
export function isExample(): boolean {
  return state.text === shownExample;
}

/** The time for which tokens are judged, in Unix seconds: the present, unless another was chosen. */
export function judgedAt(): number {
  return state.asOf ?? nowSeconds();
}

/** Calls `watcher` after every change. */
export function watch(watcher: () => void): void {
  watchers.push(watcher);
}

/** Calls nobody any more: the page is made anew. */
export function forgetWatchers(): void {
  watchers.length = 0;
}

/** Changes the state. If the text of an example is replaced, the other values of the example are removed too. */
export function change(patch: Partial<State>): void {
  if (patch.text !== undefined) {
    const own = Object.entries(state).filter(([name, value]) => example[name as keyof State] !== value);
    state = { ...EMPTY, ...Object.fromEntries(own), which: 0 };
    example = {};
  }
  state = { ...state, ...patch };
  for (const watcher of watchers) watcher();
}

/** Shows a token that was just made. The project that was typed in stays; what was known about another token is removed. */
export function openMade(text: string): void {
  const own = (name: "appId" | "certificate") => example[name] === state[name] ? "" : state[name];
  change({ ...EMPTY, text, appId: own("appId"), certificate: own("certificate") });
}

/** Replaces the whole state: by an example, or by a token made here with the certificate of the examples. */
export function open(whole: Partial<State>): void {
  state = EMPTY;
  change(whole);
  example = whole;
}

/** Shows an example when it is made, or a message if the page has no cryptography to make it. */
export async function openWhenMade(example: Promise<Partial<State>>): Promise<void> {
  opening++;
  try {
    const whole = await example;
    shownExample = whole.text;
    open(whole);
  } catch (error) {
    if (!(error instanceof AgoraTokenError && error.code === "crypto-unavailable")) throw error;
    say(T.noExample);
  } finally {
    opened();
  }
}

/** Whether something is about to be shown: an empty box is then not yet the answer. */
export function isOpening(): boolean {
  return opening > 0 && state.text === "";
}

/** Says that what was about to be shown is there, or will not be. */
export function opened(): void {
  opening--;
  if (opening === 0 && state.text === "") change({});
}

/** What is known about the token from outside, as options of the library; empty fields are omitted. */
export function known(
  { appId, certificate, channelName, user, userIs, service, intent, asOf }: Readonly<State>,
): DiagnoseOptions & { certificates: string[] } {
  return {
    certificates: certificate.trim() === "" ? [] : [certificate.trim()],
    ...(appId === "" ? {} : { appId: appId.trim() }),
    ...(channelName === "" ? {} : { channelName }),
    ...(user === ""
      ? {}
      : userIs === "account" || !/^\d{1,10}$/.test(user) || Number(user) > 0xffffffff
      ? { account: user }
      : { uid: Number(user) }),
    ...(service === "" ? {} : { service }),
    ...(intent === "" ? {} : { intent }),
    ...(asOf === undefined ? {} : { now: asOf }),
  };
}
