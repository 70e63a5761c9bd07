import { U32_MAX } from "../validate.ts";

/** What the token is to be used for. */
export type Intent =
  | "join"
  | "publishAudio"
  | "publishVideo"
  | "publishData"
  | "host"
  | "preload"
  | "echoTest"
  | "relaySource"
  | "relayDestination"
  | "loginRtm"
  | "streamChannel"
  | "chat"
  | "chatRest"
  | "recording"
  | "convoai"
  | "stt"
  | "classroom";

/** What is needed of a token: that it is for one of these services, with these privileges. */
export interface Need {
  readonly services: readonly string[];
  readonly privileges: readonly string[];
}

/** What a token is needed for. */
export interface Purpose extends Need {
  /** Whose messages count, as the table of messages names products. */
  readonly product: string;
  /** What is needed of the same token besides. */
  readonly also?: Need;
  /** Whom the token must name: nobody, somebody, or a uid and no account. Absent where it is only held to the user given. */
  readonly user?: "anyone" | "somebody" | "uid";
  /** The uid that is always used, whatever user is given. */
  readonly uid?: number;
  /** The account "0" stands for uid 0. */
  readonly zeroIsUid?: true;
  /** The channel given is the name of the room. */
  readonly room?: true;
}

const RTC = ["rtc"];
const RTM = ["rtm", "rtm2"];
const JOIN = ["joinChannel"];

/** What each purpose takes. The source of each rule, and how sure it is, stand in docs/facts.md. */
export const INTENTS: Readonly<Record<Intent, Purpose>> = {
  join: { product: "RTC", services: RTC, privileges: JOIN },
  publishAudio: { product: "RTC", services: RTC, privileges: ["joinChannel", "publishAudioStream"] },
  publishVideo: { product: "RTC", services: RTC, privileges: ["joinChannel", "publishVideoStream"] },
  publishData: { product: "RTC", services: RTC, privileges: ["joinChannel", "publishDataStream"] },
  host: { product: "RTC", services: RTC, privileges: ["joinChannel", "publishAudioStream", "publishVideoStream"] },
  preload: { product: "RTC", services: RTC, privileges: JOIN, user: "somebody" },
  echoTest: { product: "RTC", services: RTC, privileges: JOIN, uid: U32_MAX },
  relaySource: { product: "RTC", services: RTC, privileges: JOIN, user: "anyone" },
  relayDestination: { product: "RTC", services: RTC, privileges: JOIN, user: "uid" },
  loginRtm: { product: "RTM", services: RTM, privileges: ["login"] },
  streamChannel: { product: "RTM", services: RTC, privileges: JOIN },
  chat: { product: "Chat", services: ["chat"], privileges: ["user"] },
  chatRest: { product: "Chat", services: ["chat"], privileges: ["app"] },
  recording: { product: "Cloud Recording", services: RTC, privileges: JOIN, user: "uid" },
  convoai: {
    product: "ConvoAI",
    services: RTC,
    privileges: JOIN,
    also: { services: RTM, privileges: ["login"] },
    zeroIsUid: true,
  },
  stt: { product: "STT", services: RTC, privileges: JOIN },
  classroom: { product: "Flexible Classroom", services: ["apaas"], privileges: ["roomUser"], room: true },
};

/** Whether a purpose names a channel or room: a login names none, though the caller may know one. */
export function takesChannel(intent: Intent): boolean {
  const { services, room = false } = INTENTS[intent];
  return room || services.includes("rtc");
}
