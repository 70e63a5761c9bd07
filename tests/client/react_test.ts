// @ts-types="@types/react"
import * as React from "react";
import { create } from "react-test-renderer";
import { assertEquals } from "@std/assert";
import { buildToken, parseToken, rtc } from "../../mod.ts";
import { keepRtcToken, type TokenKeeper } from "../../src/client/mod.ts";
import { keeperHook } from "../../src/client/react.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";
import { FakeClient, FakeClock, settled } from "./harness.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true }); // so that `act` waits for effects

const useKeeper = keeperHook(React);

/** What each render of a component showed. */
type Shown = [channel: string, token: string | undefined, error: string | undefined];

/** Renders a component that keeps a token for a channel, under `StrictMode`, and tells what it shows. */
function rendered(start: (channel: string, signal: AbortSignal) => Promise<TokenKeeper>) {
  const shown: Shown[] = [];
  function Call({ channel }: { channel: string }) {
    const { keeper, error } = useKeeper((signal) => start(channel, signal), [channel]);
    shown.push([channel, keeper?.token, error === undefined ? undefined : String(error)]);
    return null;
  }
  const element = (channel: string) => React.createElement(React.StrictMode, null, React.createElement(Call, { channel }));
  let root: { update(element: unknown): void; unmount(): void } | undefined;
  return {
    shown,
    show: (channel: string) =>
      React.act(async () => {
        if (root === undefined) root = create(element(channel));
        else root.update(element(channel));
        await settled();
      }),
    unmount: () => React.act(() => root!.unmount()),
  };
}

/** Keeps tokens for a fake client, and says what is left of the keepers. */
function keeping() {
  const clock = new FakeClock();
  const client = new FakeClient(clock);
  const made: string[] = [];
  const start = (channelName: string, signal: AbortSignal) => {
    const fetchToken = async () => {
      const services = [rtc({ channelName, uid: 7, role: "publisher" })];
      made.push(await buildToken({ appId: APP_ID, appCertificate: CERTIFICATE, expire: 60, services }));
      return made.at(-1)!;
    };
    return keepRtcToken(client, { fetchToken, rejoin: client.rejoin, clock, signal });
  };
  return { start, clock, made, left: () => [client.listeners.size, clock.waits.length] };
}

const channelOf = async (text: string | undefined) => text && (await parseToken(text) as { services: object[] }).services[0];

Deno.test("useKeeper() keeps one token under StrictMode, another one for another channel, and none after the unmount", async () => {
  const { start, clock, left } = keeping();
  const { show, shown, unmount } = rendered(start);
  await show("lobby");
  assertEquals(left(), [2, 1]); // the listeners and the timer of one keeper
  await clock.pass(50);
  await show("lobby");
  const renewed = shown.at(-1)![1];
  assertEquals(renewed !== shown.at(-3)![1], true); // `keeper.token` is the newest
  await show("stage");
  assertEquals(left(), [2, 1]);
  for (const [channelName, token] of shown) {
    const named = await channelOf(token);
    if (named !== undefined) assertEquals({ ...named, channelName }, named); // no render has the token of another channel
  }
  assertEquals(new Set(shown.map(([channel, token]) => [channel, token !== undefined].join())).size, 4);
  await unmount();
  assertEquals(left(), [0, 0]);
});

Deno.test("useKeeper() gives the error where there is no first token, and tries again for another channel", async () => {
  const { start, made, left } = keeping();
  const { show, shown, unmount } = rendered((channel, signal) =>
    channel === "closed" ? Promise.reject(new Error("refused")) : start(channel, signal)
  );
  await show("closed");
  assertEquals(shown.at(-1), ["closed", undefined, "Error: refused"]);
  await show("lobby");
  const [, token, error] = shown.at(-1)!;
  assertEquals([await channelOf(token), error, left()], [await channelOf(made[0]), undefined, [2, 1]]);
  await unmount();
});

Deno.test("useKeeper() stops a keeper that comes after the unmount, and shows it to nobody", async () => {
  const { start, left } = keeping();
  const never = new AbortController().signal;
  let release = () => {};
  const late = async (channel: string) => {
    await new Promise<void>((resolve) => release = resolve);
    return await start(channel, never);
  };
  const { show, shown, unmount } = rendered(late);
  await show("lobby");
  const count = shown.length;
  await unmount();
  release();
  await settled();
  assertEquals([left(), shown.length], [[0, 0], count]);
});

Deno.test("useKeeper() stops a keeper whose start forgot the signal", async () => {
  const { start, left } = keeping();
  const { show, unmount } = rendered((channel) => start(channel, new AbortController().signal));
  await show("lobby");
  assertEquals(left(), [2, 1]);
  await show("stage");
  assertEquals(left(), [2, 1]);
  await unmount();
  await settled();
  assertEquals(left(), [0, 0]);
});

Deno.test("useKeeper() gives the error of a start that throws at once", async () => {
  const { show, shown, unmount } = rendered(() => {
    throw new Error("no such address");
  });
  await show("lobby");
  assertEquals(shown.at(-1), ["lobby", undefined, "Error: no such address"]);
  await unmount();
});

Deno.test("useKeeper() shows no stopped keeper when a hidden component comes back", async () => {
  const { start } = keeping();
  const stopped = new Set<TokenKeeper>();
  const shown: (boolean | undefined)[] = []; // whether the keeper of each render had stopped
  const starting = async (signal: AbortSignal) => {
    const keeper = await start("lobby", signal);
    signal.addEventListener("abort", () => stopped.add(keeper));
    return keeper;
  };
  function Call() {
    const { keeper } = useKeeper(starting, []);
    React.useEffect(() => void shown.push(keeper && stopped.has(keeper)));
    return null;
  }
  const element = (mode: "visible" | "hidden") =>
    React.createElement(React.Activity, { mode, children: React.createElement(Call) });
  let root: { update(element: unknown): void; unmount(): void } | undefined;
  const show = (mode: "visible" | "hidden") =>
    React.act(async () => {
      if (root === undefined) root = create(element(mode));
      else root.update(element(mode));
      await settled();
    });
  await show("visible");
  assertEquals([shown.at(-1), stopped.size], [false, 0]);
  await show("hidden");
  assertEquals(stopped.size, 1);
  await show("visible");
  assertEquals([shown.at(-1), shown.includes(true)], [false, false]);
  await React.act(() => root!.unmount());
});
