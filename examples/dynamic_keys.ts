// The keys of SDKs before 2.1: to join a media channel, and for recording. Run it with
// `deno run --allow-env=AGORA_APP_ID,AGORA_APP_CERTIFICATE examples/dynamic_keys.ts`.
import { DynamicKey, DynamicKey3, DynamicKey4, DynamicKey5 } from "@agoratoken/agoratoken/legacy";
import { credentials } from "./credentials.ts";

const [appId, appCertificate] = credentials();
const channelName = "7d72365eb983485397e3e3f9d460bdda";
const uid = 2882341273; // 0 for anyone
const unixTs = Math.floor(Date.now() / 1000);
const randomInt = crypto.getRandomValues(new Uint32Array(1))[0]!;
const expiredTs = unixTs + 3600; // absolute; 0 for no end of its own
const key = [appId, appCertificate, channelName, unixTs, randomInt, uid, expiredTs] as const;

console.log("Media channel key 5:", await DynamicKey5.generateMediaChannelKey(...key));
console.log("Recording key 5:", await DynamicKey5.generateRecordingKey(...key));
console.log("In-channel permission key 5:", await DynamicKey5.generateInChannelPermissionKey(...key, DynamicKey5.noUpload));
console.log("Media channel key 4:", await DynamicKey4.generateMediaChannelKey(...key));
console.log("Recording key 4:", await DynamicKey4.generateRecordingKey(...key));
console.log("Key 3:", await DynamicKey3.generate(...key));
console.log("Key 1:", await DynamicKey.generate(appId, appCertificate, channelName, unixTs, randomInt));
