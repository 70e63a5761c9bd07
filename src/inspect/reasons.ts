import { documentedService } from "../build/limits.ts";
import type { ParsedToken007 } from "../formats/access_token2/types.ts";
import { MAX_LIFETIME, type Seconds } from "../formats/common.ts";
import { AgoraTokenError } from "../errors.ts";
import type { ParsedToken006 } from "../formats/legacy_types.ts";
import { type Finding, finding } from "./findings.ts";
import { type Given, userText } from "./format.ts";
import type { ParsedToken } from "./formats.ts";

// The reasons for which a token that can be read does not work, or may not.

/** What the token is to be used for. */
export type Intent = "join" | "publishAudio" | "publishVideo" | "publishData" | "host" | "loginRtm" | "chat";

/** What an intent takes: a token of one of these services, with these privileges. */
export const INTENTS: Readonly<
  Record<Intent, { readonly services: readonly string[]; readonly privileges: readonly string[] }>
> = {
  join: { services: ["rtc"], privileges: ["joinChannel"] },
  publishAudio: { services: ["rtc"], privileges: ["joinChannel", "publishAudioStream"] },
  publishVideo: { services: ["rtc"], privileges: ["joinChannel", "publishVideoStream"] },
  publishData: { services: ["rtc"], privileges: ["joinChannel", "publishDataStream"] },
  host: { services: ["rtc"], privileges: ["joinChannel", "publishAudioStream", "publishVideoStream"] },
  loginRtm: { services: ["rtm", "rtm2"], privileges: ["login"] },
  chat: { services: ["chat"], privileges: ["user"] },
};

/** The SDK warns of the end this many seconds before it. */
export const SDK_WARNS_BEFORE: Seconds = 30;

/** No duration is this long, and no time of a token is this early: 1 January 1980, in seconds. */
const DURATION_OR_TIME: Seconds = 315_532_800;

/** What a program writes for a value that is not there. */
const LITERALS = ["0", "undefined", "null", "NaN"];

/** Whether the token is of the project that is used, and of the format that is wanted. */
export function projectFindings(token: ParsedToken, appId: string | undefined): Finding[] {
  const findings: Finding[] = [];
  const fold = (id: string) => token.version === "005" ? id.toLowerCase() : id; // 005 holds bytes, not letters
  if (appId !== undefined && fold(appId) !== fold(token.appId)) {
    const how = appId.toLowerCase() === token.appId.toLowerCase() ? " They differ only in letter case." : "";
    const message = `The token is for the App ID ${token.appId}, not for the one that is used.${how}`;
    findings.push(finding("app-id-mismatch", message, { field: "appId", actual: token.appId }));
  }
  if (token.version !== "007") {
    const message = `The token is of the old format ${token.version}; current SDKs and services want 007.`;
    findings.push(finding("legacy-format", message, { expected: "007", actual: token.version }));
  }
  return findings;
}

/** The end that is near, and numbers that are durations for times, or times for durations. */
export function timeFindings(token: ParsedToken, { until }: { until?: Seconds }, now: Seconds): Finding[] {
  const findings: Finding[] = [];
  if (until !== undefined && now < until && until - now <= SDK_WARNS_BEFORE) {
    findings.push(finding("expires-soon", `The token ends in ${until - now} seconds.`, { actual: String(until) }));
  }
  if (token.version === "007") {
    if (now >= token.issueTs + MAX_LIFETIME && token.expire > MAX_LIFETIME) {
      const message = `The token was made ${now - token.issueTs} seconds ago; it must be used within ${MAX_LIFETIME}.`;
      findings.push(finding("older-than-24-hours", message, { field: "issueTs", actual: String(token.issueTs) }));
    }
    const durations = privilegesOf(token).map(({ field, value }) => ({ field, value }));
    for (const { field, value } of [{ field: "expire", value: token.expire }, ...durations]) {
      if (value < DURATION_OR_TIME || value === 0xffffffff) continue;
      const message = `The duration "${field}" is ${value} seconds, which looks like an absolute time.`;
      findings.push(finding("absolute-time-as-duration", message, { field, actual: String(value) }));
    }
    for (const { field, value } of durations) {
      if (value === 0 || value >= token.expire || now >= token.issueTs + value) continue;
      const message = `The privilege "${field}" ends ${token.expire - value} seconds before the token.`;
      findings.push(finding("privilege-ends-early", message, { field, actual: String(value), expected: String(token.expire) }));
    }
    return findings;
  }
  const times = token.version === "006"
    ? [{ field: "ts", value: token.ts }, ...privilegesOf(token)]
    : "expiredTs" in token
    ? [{ field: "expiredTs", value: token.expiredTs }]
    : [];
  for (const { field, value } of times) {
    if (value === 0 || value >= DURATION_OR_TIME) continue;
    const message = `The time "${field}" is ${value}, which looks like a duration: as a time it is long past.`;
    findings.push(finding("duration-as-absolute-time", message, { field, actual: String(value) }));
  }
  return findings;
}

/** Whether the token has what the intent takes. */
export function intentFindings(token: ParsedToken, given: Given, intent: Intent | undefined, now: Seconds): Finding[] {
  if (intent === undefined) return [];
  const { services, privileges } = INTENTS[intent];
  const grants = grantsOf(token);
  if (grants === undefined) return keyFindings(token, intent);
  const ofService = grants.filter(({ service }) => services.includes(service));
  // Of several channels, the one that is joined counts.
  const ofChannel = ofService.filter(({ channelName }) =>
    !channelName || !given.channelName || channelName === given.channelName
  );
  const fitting = ofChannel.length > 0 ? ofChannel : ofService;
  if (fitting.length === 0) {
    const user = userText(given);
    const actual = [...new Set(grants.map(({ service }) => service))].join(", ") || "none";
    const swapped = token.version === "007" && intent === "loginRtm" && user
      ? token.services.findIndex((service) => service.type === "rtc" && service.channelName === user)
      : -1;
    if (swapped >= 0) {
      const message = `The channel of this RTC token is ${JSON.stringify(user)}: the user stands in the channel's field.`;
      return [finding("user-in-channel-field", message, { field: `services[${swapped}].channelName`, actual: user! })];
    }
    const message = `The token is not for ${services.join(" or ")}: it has ${actual}.`;
    return [finding("service-missing", message, { field: "services", expected: services.join(" or "), actual })];
  }
  const findings: Finding[] = [];
  for (const privilege of privileges) {
    const ends = fitting.map(({ privileges }) => privileges[privilege]).filter((end) => end !== undefined);
    if (ends.some(({ until }) => until === undefined || now < until)) continue;
    const label = `${fitting[0]!.service} ${privilege}`;
    if (ends.length > 0) {
      const message = `The privilege ${label}, which is needed, has ended.`;
      findings.push(finding("privilege-expired", message, { field: ends[0]!.field, severity: "error" }));
    } else if (privilege.startsWith("publish")) {
      const message = `The token does not allow ${label}: it is a subscriber's.`;
      findings.push(finding("publish-privilege-missing", message, { expected: privilege }));
    } else {
      findings.push(finding("privilege-missing", `The token does not allow ${label}.`, { expected: privilege }));
    }
  }
  return findings;
}

/** What a dynamic key or SignalingToken is for, as far as it tells. */
function keyFindings(token: ParsedToken, intent: Intent): Finding[] {
  const isRtc = INTENTS[intent].services.includes("rtc");
  const service = token.version === "005" ? token.service : undefined;
  const wrong = token.version === "signaling"
    ? intent !== "loginRtm"
    : !isRtc || service === "recording" || service === "publicSharing";
  if (wrong) {
    const message = `A token of format ${token.version}${service === undefined ? "" : ` (${service})`} is not for ${intent}.`;
    return [finding("service-missing", message, { field: "service", expected: INTENTS[intent].services.join(" or ") })];
  }
  if (token.version === "005" && service === "inChannelPermission" && token.extra["1"] === "0" && intent !== "join") {
    return [
      finding("publish-privilege-missing", "The key allows no upload in the channel.", { field: "extra.1", actual: "0" }),
    ];
  }
  return [];
}

/** What a token allows: by service, each privilege with its end; nothing where the format has no privileges. */
function grantsOf(token: ParsedToken): {
  service: string;
  channelName?: string;
  privileges: Record<string, { until: Seconds | undefined; field: string }>;
}[] | undefined {
  if (token.version === "007") {
    return token.services.map(({ type, privileges, ...fields }, index) => ({
      service: type,
      ...("channelName" in fields ? { channelName: fields.channelName } : {}),
      privileges: Object.fromEntries(
        Object.entries(privileges as Record<string, number>).map(([name, value]) => [name, {
          until: value === 0 ? undefined : token.issueTs + value,
          field: `services[${index}].privileges.${name}`,
        }]),
      ),
    }));
  }
  if (token.version !== "006") return undefined;
  const privileges = Object.fromEntries(
    privilegesOf(token).map(({ name, field, value }) => [name, { until: value === 0 ? undefined : value, field }]),
  );
  const { rtmLogin, ...rtc } = privileges;
  const rtm = rtmLogin === undefined ? [] : [{ service: "rtm", privileges: { login: rtmLogin } }];
  return [...(Object.keys(rtc).length === 0 && rtm.length > 0 ? [] : [{ service: "rtc", privileges: rtc }]), ...rtm];
}

/** A mismatch, with how the two values differ where that tells more. */
export function explainMismatch(found: Finding, { uid, account }: Given): Finding {
  const { code, expected = "", actual = "", message } = found;
  const details = { field: found.field!, expected, ...(found.actual === undefined ? {} : { actual }) };
  if (code === "channel-mismatch" && found.actual !== undefined) {
    const how = difference(expected, actual);
    return how === undefined ? found : { ...found, message: `${message} They differ only in ${how}.` };
  }
  if (code === "user-mismatch" && found.actual !== undefined) {
    const isUid = /^[1-9]\d{0,9}$/.test(actual);
    if (uid !== undefined && !isUid && !LITERALS.includes(actual)) {
      const text = `The token is for the account ${JSON.stringify(actual)}, but the number ${uid} is used as uid.`;
      return finding("uid-against-account", text, details);
    }
    if (account !== undefined && isUid && !/^\d+$/.test(account)) {
      const text = `The token is for the uid ${actual}, but the account ${JSON.stringify(account)} is used.`;
      return finding("uid-against-account", text, details);
    }
    const how = difference(expected, actual);
    return how === undefined ? found : { ...found, message: `${message} They differ only in ${how}.` };
  }
  return found;
}

/** In what only two names differ, if it is something that the eye misses. */
function difference(a: string, b: string): string | undefined {
  const decoded = (text: string) => {
    try {
      return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
      return text;
    }
  };
  if (a.toLowerCase() === b.toLowerCase()) return "letter case";
  if (a.replaceAll(/\s/g, "") === b.replaceAll(/\s/g, "")) return "blanks";
  if (a.normalize() === b.normalize()) return "Unicode form";
  return decoded(a) === decoded(b) ? "percent-encoding" : undefined;
}

/** What is odd about channel, user and services, whatever the token is used for. */
export function contentFindings(token: ParsedToken, intent: Intent | undefined): Finding[] {
  if (token.version !== "007") return [];
  return token.services.flatMap((service, index) => {
    const findings: Finding[] = [];
    const prefix = `services[${index}].`;
    if ("channelName" in service) {
      const userField = service.type === "rtc" ? "uid" : "account";
      const user = service.type === "rtc" ? service.uid : service.account;
      if (service.channelName === "") {
        findings.push(finding("wildcard-channel", "The token is good for any channel.", { field: `${prefix}channelName` }));
      }
      if (user === "") {
        findings.push(finding("wildcard-user", "The token is good for any user.", { field: prefix + userField }));
      }
      if (LITERALS.includes(user)) {
        const message = `The user is the text ${JSON.stringify(user)}, as a program writes a value that is not set.`;
        findings.push(finding("literal-account", message, { field: prefix + userField, actual: user }));
      }
    }
    if ("userId" in service && LITERALS.includes(service.userId)) {
      const message = `The user is the text ${JSON.stringify(service.userId)}, as a program writes a value that is not set.`;
      findings.push(finding("literal-account", message, { field: `${prefix}userId`, actual: service.userId }));
    }
    if ((service.type === "chat" || service.type === "apaas") && service.privileges.app !== undefined) {
      const field = `${prefix}privileges.app`;
      const message = `The token is an administrator's ${service.type} token for the whole app.`;
      findings.push(finding("app-level-token", message, intent === undefined ? { field } : { field, severity: "error" }));
    }
    try {
      // Lives have findings of their own; here it is the names.
      documentedService({ ...service, privileges: {} }, prefix);
    } catch (error) {
      if (!(error instanceof AgoraTokenError)) throw error;
      findings.push(
        finding("against-documented-rules", `${error.message}.`, error.field === undefined ? {} : { field: error.field }),
      );
    }
    return findings;
  });
}

/** Every privilege with its number of seconds: a duration in 007, a time in 006. */
function privilegesOf(token: ParsedToken007 | ParsedToken006): {
  name: string;
  field: string;
  value: Seconds;
}[] {
  const entries = (privileges: object, prefix: string) =>
    Object.entries(privileges as Record<string, number>).map(([name, value]) => ({
      name,
      field: `${prefix}privileges.${name}`,
      value,
    }));
  if (token.version === "006") return entries(token.privileges, "");
  return token.services.flatMap(({ privileges }, index) => entries(privileges, `services[${index}].`));
}
