import type { SERVICE_WORDS as IN_ENGLISH } from "../../../src/formats/access_token2/service_words.ts";

// What people read of services and their fields, in Chinese: src/formats/access_token2/service_words.ts has the English.

const channelName = '频道名，"" = 任意';
const account = 'uid 或用户账号，"" = 任意';
const userId = "RTM 用户 ID";
const ofApp = '"" = App Token';

/** The words of each service, and of each of its fields. */
export const SERVICE_WORDS: typeof IN_ENGLISH = {
  rtc: {
    title: "RTC",
    about: "频道内的音频、视频和数据",
    fields: { channelName: '频道名或通配规则，"" 或 "*" = 任意', uid: 'uid、用户账号或通配规则，"" 或 "*" = 任意' },
  },
  rtm: { title: "RTM", about: "登录实时消息", fields: { userId } },
  streaming: { title: "Streaming", about: "推流", fields: { channelName, account } },
  fpa: { title: "FPA", about: "全链路加速", fields: {} },
  chat: {
    title: "即时通讯 IM",
    about: "即时通讯 IM，用于一个用户或整个 App",
    fields: { userId: `即时通讯 IM 用户，${ofApp}` },
  },
  fcdn: { title: "FCDN", about: "融合 CDN", fields: { channelName, account } },
  apaas: {
    title: "灵动课堂",
    about: "灵动课堂 (APaaS)",
    fields: { roomUuid: '房间，"" = 无', userUuid: `用户，${ofApp}`, role: "在房间中的角色，-1 = 无" },
  },
  rtm2: { title: "RTM2", about: "登录实时消息，带权限", fields: { userId, permissions: "可以读写的内容" } },
  convoai: { title: "对话式 AI 引擎", about: "与智能体对话", fields: {} },
  stt: { title: "实时转录", about: "语音转文字", fields: {} },
};
