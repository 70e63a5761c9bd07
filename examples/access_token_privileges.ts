// An AccessToken with single privileges: in 006 as the official samples add them one by one, and the same in 007. Run it with
// `deno run --allow-env=AGORA_APP_ID,AGORA_APP_CERTIFICATE examples/access_token_privileges.ts`.
import { buildToken, packToken, rtc } from "@agoratoken/agoratoken";
import { credentials } from "./credentials.ts";

const [appId, appCertificate] = credentials();
const channelName = "7d72365eb983485397e3e3f9d460bdda";
const uid = 2882341273;

// AccessToken a(appId, appCertificate, channelName, uid);
// a.AddPrivilege(AccessToken::kJoinChannel); a.AddPrivilege(AccessToken::kPublishAudioStream); a.Build();
const accessToken = await packToken({
  version: "006",
  appId,
  channelName,
  uid: String(uid),
  salt: crypto.getRandomValues(new Uint32Array(1))[0]!,
  ts: Math.floor(Date.now() / 1000) + 24 * 3600, // absolute: no token is valid for longer
  privileges: { joinChannel: 0, publishAudioStream: 0 }, // 0: as long as the token
}, appCertificate);
console.log("AccessToken 006:", accessToken);

const services = [rtc({ channelName, uid, privileges: { joinChannel: 3600, publishAudioStream: 600 } })];
console.log("AccessToken2 007:", await buildToken({ appId, appCertificate, expire: 3600, services }));
