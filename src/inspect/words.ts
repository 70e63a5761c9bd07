// What people read: tokens hold anything, and times in seconds.

/** A text in which nothing is invisible or turns the direction of writing: a token may hold anything. */
export function visible(text: string): string {
  const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}/gu;
  return text.replace(hidden, (character) => {
    const hex = character.codePointAt(0)!.toString(16).padStart(4, "0");
    return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex}`;
  });
}

/** A moment in UTC, to the second. */
export function utc(time: number): string {
  return new Date(time * 1000).toISOString().replace("T", " ").replace(".000Z", " UTC");
}

const UNITS = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]] as const;

/** A number of seconds in its two largest units, of which one that is 0 is left out; 0 is 0 seconds. */
export function inUnits(seconds: number): { unit: typeof UNITS[number][0]; count: number }[] {
  const first = Math.max(0, UNITS.findIndex(([, size]) => seconds >= size));
  let rest = seconds;
  const parts = UNITS.slice(first, first + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { unit, count };
  }).filter(({ count }) => count > 0);
  return parts.length > 0 ? parts : [{ unit: "second", count: 0 }];
}

/** Privileges as people know them, by their names. */
const PRIVILEGES: Readonly<Record<string, string>> = {
  joinChannel: "to join",
  publishAudioStream: "to publish audio",
  publishVideoStream: "to publish video",
  publishDataStream: "to publish data",
  login: "to log in",
  user: "of a user",
  app: "of an administrator",
  roomUser: "of a user of a room",
};

/** Services as people know them, by their names. */
const SERVICES: Readonly<Record<string, string>> = {
  rtc: "RTC",
  rtm: "RTM",
  rtm2: "RTM 2 (rtm2)",
  chat: "Chat",
  apaas: "Flexible Classroom (apaas)",
  fpa: "FPA",
  mediaChannel: "RTC (mediaChannel)",
  signaling: "the old Signaling",
};

/** Services as people know them, each once. */
export function serviceNames(services: readonly string[]): string[] {
  return [...new Set(services.map((service) => SERVICES[service] ?? service))];
}

/** Fields as people know them, by the last name of their path. */
const FIELDS: Readonly<Record<string, string>> = {
  issueTs: "the time at which the token was made",
  expire: "the lifetime of the token",
  ts: "the end of the token",
  expiredTs: "the end of the token",
  channelName: "the channel",
  uid: "the user",
  account: "the user",
  userId: "the user",
  userUuid: "the user",
  roomUuid: "the room",
  user: "the uid or account",
  service: "the service",
  role: "the role",
};

/** A field as people know it: a path, as `services[0].uid`, is for programs. */
export function fieldName(path: string): string {
  const last = path.slice(path.lastIndexOf(".") + 1);
  if (/(^|\.)privileges\.[^.]+$/.test(path)) {
    return Object.hasOwn(PRIVILEGES, last) ? `the privilege ${PRIVILEGES[last]}` : `the privilege ${last}`;
  }
  if (/(^|\.)permissions\b/.test(path)) return "a name in the permissions";
  return Object.hasOwn(FIELDS, last) ? FIELDS[last]! : `"${path}"`;
}

/** Some things as a list, each once. */
export function listed(things: readonly string[], count = things.length): string {
  const unique = [...new Set(things)];
  const shown = unique.slice(0, 5);
  const more = unique.length > 5 || count > things.length ? ["more"] : [];
  const all = [...shown, ...more];
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** Privileges as people know them, as `the privileges to join and to publish audio`. */
export function privilegeNames(privileges: readonly string[], count: number): string {
  const names = privileges.map((privilege) => {
    const name = privilege.slice(privilege.indexOf(" ") + 1);
    return Object.hasOwn(PRIVILEGES, name) ? PRIVILEGES[name]! : privilege;
  });
  return `the privilege${new Set(names).size > 1 ? "s" : ""} ${listed(names, Math.min(count, privileges.length))}`;
}

/** A sentence with a capital. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A character with its number, so that those that look alike can be told apart. */
export function characterName(character: string): string {
  if (character === "") return "nothing";
  const number = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  return visible(character) === character && character !== " " ? `${character} (${number})` : number;
}
