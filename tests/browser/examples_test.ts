/// <reference lib="dom" />
import { assert, assertEquals } from "@std/assert";
import { Buffer } from "node:buffer";
import type { Page, Route } from "playwright-core";
import { withExamples } from "../../examples/pages/serve.ts";
import { verifyToken } from "../../mod.ts";
import type { TokenServer } from "../../src/server/mod.ts";
import { CERTIFICATE } from "../portable/case.ts";
import { serverOf } from "../server/harness.ts";
import { browserTest } from "./chromium.ts";
import { serve } from "./server.ts";

// The example pages up to the point where Agora's services are asked. The answers are those of these services, in the shape in
// which the code of agora-rtc-sdk-ng 4.24.8, agora-rtm-sdk 2.3.0 and agora-chat 1.4.0 reads them.

/** A request to a service of Agora that is answered as by the service. */
interface Asked {
  url: RegExp;
  answer: unknown;
}

/** A page, what Agora's services answer to it, and what it then shows. */
interface Case {
  page: string;
  button: string;
  /** The answers over HTTP. */
  asked: readonly Asked[];
  /** The answer to the first message over a WebSocket. */
  message?: Uint8Array;
  shows: readonly RegExp[];
}

const CASES: readonly Case[] = [
  {
    page: "rtc",
    button: "Join",
    asked: [{
      url: /\/api\/v2\/transpond\/webrtc/,
      answer: { opid: 1, detail: {}, response_body: [{ uri: 23, buffer: { code: 2010005, flag: 4096, detail: {} } }] },
    }],
    shows: [
      /^The SDK says: AgoraRTCError CAN_NOT_GET_GATEWAY_SERVER: .*invalid vendor key, can not find appid$/,
      /^That means: The service knows no such App ID\.$/,
      /^It may be that the service knows no project with this App ID/,
    ],
  },
  {
    page: "rtm",
    button: "Log in",
    asked: [{ url: /\/api\/v1$/, answer: { code: 9, detail: {}, addresses: [] } }],
    shows: [
      /^The link is FAILED: Invalid token$/,
      /^The SDK says: .*NO_AUTHORIZED, Signature verification failed\.$/,
      /^That means: Server code 9;/,
      /^It may be that the token was made with another App Certificate, or changed\./,
    ],
  },
  {
    page: "chat",
    button: "Open",
    asked: [{ url: /\/easemob\/server\.json/, answer: { rest: hosts("rest.test"), "msync-wx": hosts("messages.test") } }],
    message: refusedLogin("Sorry, token or password does not match login info"),
    shows: [
      /^The SDK says: INVALID_TOKEN$/,
      /^That means: No token; or one that is not this user's\.$/,
      /^It may be that the token is for another user\./,
    ],
  },
];

/** Where Chat's services are, as its own server says it. */
function hosts(domain: string) {
  return { hosts: ["http", "https"].map((protocol) => ({ protocol, domain, port: protocol === "http" ? 80 : 443 })) };
}

/** The answer of Chat to a login that it refuses: the message MSync with a Provision in it, whose status is FAIL and a reason. */
function refusedLogin(reason: string): Uint8Array {
  const text = new TextEncoder().encode(reason);
  const status = [0x08, 1, 0x12, text.length, ...text]; // errorCode FAIL, reason
  const provision = [0x42, status.length, ...status]; // status
  return Uint8Array.from([0x40, 3, 0x4a, provision.length, ...provision]); // command PROVISION, payload
}

/** Lets a page ask nobody but this machine, and answers as Agora's services do; gives the texts that it sent to them. */
async function asAgora(page: Page, base: string, { asked, message }: Case): Promise<string[]> {
  const sent: string[] = [];
  await page.route((url) => !url.href.startsWith(base), async (route: Route) => {
    const request = route.request();
    const known = asked.find(({ url }) => url.test(request.url()));
    if (known === undefined) return await route.abort(); // as what the SDKs report about themselves
    sent.push(request.postData() ?? "");
    await route.fulfill({
      json: known.answer,
      headers: { "access-control-allow-origin": "*", "access-control-allow-headers": "*" },
    });
  });
  await page.routeWebSocket(/./, (socket) =>
    socket.onMessage((data) => {
      sent.push(typeof data === "string" ? data : data.toString("latin1"));
      if (message !== undefined) socket.send(Buffer.from(message));
    }));
  return sent;
}

/** One server for all tests: it bundles our modules once. */
let server: TokenServer | undefined;

for (const example of CASES) {
  browserTest(
    `examples/pages/${example.page}.html sends a token of our server, and explains what the SDK says to the answer`,
    async (page) => {
      const { url: base, stop } = serve(server ??= withExamples(serverOf()));
      try {
        const sent = await asAgora(page, base, example);
        await page.goto(base + example.page);
        await page.getByRole("button", { name: example.button, exact: true }).click();
        const log = page.locator("#log li");
        for (const text of example.shows) await log.filter({ hasText: text }).first().waitFor();
        assertEquals(await log.filter({ hasText: example.shows[0]! }).count(), 1);
        const token = /007[A-Za-z0-9+/=]{50,}/.exec(sent.join("\n"))?.[0];
        assert(token !== undefined);
        const { ok, findings } = await verifyToken(token, { certificates: CERTIFICATE });
        assert(ok, JSON.stringify(findings));
      } finally {
        await stop();
      }
    },
    { causes: /./ }, // the SDKs write what failed to the console
  );
}

/** What a page does with an SDK that grants everything. */
interface Granted {
  page: string;
  /** The SDK: it notes the calls in `calls`, and keeps the listeners in `listeners`. */
  sdk: string;
  enter: string;
  leave: string;
  /** The event that says that the token expired, and its value. */
  expired: readonly [event: string, value?: unknown];
  /** The calls when the page enters, when it renews, after the token expired, and when it leaves. */
  calls: readonly (readonly string[])[];
}

const GRANTED: readonly Granted[] = [
  {
    page: "rtc",
    sdk: `AgoraRTC = {
      createClient: () => ({
        on,
        off,
        join: call("join"),
        publish: call("publish"),
        renewToken: call("renewToken"),
        leave: call("leave"),
      }),
      createMicrophoneAndCameraTracks: async () => [],
    };`,
    enter: "Join",
    leave: "Leave",
    expired: ["token-privilege-did-expire"],
    calls: [["join", "publish"], ["renewToken"], ["join", "publish"], ["leave"]],
  },
  {
    page: "rtm",
    sdk: `AgoraRTM = {
      RTM: class {
        addEventListener = on;
        removeEventListener = off;
        login = call("login");
        subscribe = call("subscribe");
        createStreamChannel = () => ({ join: call("join") });
        renewToken = call("renewToken");
        logout = call("logout");
      },
    };`,
    enter: "Log in",
    leave: "Log out",
    expired: ["linkState", {
      currentState: "FAILED",
      operation: "SERVER_REJECT",
      serviceType: "MESSAGE",
      reason: "Token expired",
    }],
    calls: [["login", "subscribe", "join"], ["renewToken", "renewToken"], ["logout", "login", "subscribe", "join"], ["logout"]],
  },
  {
    page: "chat",
    sdk: `WebIM = {
      connection: class {
        addEventHandler = (id, handlers) => {
          for (const [event, listener] of Object.entries(handlers)) listeners.push({ id, event, listener });
        };
        removeEventHandler = (id) => listeners = listeners.filter((other) => other.id !== id);
        open = call("open");
        renewToken = call("renewToken");
        close = call("close");
      },
    };`,
    enter: "Open",
    leave: "Close",
    expired: ["onTokenExpired"],
    calls: [["open"], ["renewToken"], ["open"], ["close"]],
  },
];

/** What all of these SDKs have. */
const SDK = `
  calls = [];
  listeners = [];
  on = (event, listener) => listeners.push({ event, listener });
  off = (event, listener) => listeners = listeners.filter((other) => other.listener !== listener);
  held = new Promise((resolve) => release = resolve);
  call = (name) => async () => {
    calls.push(name);
    if (name === globalThis.holds) await held;
    if (name === globalThis.refuses) throw new Error("refused by the SDK");
  };
  emit = ([event, value]) => listeners.filter((other) => other.event === event).forEach(({ listener }) => listener(value));
`;

for (const { page: name, sdk, enter, leave, expired, calls } of GRANTED) {
  const [first, last] = [calls[0]![0]!, calls.at(-1)![0]!];

  browserTest(
    `examples/pages/${name}.html leaves nothing of a stay that was refused, left while getting in, or begun twice`,
    async (page) => {
      const { url: base, stop } = serve(server ??= withExamples(serverOf()));
      try {
        const [contentType, body] = ["text/javascript", SDK + sdk];
        await page.route(/\/agora-[\w-]+\.js$/, (route) => route.fulfill({ contentType, body }));
        const press = (button: string) => page.getByRole("button", { name: button, exact: true }).click();
        const called = (call: string) => page.waitForFunction(`calls.includes("${call}")`);
        const refused = () => page.locator("#log li").filter({ hasText: /SDK says/ }).count();
        /** What the page still does when its token expires. */
        const after = async () => {
          await page.waitForTimeout(100);
          const before = await page.evaluate("calls.splice(0)") as string[];
          await page.evaluate(`emit(${JSON.stringify(expired)})`);
          await page.waitForTimeout(100);
          return { before, after: await page.evaluate("calls.splice(0)") };
        };
        await page.goto(base + name);
        await page.evaluate(`globalThis.refuses = "${first}"`);
        await press(enter);
        await called(last);
        assertEquals([await after(), await refused()], [{ before: [first, last], after: [] }, 1]);

        await page.goto(base + name);
        await page.evaluate(`globalThis.holds = "${first}"`);
        await press(enter);
        await called(first);
        await press(leave);
        await called(last);
        await page.evaluate("release()");
        assertEquals([await after(), await refused()], [{ before: [first, last, last], after: [] }, 0]);

        await page.goto(base + name);
        await page.evaluate("form.requestSubmit(), form.requestSubmit()");
        await called(calls[0]!.at(-1)!);
        await press(leave);
        const twice = await after();
        assertEquals([twice.before.filter((call) => call !== last), twice.before.at(-1)], [[...calls[0]!], last]);
        assertEquals([twice.after, await refused()], [[], 0]);
      } finally {
        await stop();
      }
    },
  );

  browserTest(
    `examples/pages/${name}.html gets in, renews, gets in again after its token expired, and leaves`,
    async (page) => {
      const { url: base, stop } = serve(server ??= withExamples(serverOf()));
      try {
        const [contentType, body] = ["text/javascript", SDK + sdk];
        await page.route(/\/agora-[\w-]+\.js$/, (route) => route.fulfill({ contentType, body }));
        await page.goto(base + name);
        const press = (button: string) => page.getByRole("button", { name: button, exact: true }).click();
        const expire = () => page.evaluate(`emit(${JSON.stringify(expired)})`);
        for (const [index, step] of [() => press(enter), () => press("Renew now"), expire, () => press(leave)].entries()) {
          await step();
          await page.waitForFunction(`calls.length >= ${calls[index]!.length}`);
          assertEquals(await page.evaluate("calls.splice(0)"), calls[index]);
        }
        assertEquals(await page.locator("#log li").filter({ hasText: /SDK says/ }).count(), 0);
      } finally {
        await stop();
      }
    },
  );
}
