// Every call of the official RtcTokenBuilder2 samples. Run it with
// `deno run --allow-env=AGORA_APP_ID,AGORA_APP_CERTIFICATE examples/rtc_token_builder2.ts`.
import { RtcRole, RtcTokenBuilder2 } from "@agoratoken/agoratoken";
import { credentials } from "./credentials.ts";

const [appId, appCertificate] = credentials();
const channelName = "7d72365eb983485397e3e3f9d460bdda";
const uid = 2882341273;
const account = "2882341273";
const tokenExpire = 3600; // seconds from now, as every time in 007
const privilegeExpire = 3600;
const join = 3600;
const pubAudio = 3600;
const pubVideo = 3600;
const pubDataStream = 3600;

console.log("App Id:", appId);

const withUid = await RtcTokenBuilder2.buildTokenWithUid(
  appId,
  appCertificate,
  channelName,
  uid,
  RtcRole.PUBLISHER,
  tokenExpire,
  privilegeExpire,
);
console.log("Token with int uid:", withUid);

const withAccount = await RtcTokenBuilder2.buildTokenWithUserAccount(
  appId,
  appCertificate,
  channelName,
  account,
  RtcRole.PUBLISHER,
  tokenExpire,
  privilegeExpire,
);
console.log("Token with user account:", withAccount);

const withUidAndPrivilege = await RtcTokenBuilder2.buildTokenWithUidAndPrivilege(
  appId,
  appCertificate,
  channelName,
  uid,
  tokenExpire,
  join,
  pubAudio,
  pubVideo,
  pubDataStream,
);
console.log("Token with int uid and privilege:", withUidAndPrivilege);

const withAccountAndPrivilege = await RtcTokenBuilder2.buildTokenWithUserAccountAndPrivilege(
  appId,
  appCertificate,
  channelName,
  account,
  tokenExpire,
  join,
  pubAudio,
  pubVideo,
  pubDataStream,
);
console.log("Token with user account and privilege:", withAccountAndPrivilege);

const withRtm = await RtcTokenBuilder2.buildTokenWithRtm(
  appId,
  appCertificate,
  channelName,
  account,
  RtcRole.PUBLISHER,
  tokenExpire,
  privilegeExpire,
);
console.log("Token with RTM:", withRtm);

const withRtm2 = await RtcTokenBuilder2.buildTokenWithRtm2(
  appId,
  appCertificate,
  channelName,
  account,
  RtcRole.PUBLISHER,
  tokenExpire,
  join,
  pubAudio,
  pubVideo,
  pubDataStream,
  "test_rtm_user",
  tokenExpire,
);
console.log("Token with RTM of another user:", withRtm2);
