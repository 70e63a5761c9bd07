import { assert, assertEquals } from "@std/assert";
import { buildToken, parseToken, verifyToken } from "../mod.ts";
import { buildHelp } from "../src/cli/build.ts";
import { tokenOfJson } from "../src/cli/json.ts";
import { SERVICE_WORDS, type ServiceWords } from "../src/formats/access_token2/service_words.ts";
import { SERVICES, type ServiceSpec } from "../src/formats/access_token2/services.ts";
import { packToken } from "../src/formats/pack.ts";
import { jsonOfToken } from "../src/inspect/json.ts";
import { decide, EVERYTHING } from "../src/server/access/grant.ts";
import { APP_ID, CERTIFICATE } from "./portable/case.ts";

// A service is one row of the table, and its words: this file runs alone, adds a made-up service 11, and asks everyone who reads the table.

const [, , streaming] = SERVICES;
(SERVICES as ServiceSpec[]).push({
  type: 11,
  name: "example" as ServiceSpec["name"],
  fields: streaming!.fields,
  privileges: { watch: 1, publishThing: 2 },
});
(SERVICE_WORDS as Record<string, ServiceWords>).example = { title: "Example", about: "a made-up service", fields: {} };

const REQUEST = { type: "example", channelName: "c", uid: 7, privileges: { watch: 60, publishThing: 30 } };

Deno.test("a row of SERVICES and one of SERVICE_WORDS are all that building, parsing, verifying, the command line and grants need of a service", async () => {
  const options = { appId: APP_ID, appCertificate: CERTIFICATE, expire: 60, salt: 1 };
  const built = await buildToken({ ...options, services: [REQUEST as never] });
  const token = await parseToken(built);
  assert(token.version === "007" && token.unknownServiceType === undefined);
  const wire = { type: "example", channelName: "c", account: "7", privileges: { watch: 60, publishThing: 30 } };
  assertEquals(token.services as unknown[], [wire]);

  const verification = await verifyToken(built, { certificates: CERTIFICATE, channelName: "c", uid: 7, service: "example" });
  assert(verification.ok, verification.findings.map(({ message }) => message).join(" "));
  const [right] = verification.view.rights;
  assertEquals([right!.service, right!.channel?.kind, right!.privileges.map(({ name }) => name)], [
    "example",
    "text",
    ["watch", "publishThing"],
  ]);
  assertEquals((await verifyToken(built, { certificates: CERTIFICATE, channelName: "d" })).ok, false);

  const json = jsonOfToken(token);
  assertEquals((json.services as { type: number; privileges: unknown }[])[0]!.privileges, { "1": 60, "2": 30 });
  const { services, issueTs } = json as { services: unknown; issueTs: number };
  const again = tokenOfJson({ ...options, issueTs, services });
  assertEquals((await parseToken(await packToken(again.token, CERTIFICATE)) as typeof token).services as unknown[], [wire]);

  assert(/example +a made-up service\n +--channelName --uid --account --privileges/.test(buildHelp()), buildHelp());
  const service = token as Parameters<typeof decide>[2];
  assertEquals(decide({ ...EVERYTHING, services: ["example" as never] }, {}, service), undefined);
  assertEquals(decide({ ...EVERYTHING, services: ["rtc"] }, {}, service), "services");
  assertEquals(decide({ ...EVERYTHING, services: ["example" as never], channels: ["d"] }, {}, service), "channels");
  assertEquals(decide({ ...EVERYTHING, services: ["example" as never], roles: ["subscriber"] }, {}, service), "roles");
});
