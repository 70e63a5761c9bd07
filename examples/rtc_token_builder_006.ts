// The official RtcTokenBuilder samples of format 006. Run it with
// `deno run --allow-env=AGORA_APP_ID,AGORA_APP_CERTIFICATE examples/rtc_token_builder_006.ts`.
import { RtcRole006, RtcTokenBuilder } from "@agoratoken/agoratoken/legacy";
import { credentials } from "./credentials.ts";

const [appId, appCertificate] = credentials();
const channelName = "7d72365eb983485397e3e3f9d460bdda";
const uid = 2882341273;
const account = "2882341273";
const privilegeExpiredTs = Math.floor(Date.now() / 1000) + 3600; // absolute, as every time in 006

const withUid = await RtcTokenBuilder.buildTokenWithUid(
  appId,
  appCertificate,
  channelName,
  uid,
  RtcRole006.PUBLISHER,
  privilegeExpiredTs,
);
console.log("Token with int uid:", withUid);

const withAccount = await RtcTokenBuilder.buildTokenWithAccount(
  appId,
  appCertificate,
  channelName,
  account,
  RtcRole006.SUBSCRIBER,
  privilegeExpiredTs,
);
console.log("Token with user account:", withAccount);
