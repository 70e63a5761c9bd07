import { assertEquals } from "@std/assert";
import { createHmac } from "node:crypto";

// The receivers of examples/: the same requests, and the same answers.

const SECRET = "the secret of a notification configuration";

/** A notification that was just sent, with the headers of Agora. */
function sent(noticeId: string, secret = SECRET, payload: unknown = { channelName: "lobby" }): RequestInit {
  const body = JSON.stringify({ eventType: 101, noticeId, notifyMs: Date.now(), payload, productId: 1 });
  const sign = (hash: string) => createHmac(hash, secret).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "agora-signature": sign("sha1"),
    "agora-signature-v2": sign("sha256"),
  };
  return { method: "POST", headers, body };
}

/** What a receiver answers and prints. */
async function received(answer: (init: RequestInit) => Promise<Response>): Promise<[number[], unknown[][]]> {
  const { log, warn } = console;
  const before = Deno.env.get("AGORA_NOTIFICATION_SECRET");
  const printed: unknown[][] = [];
  console.log = (...values) => printed.push(values);
  console.warn = (...values) => printed.push(values.slice(0, 1));
  Deno.env.set("AGORA_NOTIFICATION_SECRET", SECRET);
  try {
    const statuses: number[] = [];
    const spaced = sent("2");
    for (
      const init of [
        sent("1"),
        sent("1"), // again
        sent("3", "another secret"),
        { ...spaced, body: JSON.stringify(JSON.parse(spaced.body as string), null, 1) },
        { method: "POST" },
        sent("4", SECRET, "x".repeat(65_536)),
      ]
    ) {
      const response = await answer(init);
      statuses.push(response.status);
      const body = await response.text();
      if (response.status < 402) assertEquals(body, response.ok ? "{}" : "");
    }
    return [statuses, printed];
  } finally {
    Object.assign(console, { log, warn });
    if (before === undefined) Deno.env.delete("AGORA_NOTIFICATION_SECRET");
    else Deno.env.set("AGORA_NOTIFICATION_SECRET", before);
  }
}

const ANSWERS: [number[], unknown[][]] = [
  [200, 200, 401, 401, 401, 413],
  [[1, 101, { channelName: "lobby" }], ["signature-mismatch"], ["body-rewritten"], ["signature-missing"]],
];

Deno.test("examples/notifications_fetch.ts takes a notification once, and refuses what Agora did not sign", async () => {
  const { default: receiver } = await import("../examples/notifications_fetch.ts");
  assertEquals(await received((init) => receiver.fetch(new Request("http://localhost/", init))), ANSWERS);
});

Deno.test("examples/notifications_express.ts takes a notification once, and refuses what Agora did not sign, in Express", async () => {
  const { app } = await import("../examples/notifications_express.ts");
  app.set("env", "test"); // no stack on standard error for the body that is too large
  const listening = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => listening.on("listening", resolve));
  try {
    const { port } = listening.address() as { port: number };
    assertEquals(await received((init) => fetch(`http://127.0.0.1:${port}/agora`, init)), ANSWERS);
  } finally {
    await new Promise((resolve) => listening.close(resolve));
  }
});
