import type { Service } from "./types.ts";

// What people read of the table of services: what builds tokens has no use for it, so that it is no part of their bundles.

/** What a service and its fields are for people. */
export interface ServiceWords {
  /** The name. */
  readonly title: string;
  /** What it is for. */
  readonly about: string;
  /** What each field means, in a few words. */
  readonly fields: Readonly<Record<string, string>>;
}

const channelName = 'channel, "" = any';
const account = 'uid or account, "" = anyone';
const userId = "RTM user id";

/** The words for each row of `SERVICES`, and for each of its fields. */
export const SERVICE_WORDS: Readonly<Record<Service["type"], ServiceWords>> = {
  rtc: {
    title: "RTC",
    about: "voice, video and data in a channel",
    fields: {
      channelName: 'channel or pattern, "" or "*" = any',
      uid: 'uid, account or pattern, "" or "*" = anyone',
    },
  },
  rtm: { title: "RTM", about: "signaling login", fields: { userId } },
  streaming: { title: "Streaming", about: "media push", fields: { channelName, account } },
  fpa: { title: "FPA", about: "full-path accelerator", fields: {} },
  chat: { title: "Chat", about: "chat for a user, or for the whole app", fields: { userId: 'chat user, "" in an app token' } },
  fcdn: { title: "FCDN", about: "fusion CDN", fields: { channelName, account } },
  apaas: {
    title: "APaaS",
    about: "flexible classroom, education",
    fields: {
      roomUuid: 'room, "" = none',
      userUuid: 'user, "" in an app token',
      role: "role in the room, -1 = none",
    },
  },
  rtm2: {
    title: "RTM2",
    about: "signaling login with permissions",
    fields: { userId, permissions: "what may be read and written" },
  },
  convoai: { title: "ConvoAI", about: "conversational AI", fields: {} },
  stt: { title: "STT", about: "speech to text", fields: {} },
} satisfies { [S in Service as S["type"]]: ServiceWords & { fields: Record<Exclude<keyof S, "type" | "privileges">, string> } };
