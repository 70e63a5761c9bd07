// The official RtmTokenBuilder sample of format 006. Run it with
// `deno run --allow-env=AGORA_APP_ID,AGORA_APP_CERTIFICATE examples/rtm_token_builder_006.ts`.
import { RtmTokenBuilder } from "@agoratoken/agoratoken/legacy";
import { credentials } from "./credentials.ts";

const [appId, appCertificate] = credentials();
const account = "test_user_id";
const rtmUser = 1; // the only role there is
const privilegeExpiredTs = Math.floor(Date.now() / 1000) + 3600; // absolute

console.log("Rtm Token:", await RtmTokenBuilder.buildToken(appId, appCertificate, account, rtmUser, privilegeExpiredTs));
