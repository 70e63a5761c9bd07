// The texts of the page in English. Those of the library stand in it: its findings (src/inspect/catalogue.ts), its errors, the
// descriptions of services and fields.

import type { Intent } from "../../../mod.ts";
import { WHITEBOARD_RIGHTS } from "../../../src/whiteboard/mod.ts";

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

/** A table of texts by name; a name may be missing. */
type Texts = Readonly<Record<string, string>>;

// Used in two places.
const COLUMNS_SIGNED =
  "One HMAC-SHA1, with the certificate as the key, over App ID, time, random number, channel, user and expiry time, joined as one text.";
const FIRST_PUBLISHES = "1: may publish. Any other number: may only join";
const SO_THAT_THEY_DIFFER = "a random number; it makes otherwise equal tokens differ";

/** How a name in a token is said. */
const namesOf = (what: string, that: "who" | "that") => ({
  named: (name: string) => `${what} “${name}”`,
  any: `any ${what}`,
  none: `no ${what}`,
  pattern: (name: string) => `every ${what} that fits “${name}”`,
  checksum: `one ${what}, of ${that === "who" ? "whom" : "which"} it has only the checksum`,
  "signed-only": `one ${what}, ${that === "who" ? "who" : "which"} is signed, but not in it`,
});

/** The texts of the page. */
export const T = {
  page: {
    language: "en",
    title: "agoratoken: what an Agora token is, and why it does not work",
    description:
      "Paste an Agora token, a log line or an error message: see until when it is valid, for whom, every byte, and why it does not work. Runs entirely in your browser.",
    noscript: "This page reads tokens with its own JavaScript, in your browser. Please enable JavaScript.",
  },
  title: "agoratoken",
  /** Between parts of a sentence. */
  comma: ", ",
  /** Between sentences. */
  sentences: " ",
  sentence: (words: string) => `${words}.`,
  fact: (name: string, value: string) => `${name}: ${value}`,
  tagline: "See until when an Agora token is valid, for whom, every byte, and why it does not work.",
  stays: "Stays in this page",
  privacy: "Everything runs in this page. What you type is not sent, not stored, and not put into the URL.",
  privacyServed:
    "Only “Token server” sends anything, and only to this server. All else runs in this page; nothing is stored or put into the URL.",
  independent: "Not affiliated with Agora. This page works offline: save it to use it from disk.",
  tabs: {
    label: "Views",
    inspect: "Inspect",
    join: "Will my join work?",
    build: "Build",
    batch: "Batch",
    learn: "Learn",
    ask: "Token server",
    /** For narrow screens. */
    short: { join: "Join", ask: "Server" },
  },
  theme: { auto: "◐ System", light: "○ Light", dark: "● Dark" },
  themeLabel: "Colours",
  languages: "Language",
  copy: "Copy",
  copied: "Copied.",
  notCopied: "The browser does not let this page copy: select the text instead.",

  box: {
    label: "Token",
    or: "or a log line, JSON, URL, header, error message or number",
    placeholder: "Paste anything that has a token in it, or an error message or number",
    example: "Example: paste yours over it",
    paste: "Paste",
    notPasted: "The browser does not let this page paste: press Ctrl+V, or ⌘V on a Mac.",
    examples: "Examples",
    clear: "Clear",
  },
  guide: {
    label: "Where to begin",
    token: "A token,",
    tokenText: "or text that has one in it? Paste it, or drop a file.",
    message: "Only an error?",
    messageText: "Paste its message or number.",
    tryMessage: "Try “error 110”",
    nothing: "Nothing yet?",
    nothingText: "Fill in a form.",
    build: "Build a token",
  },
  noExample:
    "Examples are signed when they are opened, but browsers offer no cryptography here: open this page over https, from localhost or from disk.",
  examples: {
    publisher: "A publisher",
    agent: "Several services",
    expired: "Expired",
    wrongChannel: "Wrong channel",
    cut: "Cut off when copied",
    quoted: "In JSON",
    message: "Not a token",
    number: "An error message",
    old: "The old 006",
  } as Texts,

  certificate: {
    label: "App Certificate",
    hint: "Optional. Used to check the signature, in this page; never sent or stored.",
    show: "Show",
    hide: "Hide",
    clear: "Clear",
    cleared: "The certificate is cleared.",
  },
  user: "User",
  userKind: "Kind of user",
  userKinds: { uid: "uid (number)", account: "account (text)" },
  services004: {
    "": "unknown",
    mediaChannel: "media channel",
    recording: "recording",
    publicSharing: "public sharing",
    inChannelPermission: "in-channel permission",
  },

  marks: { good: "✓", bad: "✕", warning: "!", neutral: "?" },
  verdicts: {
    empty: {
      title: "Paste a token",
      text: "Or open one of the examples. This page shows what it is and whether it can work.",
    },
    noToken: "This is not an Agora token",
    message: "This is an error message, not a token",
    messageText: "What it means is below. With the token itself, this page finds which of the causes it is.",
    damaged: (version: string) => `A damaged ${version} token`,
    sdk: (number: number) => `The SDK in the client reports error ${number}.`,
    code: (code: string) => `Error: ${code}.`,
    stopped: (code: string, field: string, offset: number, length: number) =>
      `Error: ${code}. Reading stopped at byte ${offset} of ${length}, in “${field}”. What was read before that is shown below.`,
    unwrapped: (stripped: readonly string[]) => `The pasted text has ${list(stripped)}, which a client would not accept.`,
    copyClean: "Copy the clean token",
    repaired: "With that repaired, all of it can be read, and its checksum is right:",
    copyRepaired: "Copy the repaired token",
    useRepaired: "Inspect it",
    oldFormat: (format: string) => `${format}, an old format.`,
    noService: (format: string) => `${format} without any service.`,
    forged: "Not genuine",
    badCertificate: "This is not an App Certificate",
    expired: "Expired",
    early: "Not valid yet",
    signature: { valid: "The certificate made this token.", uncheckable: "Its signature was not checked." },
    unchecked: "Valid now, signature not checked",
    needsCertificate:
      "Anyone can write a token that looks like this. Enter the App Certificate to check whether it is genuine.",
    genuine: "Genuine and valid now",
    mismatch: "Genuine, but it will not work",
    notForThis: "It will not work",
    open: "Genuine, but whether it works is unknown",
    tooLong: (limit: number) => ({
      title: "Too much text",
      text: `This page reads at most ${
        limit / 1000
      },000 characters; a token has a few hundred. Paste only the part that contains the token.`,
    }),
    noCrypto: "This page cannot check signatures here",
  },
  who: {
    service: (title: string) => title === "" ? "For" : `${title} for`,
    rights: "Rights",
    wholeApp: "the whole project",
    unread: "not read",
    more: (count: number) => `And ${plural(count, "more service")}, in the table below.`,
    demo: "(the fake demo project)",
    privilege: (name: string) => /^\d+$/.test(name) ? `privilege ${name}` : name,
    left: (duration: string) => `for ${duration}`,
    over: "expired",
    entered: (name: string) => `${name} (as entered)`,
    names: {
      channel: namesOf("channel", "that"),
      room: namesOf("room", "that"),
      uid: { ...namesOf("user", "who"), named: (name: string) => `uid ${name}` },
      account: { ...namesOf("user", "who"), named: (name: string) => `account “${name}”` },
      user: namesOf("user", "who"),
    },
  },
  privileges: {
    joinChannel: "join",
    publishAudioStream: "publish audio",
    publishVideoStream: "publish video",
    publishDataStream: "publish data",
    publishAudioCdn: "publish audio to a CDN",
    publishVideoCdn: "publish video to a CDN",
    requestPublishAudioStream: "request to publish audio",
    requestPublishVideoStream: "request to publish video",
    requestPublishDataStream: "request to publish data",
    invitePublishAudioStream: "invite to publish audio",
    invitePublishVideoStream: "invite to publish video",
    invitePublishDataStream: "invite to publish data",
    administrateChannel: "administrate the channel",
    publishMixStream: "publish mixed streams",
    publishRawStream: "publish raw streams",
    login: "log in",
    user: "as a user",
    app: "administrator of the whole app",
    roomUser: "user of the room",
    publish: "publish",
    play: "play",
  } as Texts,
  until: {
    left: { lead: "for another {}", at: "until" },
    over: { lead: "expired {} ago", at: "at" },
    rights: { lead: "its rights for another {}", at: "until" },
    rightsOver: { lead: "its rights expired {} ago", at: "at" },
    begins: { lead: "begins in {}", at: "at" },
    open: "It has no expiry of its own.",
    partial: "Once repaired: ",
  },
  days: {
    today: "today",
    tomorrow: "tomorrow",
    yesterday: "yesterday",
    at: (clock: string, day: string) => /\d/.test(day) ? `${day}, ${clock}` : `${clock} ${day}`,
  },
  checks: {
    label: "What was checked",
    signs: { yes: "✓", no: "✕", open: "?" },
    results: { yes: "Checked:", no: "Failed:", open: "Not checked:" },
    next: { certificate: "Enter it", names: "Enter them", join: "Check" },
    whole: (title: string) => `Whole and well-formed ${title}`,
    broken: "Damaged: not all of it can be read",
    unchecked: "Signature, time and names",
    signed: "Signed with this certificate",
    notSigned: "Not signed with this certificate",
    noCertificate: "Signed by whom? It takes the App Certificate.",
    noNames: "Signed by whom? It takes the names that it signs.",
    expired: "Expired",
    early: "Not valid yet",
    noTime: "Its time is no time, but a duration",
    inTime: (isCapped: boolean): string => isCapped ? "Not expired, and within 24 hours" : "Not expired",
    noEnd: "Until when? It has no expiry of its own.",
    join: (hasChannel: boolean): string =>
      hasChannel ? "Is it the channel and user that your client joins with?" : "Is it the user that your client logs in with?",
  },
  asOf: {
    now: "As of now",
    then: (time: string) => `As of ${time}`,
    label: "As of",
    placeholder: "2026-01-15 12:00 UTC",
    hint: "Any time, for tokens of old reports: a date with hours and minutes, or a Unix time. Without UTC or Z it is local.",
    unreadable: "This is not a time.",
    choices: "Times to choose",
    back: "Now",
    said: "The time in the pasted text",
    issued: "When it was issued",
    last: "Its last second",
  },
  found: {
    label: "Tokens in the pasted text",
    several: (count: number, which: number) => `The pasted text has ${count} tokens. This is number ${which}; choose another:`,
    choose: (version: string, start: number, end: number) => `${version}, characters ${start + 1} to ${end}`,
    more: (count: number) => `And ${count} more.`,
  },

  findings: {
    title: "Findings",
    severity: { error: "Error", warning: "Warning", info: "Note" },
    expected: "expected",
    actual: "found",
    empty: "an empty name (no one in particular)",
    sdk: "SDK error",
    show: (label: string) => label === "" ? "" : `Show “${label}”`,
    place: (offset: number) => `Show byte ${offset}`,
  },

  messages: {
    title: "What the message means",
    sdk: "Who said it",
    sdks: {
      "": "unknown: all meanings",
      "rtc-native": "RTC: Android, iOS, Flutter, Unity, desktop",
      "rtc-web": "RTC: Web SDK 4.x",
      "rtc-web3": "RTC: Web SDK 3.x",
      rtm1: "Signaling (RTM) 1.x",
      rtm2: "Signaling (RTM) 2.x",
      iot: "RTSA and IoT",
      signaling: "the old Signaling",
      "chat-native": "Chat: Android, iOS, Flutter and others",
      "chat-web": "Chat: Web",
      "chat-rest": "Chat: REST API",
      rec: "Recording SDK",
      rest: "REST APIs",
      convoai: "ConvoAI",
      stt: "Speech to text",
      whiteboard: "Whiteboard",
      http: "a token server",
    } as Texts,
    several: (count: number) => `${count} meanings: which one it is depends on the SDK or API that said it.`,
    cause: "It may be that:",
    causes: "It may be that, the likeliest first:",
    remedy: "What to do",
    not: "What it is not",
    certainty: "How sure",
    said: (count: number) => `What SDKs say (${count})`,
  },
  guess: {
    label: "Names to try",
    hint: "Channels and users, separated by commas. The obvious ones are tried anyway",
    enter: "Enter",
    found: (channel: string | undefined, user: string | undefined, isLogin: boolean) =>
      isLogin
        ? channel === undefined
          ? "The checksum is of none of the obvious accounts."
          : `By its checksum, the account is ${channel}.`
        : channel === undefined && user === undefined
        ? "The checksums are of none of the obvious names."
        : `By their checksums, the channel is ${channel ?? "none of the obvious ones"}, and the user ${
          user === '""' ? "anyone" : user ?? "none of the obvious ones"
        }.`,
  },

  inspect: {
    inputs: "The token, and what to check it with",
    names: "The names that the token signs",
    outside: "This old format signs names that are not in the token. Enter them to check the signature.",
    linked: "The token, byte by byte and field by field",
  },
  bytes: {
    text: "Token text",
    hex: "Content in bytes",
    span: (hex: string, label: string, start: number) => `${hex}: ${label}, byte ${start}`,
    more: (count: number) => `${plural(count, "more byte")} not shown. `,
    showMore: "Show more",
    gap: (count: number) => `… ${plural(count, "byte")} between not shown`,
    breaksOff: (offset: number) => `✕ The token ends here, at byte ${offset}: the rest is missing.`,
  },
  table: {
    caption: "Fields. The arrow keys select a field and highlight its bytes.",
    columns: { field: "Field", value: "Value", meaning: "Meaning", offset: "Bytes", raw: "Raw" },
    more: (count: number) => `${plural(count, "more field")} not shown. `,
    gap: (count: number) => `${plural(count, "field")} between not shown`,
    bytes: (start: number, end: number) => end - start <= 1 ? `${start}` : `${start}–${end - 1}`,
    fault: "unreadable from here",
    unread: "not read",
    lasts: (duration: string) => `valid for ${duration}; expires`,
    capped: (duration: string) => `set to ${duration}, but limited; expires`,
  },
  timeline: {
    title: "Times",
    token: "Token",
    right: (service: string, right: string) => `${service} ${right}`.trim(),
    all: "All rights",
    labels: (names: readonly string[]) =>
      names[0] !== "Token" || names.length === 1
        ? list(names.length > 4 ? [...names.slice(0, 4), `${names.length - 4} more`] : names)
        : `Token and ${names.length === 2 ? names[1] : plural(names.length - 1, "right")}`,
    made: "issued",
    now: "now",
    cap: "24 h",
    open: "no expiry of its own",
    left: (duration: string) => `${duration} left`,
    over: (duration: string) => `expired ${duration} ago`,
  },
  units: {
    day: (n: number) => plural(n, "day"),
    hour: (n: number) => `${n} h`,
    minute: (n: number) => `${n} min`,
    second: (n: number) => `${n} s`,
  },
  inTime: (duration: string) => `in ${duration}`,
  timeAgo: (duration: string) => `${duration} ago`,
  seconds: (n: number) => `${n} s`,

  steps: {
    title: "How the signature is made",
    intro:
      "Three HMAC-SHA256, each on the output of the one before. The issue time and the salt are keys, so the certificate itself never signs the content.",
    titles: ["Combine certificate and issue time", "Add the salt", "Sign the content"],
    key: "key",
    message: "message",
    output: "output",
    masked: "•••• your App Certificate, 32 characters",
    outputOf: (step: number) => `the output of step ${step}`,
    signedPart: (bytes: number) => `everything after the signature, ${bytes} bytes`,
    needsCertificate: "needs the App Certificate",
    received: "The token has:",
    secret:
      "With the outputs of steps 1 and 2, anyone can sign tokens with this issue time: keep them as secret as the certificate.",
    old: {
      "006":
        "One HMAC-SHA256, with the certificate as the key, over App ID, channel, user and the message. The token has only checksums of channel and user.",
      "005":
        "One HMAC-SHA1, with the 16 raw bytes of the certificate as the key, over the fields, with channel and user among them.",
      "004":
        "One HMAC-SHA1, with the certificate as the key, over service, App ID, time, random number, channel, user and expiry time, joined as one text.",
      "003": COLUMNS_SIGNED,
      "002": COLUMNS_SIGNED,
      "001":
        "One HMAC-SHA1, with the certificate as the key, over App ID, time, random number and channel, joined as one text.",
      signaling: "One MD5 over account, App ID, certificate and expiry time, joined as one text; no HMAC.",
    } as Texts,
  },

  fields: {
    version: "Version",
    signature: "Signature",
    appId: "App ID",
    issueTs: "Issued",
    expire: "Lifetime",
    salt: "Salt",
    serviceCount: "Number of services",
    type: "Service",
    channelName: "Channel",
    uid: "User",
    account: "Account",
    userId: "User ID",
    permissions: "Permissions",
    roomUuid: "Room",
    userUuid: "User",
    role: "Role",
    app: "Whole app (administrator)",
    trailing: "Bytes after the end",
    unknown: "Unknown service",
    crcChannelName: "Checksum of the channel",
    crcUid: "Checksum of the user",
    "message.length": "Length of the message",
    message: "Message",
    ts: "Expires at",
    service: "Service",
    unixTs: "Issued",
    randomInt: "Random number",
    expiredTs: "Expires at",
    privileges: "Privileges",
    privilegeExpire: "Privilege lifetime (seconds)",
    tokenExpire: "Token lifetime (seconds)",
    joinChannelPrivilegeExpire: "Lifetime of joining (seconds)",
    pubAudioPrivilegeExpire: "Lifetime of publishing audio (seconds)",
    pubVideoPrivilegeExpire: "Lifetime of publishing video (seconds)",
    pubDataStreamPrivilegeExpire: "Lifetime of publishing data (seconds)",
    rtcAccount: "RTC user",
    rtcRole: "RTC role",
    rtcTokenExpire: "Token lifetime (seconds)",
    rtmUserId: "RTM user ID",
    rtmTokenExpire: "RTM login lifetime (seconds)",
    roleName: "Role",
    changes: "Changes to the role (JSON)",
    privilegeExpiredTs: "Privileges expire at (Unix time)",
    joinChannelExpiredTs: "Joining expires at (Unix time)",
    pubAudioExpiredTs: "Publishing audio expires at (Unix time)",
    pubVideoExpiredTs: "Publishing video expires at (Unix time)",
    pubDataStreamExpiredTs: "Publishing data expires at (Unix time)",
    serviceType: "Service number",
    permission: "Permission",
    extra: "Extra entries (JSON)",
    "extra.count": "Number of extra entries",
  } as Texts,
  formFields: { expire: "Token lifetime (seconds)" } as Texts,
  hints: {
    channelName: "Empty: any channel",
    "rtc.channelName": "Empty or *: any channel. A * in it: any characters. For an audience",
    who: "uid 0: any user",
    "rtc.who": "uid 0 or account *: any user. A * in an account: any characters",
    privilegeExpire: "Empty: as long as the token",
    expire: "1 to 86400. Agora allows at most 24 hours",
    "rtm.userId": "1 to 63 bytes",
    "rtm2.userId": "1 to 63 bytes",
    app: "For REST calls from your own server. It must never reach a client",
    role: FIRST_PUBLISHES,
    "rtc.role": "",
    "apaas.role": "The role in the room",
    "apaas.roomUuid": "Empty: a user without a room",
    rtcRole: FIRST_PUBLISHES,
    permission: "0: no upload. 3: upload of audio and video",
    permissions: "JSON: resources, in each read or write, in each a list of names",
  } as Texts,
  roles: { publisher: "publisher: may also publish", subscriber: "subscriber: may only join", single: "single privileges…" },
  privilege: "Privilege",
  privilegeCount: "Number of privileges",
  privilegeLife: (name: string) => `${name} lifetime`,
  privilegeEnd: (name: string) => `${name} expires at`,
  unknownService: "an unknown service",
  meanings: {
    version: "the format",
    signature: "proof that the token was made with the certificate",
    appId: "the project",
    issueTs: "when the token was made",
    unixTs: "when the key was made",
    expire: "how long the token is valid, in seconds",
    salt: SO_THAT_THEY_DIFFER,
    randomInt: SO_THAT_THEY_DIFFER,
    serviceCount: "how many services follow",
    crcChannelName: "CRC-32 of the channel, which is not in the token",
    crcUid: "CRC-32 of the user, who is not in the token; 0: any user, or an RTM token",
    "message.length": "length of the message, in bytes",
    ts: "when the token expires",
    expiredTs: "when the key expires; 0: no expiry of its own",
    uid: "the user; 0: any user",
    service: "what the key is for",
    "privileges.count": "how many privileges follow",
    trailing: "bytes after the last field",
    fault: "nothing can be read from here on",
    unknown: "content of an unknown service",
  } as Texts,

  join: {
    inputs: "The token, and how it is used",
    lead: "Enter what the client does, as far as you know. Every value is checked against the token.",
    intent: "Purpose",
    noIntent: "not given",
    intents: {
      join: "join a channel and listen",
      publishAudio: "publish audio",
      publishVideo: "publish video",
      publishData: "publish data",
      host: "host: publish audio and video",
      preload: "preload a channel",
      echoTest: "echo test (startEchoTest)",
      relaySource: "media relay: the source token",
      relayDestination: "media relay: a destination token",
      loginRtm: "log in to Signaling (RTM)",
      streamChannel: "join a stream channel of Signaling",
      chat: "log in to Chat",
      chatRest: "REST calls to Chat, from a server",
      recording: "Cloud Recording: the recorder’s token",
      convoai: "ConvoAI: the token in the header",
      stt: "speech to text: a bot’s token",
      classroom: "Flexible Classroom: enter a room",
    } satisfies Readonly<Record<Intent, string>> as Texts,
    appIdHint: "The App ID that the client uses",
    channelHint: "Exactly as the client joins it; case matters",
    user: "User who joins",
    certificateHint: "Optional, and never sent. Without it this page can show why a token fails, but not that it works.",
    works: {
      title: "It will work",
      text:
        "Genuine, valid now, and correct for the purpose, App ID, channel and user that you entered. Only the settings of the project cannot be checked here.",
    },
    things: { intent: "the purpose", appId: "the App ID", channelName: "the channel", user: "the user" },
    soFar: "No problem in what was checked",
    soFarText: (said: readonly string[], unsaid: readonly string[]) =>
      `Genuine and valid now${said.length === 0 ? "" : `; checked against ${list(said)}`}. Not entered, so not checked: ${
        list(unsaid)
      }.`,
    fails: "It will not work",
    unknown: "No problem found, but the token may still fail",
    unknownText: "Enter the App Certificate, and whatever is still empty, to be sure.",
  },

  build: {
    inputs: "Form",
    lead: "Fill in the form. The token is built as you type, in this page.",
    what: "What to build",
    ownChoice: "Your choice of services (007)",
    official: "Official builders (007)",
    old: "Formats before 007",
    services: "Services in the token",
    noOptions: "This service has no options.",
    project: "App ID and App Certificate",
    certificateHint: "Empty: the fake demo credentials. Never sent or stored.",
    token: "The token",
    demo: "Built with the fake demo credentials: it does not work with Agora.",
    demoAppId: "Built with your certificate, but with the fake demo App ID: it does not work with Agora. Enter your App ID.",
    demoCertificate:
      "Built with your App ID, but with the fake demo certificate: it does not work with Agora. Enter your certificate.",
    ready: "Built with your App ID and certificate.",
    refused: (why: string) => `No token: ${why}`,
    number: (label: string) => `“${label}” must be a whole number.`,
    unreadable: (label: string) => `“${label}” cannot be read.`,
    written: (example: string) => `For example: ${example}`,
    open: "Open in Inspect",
    bytes: "Bytes of the token",
  },
  code: {
    title: "The same as code",
    languages: { typescript: "TypeScript", curl: "curl, to the token server", cli: "Command line" },
    secret: "Keep the certificate on your server.",
    env: "and AGORA_APP_CERTIFICATE, or --certificate-stdin",
    no006: "The server makes AccessToken2 here. For the old formats, use TypeScript or the command line.",
    noRules: "The command line holds to Agora’s documented rules, which this token breaks. Use TypeScript.",
    refused: (why: string) => `The server refuses this: ${why}. Use TypeScript or the command line.`,
    appLevel: "A token for the whole app: the server makes it only with AGORATOKEN_ALLOW_APP_LEVEL_TOKENS=1.",
    line:
      "The command line has no options for this, so the request is a line of JSON. Set AGORA_APP_CERTIFICATE. The answer is JSON, too.",
  },

  calls: {
    seconds: "seconds from now",
    unixTime: "Unix time",
    cannot: (language: string) =>
      `The official code for ${language} has no words for this token. Use the code of this library.`,
    lacks: (language: string, version: string) => `There is no official code for ${language} that makes ${version}.`,
  },

  learn: {
    tour: "A walk through a token",
    back: "Back",
    next: "Next",
    place: (at: number, of: number) => `Step ${at} of ${of}`,
    steps: [
      {
        title: "A prefix and compressed content",
        text:
          "“007” is the format. What follows is base64 of a zlib stream: the bytes below, compressed. Point at a byte to see which characters of the text contain it.",
      },
      {
        title: "The signature",
        text:
          "Two bytes for the length, then 32 bytes. Only someone who has the App Certificate can compute them, and they fit only the bytes that follow: if one byte changes, the signature is no longer valid.",
      },
      {
        title: "The project",
        text:
          "The App ID, 32 hexadecimal characters. It is public. Agora uses it to find the certificate that made the signature.",
      },
      {
        title: "Issue time and lifetime",
        text:
          "When the token was made, as a Unix time, and for how many seconds from then it is valid. Numbers have their lowest byte first. A lifetime is never a date: 3600 is an hour, and Agora allows at most 86400.",
      },
      {
        title: "Salt",
        text: "A random number. It makes two tokens for the same user in the same second differ.",
      },
      {
        title: "What it is for",
        text:
          "The number of services, then each service, which begins with its type. 1 is RTC: voice, video and data in a channel. One token can be for several services.",
      },
      {
        title: "What it allows",
        text:
          "Pairs of a privilege and its lifetime in seconds. 1 allows joining the channel, 2 publishing audio, 3 video, 4 data. A subscriber’s token has only the first; Agora enforces that where co-host authentication is enabled.",
      },
      {
        title: "Channel and user",
        text:
          "Channel and user, each after its length. They must be exactly what the client joins with. An empty channel or * means any channel, an empty user or * any user; a * among other characters stands for any characters.",
      },
      {
        title: "What the signature covers",
        text:
          "A key is derived from the certificate, the issue time and the salt, and signs everything after the signature: all that is highlighted now. Inspect shows each step with its values.",
      },
    ],
    years: "All formats since the first",
    yearsText:
      "All of them can be read, checked and built here. Build 007 for new programs; the others are for systems that still use them. RTC SDKs that take 007 take 006 too.",
    columns: ["Format", "Name", "Introduced with", "Form", "Times", "Channel and user", "Signature", "Example"],
    open: "Open",
    openFormat: (version: string) => `Open an example of ${version}`,
    formats: [
      [
        "007",
        "AccessToken2",
        "2022; RTC 4.0, Web 4.8, Flutter 6.0",
        "007 and base64 of zlib",
        "seconds from issue",
        "in the token",
        "three HMAC-SHA256",
      ],
      ["006", "AccessToken", "Native SDK 2.1.0, Web 2.4.0", "006, App ID, base64", "absolute", "as checksums", "HMAC-SHA256"],
      ["005", "DynamicKey5", "Native SDK 1.3.0", "005 and base64", "absolute", "signed only", "HMAC-SHA1, binary key"],
      ["004", "DynamicKey4", "Native SDK 1.3.0", "004 and 100 characters", "absolute", "signed only", "HMAC-SHA1"],
      [
        "003",
        "DynamicKey3",
        "Native SDK 1.2.3",
        "003 and 110 characters",
        "absolute",
        "user in it, channel signed",
        "HMAC-SHA1",
      ],
      ["002", "DynamicKey2", "C++ and Python only", "110 characters", "absolute", "user in it, channel signed", "HMAC-SHA1"],
      ["001", "DynamicKey", "the first", "90 characters", "issue only", "channel signed, no user", "HMAC-SHA1"],
      ["signaling", "SignalingToken", "the first Signaling", "1:App ID:time:MD5", "absolute", "account hashed", "MD5, no HMAC"],
    ],
  },

  /** Tokens of the Interactive Whiteboard, where they are said otherwise than the others. */
  whiteboard: {
    service: "Whiteboard",
    titles: {
      sdk: "Whiteboard token for the whole project",
      room: "Whiteboard token for one room",
      task: "Whiteboard token for one file conversion task",
    },
    names: { room: (uuid: string) => `room “${uuid}”`, task: (uuid: string) => `task “${uuid}”` },
    /** By what stands in the token. */
    roles: { 0: "admin", 1: "writer", 2: "reader" } as Texts,
    rights: WHITEBOARD_RIGHTS,
    accessKey: "Access key",
    secretKey: {
      label: "Secret key (SK)",
      hint: "Optional: that of the access key, not the App Certificate. It is used in this page, and never sent or stored.",
      cleared: "The secret key is cleared.",
    },
    fields: {
      prefix: "Prefix",
      accessKey: "Access key (AK)",
      nonce: "Nonce",
      uuid: "Room or task",
      expireAt: "Expires at",
    } as Texts,
    meanings: {
      prefix: "what the token is for; not signed",
      accessKey: "whose token it is; no secret",
      nonce: "makes equal tokens differ",
      uuid: "the room or task that it is for",
      expireAt: "in milliseconds:",
      signature: "proof that the token was made with the secret key",
    } as Texts,
    verdicts: {
      signature: { valid: "The secret key made this token.", uncheckable: "Its signature was not checked." },
      needsCertificate: "Anyone can write a token that looks like this. Enter the secret key to check whether it is genuine.",
    },
    checks: {
      faulty: "It has a fault: see the findings",
      signed: "Signed with this secret key",
      notSigned: "Not signed with this secret key",
      noCertificate: "Signed by whom? It takes the secret key.",
      room: "Is it the room or task that your client uses?",
    },
    open: "Open an example",
  },

  ask: {
    inputs: "Request",
    lead:
      "This page comes from a token server, which can make a token for you. This request is the only thing that this page ever sends, and only to this server.",
    send: "Request a token",
    answer: "Answer",
    nothing: "No request was sent yet.",
    waiting: "Waiting for the server…",
    status: (status: number) => `The server answered ${status}`,
    inspect: "Inspect it",
    failed: "The server did not answer, or the API key has characters that cannot be in an HTTP header.",
    key: "API key",
    keyHint: "Only if the server requires one. It is sent to this server only, with the request, and not stored.",
    meanings: {
      401: "The server requires an API key; the key was missing or is unknown.",
      403: "The API key is known, but does not allow this token.",
      429: "Too many requests. Wait a moment, then try again.",
    } as Readonly<Record<number, string>>,
  },
};
