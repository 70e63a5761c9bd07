// Every call of the official RtmTokenBuilder2 samples. Run it with
// `deno run --allow-env=AGORA_APP_ID,AGORA_APP_CERTIFICATE examples/rtm_token_builder2.ts`.
import { RtmTokenBuilder2 } from "@agoratoken/agoratoken";
import { credentials } from "./credentials.ts";

const [appId, appCertificate] = credentials();
const userId = "test_user_id";
const expire = 3600; // seconds from now

console.log("App Id:", appId);
console.log("Rtm Token:", await RtmTokenBuilder2.buildToken(appId, appCertificate, userId, expire));

const permissions = {
  messageChannels: { read: ["lobby", "stage*"], write: ["lobby"] },
  users: { read: ["*"] },
};
const withPermissions = await RtmTokenBuilder2.buildTokenWithPermissions(appId, appCertificate, userId, permissions, expire);
console.log("Rtm Token with permissions:", withPermissions);
