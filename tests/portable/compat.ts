import { assertEquals, assertThrows } from "@std/assert";
import * as asynchronous from "../../mod.ts";
import * as compat from "../../src/official/compat.ts";
import { synchronousEngine } from "../../src/runtime/synchronous.ts";
import { APP_ID, CERTIFICATE, collect, parse007 } from "./case.ts";

export const { cases, test } = collect();

const agent = ["lobby", "alice", 1, 3600, 1, 2, 3, 4, "alice", 5] as const;
const builds = {
  "RtcTokenBuilder": () => [
    compat.RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "lobby", 7, 1, 3600),
    asynchronous.RtcTokenBuilder2.buildTokenWithUid(APP_ID, CERTIFICATE, "lobby", 7, 1, 3600),
  ],
  "RtmTokenBuilder": () => {
    const permissions = new compat.Rtm2Permissions();
    permissions.add(compat.Rtm2Permissions.kUsers, compat.Rtm2Permissions.kWrite, ["bob"]);
    return [
      compat.RtmTokenBuilder.buildTokenWithPermissions(APP_ID, CERTIFICATE, "alice", permissions, 60),
      asynchronous.RtmTokenBuilder2.buildTokenWithPermissions(APP_ID, CERTIFICATE, "alice", { users: { write: ["bob"] } }, 60),
    ];
  },
  "EducationTokenBuilder": () => [
    compat.EducationTokenBuilder.buildRoomUserToken(APP_ID, CERTIFICATE, "room", "alice", 2, 60),
    asynchronous.EducationTokenBuilder.buildRoomUserToken(APP_ID, CERTIFICATE, "room", "alice", 2, 60),
  ],
  "ConvoAITokenBuilder": () => [
    compat.ConvoAITokenBuilder.buildToken(APP_ID, CERTIFICATE, ...agent),
    asynchronous.ConvoAITokenBuilder.buildToken(APP_ID, CERTIFICATE, ...agent),
  ],
};

for (const [name, build] of Object.entries(builds)) {
  test(`compat's ${name} makes what the asynchronous one makes, or says that it cannot here`, async () => {
    if (synchronousEngine() === undefined) {
      assertEquals(assertThrows(build, asynchronous.AgoraTokenError).code, "crypto-unavailable");
      return;
    }
    const [one, other] = await Promise.all((await Promise.all(build())).map(parse007));
    assertEquals([one!.services, one!.expire, one!.appId], [other!.services, other!.expire, other!.appId]);
  });
}
