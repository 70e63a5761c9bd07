import { visible } from "../../../src/inspect/words.ts";

// The words of findings in Chinese, as src/inspect/words.ts has them in English.

/** Privileges by their names. */
const PRIVILEGES: Readonly<Record<string, string>> = {
  joinChannel: "加入频道",
  publishAudioStream: "发布音频流",
  publishVideoStream: "发布视频流",
  publishDataStream: "发布数据流",
  login: "登录",
  rtmLogin: "登录",
  user: "用户",
  app: "管理员",
  roomUser: "房间用户",
};

/** Services by their names, in a sentence. */
const SERVICES: Readonly<Record<string, string>> = {
  rtc: "RTC",
  rtm: "RTM",
  rtm2: "RTM 2 (rtm2)",
  chat: "即时通讯 IM",
  apaas: "灵动课堂 (apaas)",
  fpa: "FPA",
  mediaChannel: "RTC (mediaChannel)",
  signaling: "旧版信令",
  convoai: "对话式 AI 引擎",
  stt: "实时转录",
  streaming: "推流 (streaming)",
  fcdn: "融合 CDN (fcdn)",
};

/** Fields by the last name of their path. */
const FIELDS: Readonly<Record<string, string>> = {
  issueTs: "签发时间",
  expire: "Token 的有效期",
  ts: "Token 的过期时间",
  expiredTs: "Token 的过期时间",
  channelName: "频道名",
  uid: "用户 ID",
  account: "用户",
  userId: "用户 ID",
  userUuid: "用户",
  roomUuid: "房间",
  user: "uid 或用户账号",
  service: "服务",
  role: "角色",
};

/** A name in a sentence: what is invisible in it is written by its number. */
export function quoted(name: string): string {
  return `“${visible(JSON.stringify(name)).slice(1, -1)}”`;
}

/** Some things as a list, each once. */
export function listed(things: readonly string[], last: "和" | "或" = "和", count = things.length): string {
  const unique = [...new Set(things)];
  const shown = unique.slice(0, 5);
  if (unique.length > 5 || count > things.length) return `${shown.join("、")}等`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join("、")}${last}${shown.at(-1)}`;
}

/** A list of services, each once. */
export function serviceNames(services: readonly string[], last: "和" | "或" = "和"): string {
  return listed(services.map((service) => SERVICES[service] ?? service), last);
}

/** The name of a privilege; of one that has none, what else it is known by. */
function privilegeName(name: string, other = name): string {
  return `“${Object.hasOwn(PRIVILEGES, name) ? PRIVILEGES[name] : other}”`;
}

/** Privileges as people know them, as `“加入频道”和“登录”权限`. */
export function privilegeNames(privileges: readonly string[], count: number): string {
  const names = privileges.map((privilege) => privilegeName(privilege.slice(privilege.indexOf(" ") + 1), privilege));
  return `${listed(names, "和", Math.min(count, privileges.length))}权限`;
}

/** A field as people know it. */
export function fieldName(path: string): string {
  const last = path.slice(path.lastIndexOf(".") + 1);
  if (/(^|\.)privileges\.[^.]+$/.test(path)) return `${privilegeName(last)}权限`;
  if (/(^|\.)permissions\b/.test(path)) return "permissions 中的名称";
  return Object.hasOwn(FIELDS, last) ? FIELDS[last]! : `“${path}”`;
}

/** A character with its number, so that those that look alike can be told apart. */
export function characterName(character: string): string {
  const number = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
  return visible(character) === character && character !== " " ? `${character} (${number})` : number;
}

/** A Chinese text with one space between Chinese and Latin, and none elsewhere: a value in a sentence may be either. */
export function spaced(text: string): string {
  return text.replace(/(?<=\p{Script=Han}) *(?=[A-Za-z0-9-])|(?<=[A-Za-z0-9]) *(?=\p{Script=Han})/gu, " ")
    .replace(
      /(?<=[\p{Script=Han}，。：；、“”（）]) +(?=[\p{Script=Han}，。：；、“”（）])|(?<=[，。：；、”（）]) +| +(?=[，。：；、“（）])/gu,
      "",
    );
}
