import { assertEquals } from "@std/assert";
import {
  buildToken,
  chat,
  convoai,
  diagnoseToken,
  fpa,
  inspectToken,
  packToken,
  rtc,
  type RtcOptions,
  rtm2,
  type Service,
  type ServiceRequest,
  streaming,
  type Token,
  verifyToken,
} from "../mod.ts";
import type { SERVICES } from "../src/formats/access_token2/services.ts";
import { APP_ID, CERTIFICATE, packed, parse007 } from "./portable/case.ts";

// What the types take and what they refuse: `deno check` fails where an expected error is absent, too.

const project = { appId: APP_ID, appCertificate: CERTIFICATE, expire: 60 } as const;

Deno.test("buildToken() and packToken() accept readonly and `as const` values", async () => {
  const options = {
    ...project,
    services: [
      { type: "rtc", channelName: "c", uid: 7, privileges: { joinChannel: 60 } },
      { type: "rtm2", userId: "u", permissions: { users: { read: ["a"] } } },
      { type: "stt" },
    ],
  } as const;
  const built = await parse007(await buildToken(options));
  assertEquals(built.services.map(({ type }) => type), ["rtc", "rtm2", "stt"]);
  const names: readonly string[] = ["a"];
  const request: ServiceRequest = rtm2({ userId: "u", permissions: { users: { read: names } } });
  const requests: readonly ServiceRequest[] = Object.freeze([request]);
  assertEquals((await parse007(await buildToken({ ...project, services: requests }))).services, built.services.slice(1, 2));
  const token = {
    version: "007",
    appId: APP_ID,
    issueTs: 1,
    expire: 60,
    salt: 1,
    services: [{ type: "rtm2", userId: "u", permissions: { users: { read: ["a"] } }, privileges: { login: 60 } }],
  } as const;
  const frozen: Token = token;
  assertEquals((await parse007(await packToken(frozen, CERTIFICATE))).services, built.services.slice(1, 2));
});

Deno.test("rtc() and the others accept their options, and the types refuse everything else", () => {
  const options: RtcOptions = { channelName: "c", account: "a", role: "subscriber" };
  const taken: ServiceRequest[] = [rtc(options), fpa(), fpa({ privilegeExpire: 9 }), chat({ app: true }), convoai({})];
  const refused: ServiceRequest[] = [
    // @ts-expect-error: a misspelt option
    rtc({ channel: "c", uid: 7, role: "publisher" }),
    // @ts-expect-error: uid and account together
    rtc({ channelName: "c", uid: 7, account: "a", role: "publisher" }),
    // @ts-expect-error: neither uid nor account
    rtc({ channelName: "c", role: "publisher" }),
    // @ts-expect-error: neither role nor privileges
    rtc({ channelName: "c", uid: 7 }),
    // @ts-expect-error: role and privileges together
    rtc({ channelName: "c", uid: 7, role: "publisher", privileges: {} }),
    // @ts-expect-error: no such role
    rtc({ channelName: "c", uid: 7, role: "host" }),
    // @ts-expect-error: a uid is a number
    rtc({ channelName: "c", uid: "7", role: "publisher" }),
    // @ts-expect-error: no such privilege
    streaming({ channelName: "c", uid: 7, privileges: { joinChannel: 60 } }),
    // @ts-expect-error: a user and the whole app
    chat({ userId: "u", app: true }),
    // @ts-expect-error: a request names its service
    { channelName: "c", uid: 7, role: "publisher" },
    // @ts-expect-error: an option of another service
    { type: "rtm", userId: "u", channelName: "c" },
  ];
  assertEquals([taken.length, refused.length], [5, 11]);
  // @ts-expect-error: a service as on the wire is not a request
  const wire: ServiceRequest = { type: "rtc", channelName: "c", uid: "7", privileges: {} };
  // @ts-expect-error: a request is not a service as on the wire
  const request: Service = rtc(options);
  assertEquals([wire.type, request.type], ["rtc", "rtc"]);
});

Deno.test("every service of the table is in both unions, Service and ServiceRequest", () => {
  type Same<A, B> = [A, B] extends [B, A] ? true : false;
  const same: Same<Service["type"], ServiceRequest["type"]> = true;
  const named: Same<Service["type"], typeof SERVICES[number]["name"]> = true;
  assertEquals([same, named], [true, true]);
});

// What was found narrows by what was found: no second look, no assertion.
async function narrows(text: string): Promise<void> {
  const inspection = await inspectToken(text);
  if (!inspection.error) inspection.token.appId satisfies string;
  else inspection.partial.version satisfies string | undefined;
  const verification = await verifyToken(text, { certificates: [] });
  if (verification.ok) [verification.token.appId, verification.certificateIndex, verification.view.rights] satisfies unknown[];
  // @ts-expect-error -- where it is not ok, there may be no token
  else verification.token.appId;
  if (verification.error === undefined) verification.token.appId satisfies string;
  const diagnosis = await diagnoseToken(text);
  if (diagnosis.verdict === "works") diagnosis.token.appId satisfies string;
  for (const finding of diagnosis.findings) {
    if (finding.code === "expired") finding.params.expiresAt satisfies number;
    // @ts-expect-error -- the values are those of the code
    if (finding.code === "expired") finding.params.lifetime;
  }
}

Deno.test("an Inspection, a Verification, a Diagnosis and a Finding narrow by what was found", async () => {
  await narrows(await packed());
});
