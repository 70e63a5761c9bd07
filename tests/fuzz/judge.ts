import { checksum, type Data, isId, type Names, SERVICES, signed } from "./reference.ts";

// The second judge: whether a token is accepted, told from what docs/facts.md and the format notes say, and from no code of src/.

/** What a token is held to: what `verifyToken` is given. */
export interface Given {
  certificates: string[];
  now: number;
  clockTolerance?: number;
  channelName?: string;
  uid?: number | string;
  account?: string;
  service?: string;
  maxPayload?: number;
}

/** The judgement: whether one of the certificates made the token, and whether it is also valid now and for the names given. */
export interface Judgement {
  readonly made: boolean;
  readonly accepted: boolean;
}

/** The longest that Agora accepts a 007: 24 hours. */
const DAY = 86_400;

/** No time of a token is earlier: 1 January 1980. An older format with such a number was made with a duration, and is refused. */
const EARLIEST = 315_532_800;

/** Judges a token that was read. */
export function judged(token: Data, given: Given): Judgement {
  const candidates = isId(token.appId) ? signedNames(token, given) : [];
  const own = given.certificates.filter(isId);
  const maker =
    candidates.flatMap((names) => own.filter((certificate) => signed(token, certificate, names) === token.signature))[0];
  const made = maker !== undefined;
  // A certificate that is the App ID is a mistake in the configuration, and never accepted.
  const isSecret = maker?.toLowerCase() !== token.appId.toLowerCase();
  return { made, accepted: made && isSecret && isValidAt(token, given) && agrees(token, given) };
}

/** Whether a token is valid at a time. */
function isValidAt(token: Data, { now, clockTolerance = 0 }: Given): boolean {
  if (token.version === "007") {
    const { issueTs, expire } = token;
    return expire > 0 && now >= issueTs - clockTolerance && now < issueTs + Math.min(expire, DAY);
  }
  const { ts, privileges = {}, expiredTs = 0 } = token;
  const times = token.version === "006" ? [ts, ...Object.values<number>(privileges)] : [expiredTs];
  if (times.some((time) => time > 0 && time < EARLIEST)) return false;
  return token.version === "006" ? now < ts : expiredTs === 0 || now < expiredTs;
}

/** The user that is given, as tokens hold it: an account, or a uid in digits, of which 0 is the empty text. */
function userOf({ account, uid }: Given): string | undefined {
  return account ?? (uid === undefined ? undefined : Number(uid) === 0 ? "" : `${Number(uid)}`);
}

/** What the names given are as the names of a 006: one that only logs in to RTM has its account in the channel's place. */
function names006(
  { privileges }: Data,
  given: Given,
): { channel: string | undefined; user: string | undefined; logsIn: boolean } {
  const keys = Object.keys(privileges);
  const logsIn = keys.includes("rtmLogin");
  const [channel, user] = [given.channelName, userOf(given)];
  const isAccount = logsIn && keys.length === 1 && !user && channel !== undefined;
  return isAccount ? { channel: undefined, user: channel, logsIn } : { channel, user, logsIn };
}

/** The names that a token may have been signed for; none where too few are given, or a checksum excludes them. */
function signedNames(token: Data, given: Given): Names[] {
  const { channelName: channel, uid, account, service } = given;
  const digits = uid === undefined ? undefined : `${Number(uid)}`;
  switch (token.version) {
    case "007":
      return [{}];
    case "006":
      return candidates006(token, given);
    case "005":
      return channel === undefined || digits === undefined ? [] : [{ channel, user: digits }, { channel, user: "0" }];
    case "004":
      if (channel === undefined || digits === undefined || !["mediaChannel", "recording", "publicSharing"].includes(service!)) {
        return [];
      }
      return [{ channel, user: digits, service: service! }, { channel, user: "0", service: service! }];
    case "signaling":
      return account === undefined ? [] : [{ user: account }];
    default:
      return channel === undefined ? [] : [{ channel }];
  }
}

function candidates006(token: Data, given: Given): Names[] {
  const { crcChannelName, crcUid } = token;
  const { channel, user, logsIn } = names006(token, given);
  const isOf = (name: string, crc: number) => checksum(name) === crc;
  if (channel !== undefined) {
    if (!isOf(channel, crcChannelName)) return [];
    // For anyone in a channel: the checksum of the empty text is 0. Some other names have that, too.
    const isUser = user !== undefined && isOf(user, crcUid);
    const joins = Object.keys(token.privileges).some((name) => name !== "rtmLogin") || !logsIn;
    const anyone = crcUid === 0 && (joins || isUser) ? [{ channel, user: "" }] : [];
    return isUser ? [{ channel, user }, ...anyone] : anyone;
  }
  if (!logsIn || user === undefined) return [];
  if (crcChannelName === 0 && crcUid !== 0) return isOf(user, crcUid) ? [{ user }] : [];
  return isOf(user, crcChannelName) && crcUid === 0 ? [{ channel: user }] : [];
}

/** The services of today that an old key stands for. */
const TODAY: Readonly<Record<string, readonly string[]>> = {
  "005": ["mediaChannel", "inChannelPermission"],
  "signaling": ["signaling", "rtm"],
};

/** Whether a token is for the service, channel and user given, as far as it says so itself. */
function agrees(token: Data, given: Given): boolean {
  const { channelName: channel, service } = given;
  const user = userOf(given);
  switch (token.version) {
    case "007":
      return token.serviceCount > 0 && agrees007(token.services, channel, user, service);
    case "006":
      return agrees006(token, given);
    case "005":
      return service === undefined || `${token.service}` === service ||
        service === "rtc" && TODAY["005"]!.includes(token.service);
    case "004":
      return true;
    case "signaling":
      return channel === undefined && (service === undefined || TODAY.signaling!.includes(service));
    default: {
      const fits = token.uid === undefined || token.uid === 0 || user === undefined || user === `${token.uid}`;
      return fits && (service === undefined || ["rtc", "mediaChannel"].includes(service));
    }
  }
}

/** Held to a channel, and to the user in it; without one, to the user of any service. One service that fits is enough. */
function agrees007(services: Data[], channel?: string, user?: string, service?: string): boolean {
  const own = services.filter(({ type }) => service === undefined || type === service);
  if (service !== undefined && own.length === 0) return false;
  if (channel === undefined && user === undefined) return true;
  return own.some((one) => {
    const fields = Object.values(SERVICES).find(([type]) => type === one.type)![2];
    const userField = fields.find((name) => /^(uid|account|userId|userUuid)$/.test(name));
    const hasChannel = fields.includes("channelName");
    if (channel === undefined ? userField === undefined : !hasChannel) return false;
    return (channel === undefined || fits007(one, "channelName", channel)) &&
      (user === undefined || fits007(one, userField!, user));
  });
}

/** Whether a name of a service is the one given, or stands for it: an empty one for any (but for RTM), a pattern (of RTC) for those that fit. */
function fits007(service: Data, field: string, name: string): boolean {
  const own: string = service[field];
  if (own === "" && !service.type.startsWith("rtm")) return true;
  return service.type === "rtc" && own.includes("*") ? fitsPattern(own, name) : own === name;
}

/** Whether a name fits a pattern, in which each star stands for any characters: character by character. */
function fitsPattern(pattern: string, name: string): boolean {
  let ends = new Set([0]); // how much of the name the pattern so far can have taken
  for (const character of pattern.replaceAll(/\*+/g, "*").split("")) {
    const after = new Set<number>();
    if (character === "*") { for (let end = Math.min(...ends); end <= name.length; end++) after.add(end); }
    else for (const end of ends) if (name[end] === character) after.add(end + 1);
    ends = after;
    if (ends.size === 0) return false;
  }
  return ends.has(name.length);
}

function agrees006(token: Data, given: Given): boolean {
  const { channel, user, logsIn } = names006(token, given);
  const joins = Object.keys(token.privileges).some((name) => name !== "rtmLogin") || !logsIn;
  const { service } = given;
  if (service !== undefined && !(service === "rtc" && joins || service === "rtm" && logsIn)) return false;
  // A login in the user's place, as no official code makes it, is reported to work, and so in doubt.
  if (logsIn && token.crcChannelName === 0 && token.crcUid !== 0) return false;
  if (channel !== undefined) return joins && service !== "rtm"; // the names are signed, and their checksums fit
  return user !== undefined;
}
