// Every text of the page, in one place, ready for translation. English takes from the library what it says itself: its errors,
// what services and their fields are, and its findings (src/inspect/catalogue.ts).

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

/** A table of texts, looked up by names that may not be there. */
type Texts = Readonly<Record<string, string>>;

// Said in two places.
const COLUMNS_SIGNED =
  "One HMAC-SHA1, with the certificate as key, over App ID, time, random number, channel, user and end, as one text.";
const FIRST_PUBLISHES = "1 publishes; any other number only joins";
const SO_THAT_THEY_DIFFER = "random, so that equal tokens differ";

/** The texts of the page. */
export const T = {
  page: {
    language: "en",
    title: "agoratoken playground",
    description: "See an Agora token, byte by byte, and why it will not work. Runs wholly in the page.",
    noscript: "This page reads tokens with its own script, in the page. Allow scripts to use it.",
  },
  title: "agoratoken",
  tagline: "See an Agora token, byte by byte, and why it will not work.",
  privacy: "Everything happens in this page. Nothing you type is sent, stored, or put into the address.",
  privacyServed: "Everything but a question to this server happens in this page. Nothing is stored, or put into the address.",
  independent: "Independent of Agora. Works from disk and without a network: save this page to keep it.",
  tabs: {
    label: "Views",
    inspect: "Inspect",
    join: "Will my join work?",
    build: "Build",
    learn: "Learn",
    ask: "Ask this server",
  },
  theme: { auto: "◐ System", light: "○ Light", dark: "● Dark" },
  themeLabel: "Colours",
  copy: "Copy",
  copied: "Copied.",
  notCopied: "The browser does not let this page copy: select the text instead.",

  box: {
    label: "Token",
    placeholder: "Paste a token, or anything that has one in it: JSON, a URL, a line of code",
    examples: "Examples",
    clear: "Clear",
  },
  noExample:
    "Examples are signed as they open, and this page has no cryptography here: open it over https, from localhost or from disk.",
  examples: {
    publisher: "A publisher",
    agent: "Several services",
    expired: "Expired",
    wrongChannel: "Wrong channel",
    cut: "Cut by a copy",
    quoted: "In JSON",
    message: "Not a token",
    old: "The old 006",
  } as Texts,

  certificate: {
    label: "App Certificate",
    hint: "Optional. With it, the signature is checked, here in the page; it is never sent or stored.",
    show: "Show",
    hide: "Hide",
    clear: "Clear",
    cleared: "The certificate is cleared.",
  },
  user: "User",
  userKind: "Kind of user",
  userKinds: { uid: "uid (number)", account: "account (text)" },
  services004: {
    "": "not known",
    mediaChannel: "media channel",
    recording: "recording",
    publicSharing: "public sharing",
    inChannelPermission: "in-channel permission",
  },

  marks: { good: "✓", bad: "✕", warning: "!", neutral: "?" },
  verdicts: {
    empty: {
      title: "Paste a token",
      text: "Or open one of the examples. This page says at once what it is and whether it can work.",
    },
    noToken: "This is not an Agora token",
    damaged: (version: string) => `A damaged ${version} token`,
    sdk: (number: number) => `A client’s SDK reports error ${number}.`,
    code: (code: string) => `Fault: ${code}.`,
    stopped: (code: string, field: string, offset: number, length: number) =>
      `Fault: ${code}. The reading stopped at byte ${offset} of ${length}, in “${field}”; what was read before it is shown below.`,
    unwrapped: (stripped: readonly string[]) => `It was pasted with ${list(stripped)}, which a client would not take.`,
    forged: "Not genuine",
    badCertificate: "That is not an App Certificate",
    expired: "Expired",
    early: "Not valid yet",
    signature: { valid: "The certificate made this token.", uncheckable: "Its signature was not checked." },
    unchecked: "Valid now, signature not checked",
    needsCertificate: "Anyone can write a token that reads well. Give the App Certificate to see whether this one is genuine.",
    genuine: "Genuine and valid now",
    genuineText: "The certificate made this token, and its time has not run out.",
    mismatch: "Genuine, but not for this",
    notForThis: "Not for these names",
    open: "Genuine, but whether it works is not known",
    tooLong: (limit: number) => ({
      title: "Too much text",
      text: `This page reads up to ${
        limit / 1000
      },000 characters; a token has some hundred. Paste the part that has the token.`,
    }),
    noCrypto: "This page cannot check signatures here",
  },
  named: (name: string, value: string) => {
    const anyone: Texts = {
      channelName: "for any channel",
      uid: "as anyone",
      account: "as anyone",
      userId: "for no single user",
    };
    const words: Texts = {
      channelName: "for channel",
      uid: "as user",
      account: "as user",
      userId: "as user",
      roomUuid: "for room",
      userUuid: "as user",
    };
    return value === "" ? anyone[name] ?? "" : `${words[name] ?? name} “${value}”`;
  },
  summary: (format: string, services: readonly string[]) =>
    services.length === 0 ? `${format} without a service.` : `${format}: ${services.join("; ")}.`,
  summaryOld: (format: string, appId: string) =>
    `${format}, an old format, for the App ID ${appId}. Channel and user are signed, but cannot be read back from it.`,

  findings: {
    title: "Reasons",
    severity: { error: "Stops it", warning: "May stop it", info: "Good to know" },
    expected: "wanted",
    actual: "is",
    sdk: "SDK error",
    show: (label: string) => label === "" ? "" : `Show “${label}”`,
    place: (offset: number) => `Show byte ${offset}`,
  },

  inspect: {
    inputs: "The token and what checks it",
    outside: "This old format signs names that it does not hold. Give them to check the signature.",
    linked: "The token, byte by byte and field by field",
  },
  bytes: {
    text: "Token text",
    hex: "Content in bytes",
    span: (hex: string, label: string, start: number) => `${hex}: ${label}, byte ${start}`,
    more: (count: number) => `${plural(count, "more byte")} not shown. `,
    showMore: "Show more",
    gap: (count: number) => `… ${plural(count, "byte")} between not shown`,
    breaksOff: (offset: number) => `✕ It breaks off here, at byte ${offset}.`,
  },
  table: {
    caption: "Fields. Arrow keys move from field to field; the bytes light up.",
    columns: ["Field", "Value", "Meaning", "Raw bytes", "Offset"],
    more: (count: number) => `${plural(count, "more field")} not shown. `,
    gap: (count: number) => `${plural(count, "field")} between not shown`,
    bytes: (start: number, end: number) => end - start <= 1 ? `${start}` : `${start}–${end - 1}`,
    fault: "the fault: not readable from here",
    unread: "not read",
    lasts: (duration: string) => `lasts ${duration}; ends`,
    capped: (duration: string) => `asks for ${duration}, which is more than it gets; ends`,
  },
  timeline: {
    title: "Times",
    token: "Token",
    made: "issued",
    now: "now",
    cap: "24 h",
    capBeyond: "24 h →",
    ends: "ends",
    open: "no end of its own",
    left: (duration: string) => `${duration} left`,
    over: (duration: string) => `ended ${duration} ago`,
    nowAfter: "Now lies to the right of this picture.",
    nowBefore: "Now lies to the left of this picture.",
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
      "Three HMAC-SHA256, each feeding the next. Time and salt are keys here, so the certificate itself never signs anything.",
    titles: ["Mix the certificate with the time", "Mix in the salt", "Sign the content"],
    key: "key",
    message: "message",
    output: "output",
    masked: "•••• your App Certificate, 32 bytes of text",
    outputOf: (step: number) => `the output of step ${step}`,
    signedPart: (bytes: number) => `everything after the signature, ${bytes} bytes`,
    needsCertificate: "needs the App Certificate",
    received: "The token carries:",
    secret: "The outputs of steps 1 and 2 can sign tokens of this time: keep a picture of them as secret as the certificate.",
    old: {
      "006":
        "One HMAC-SHA256, with the certificate as key, over App ID, channel, user and the message. The token holds only checksums of channel and user.",
      "005":
        "One HMAC-SHA1, with the certificate as 16 raw bytes for a key, over the fields with channel and user between them.",
      "004":
        "One HMAC-SHA1, with the certificate as key, over service, App ID, time, random number, channel, user and end, as one text.",
      "003": COLUMNS_SIGNED,
      "002": COLUMNS_SIGNED,
      "001": "One HMAC-SHA1, with the certificate as key, over App ID, time, random number and channel, as one text.",
      signaling: "One MD5 over account, App ID, certificate and end, as one text. There is no HMAC.",
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
    ts: "Ends",
    service: "Service",
    unixTs: "Issued",
    randomInt: "Random number",
    expiredTs: "Ends",
    privileges: "Privileges",
    privilegeExpire: "Privileges last (seconds)",
    tokenExpire: "Token lasts (seconds)",
    joinChannelPrivilegeExpire: "Joining lasts (seconds)",
    pubAudioPrivilegeExpire: "Publishing audio lasts (seconds)",
    pubVideoPrivilegeExpire: "Publishing video lasts (seconds)",
    pubDataStreamPrivilegeExpire: "Publishing data lasts (seconds)",
    rtcAccount: "RTC user",
    rtcRole: "RTC role",
    rtcTokenExpire: "Token lasts (seconds)",
    rtmUserId: "RTM user ID",
    rtmTokenExpire: "RTM login lasts (seconds)",
    roleName: "Role",
    changes: "Changes to the role (JSON)",
    privilegeExpiredTs: "Privileges end (Unix time)",
    joinChannelExpiredTs: "Joining ends (Unix time)",
    pubAudioExpiredTs: "Publishing audio ends (Unix time)",
    pubVideoExpiredTs: "Publishing video ends (Unix time)",
    pubDataStreamExpiredTs: "Publishing data ends (Unix time)",
    serviceType: "Service number",
    permission: "Permission",
    extra: "Extra entries (JSON)",
    "extra.count": "Number of extra entries",
  } as Texts,
  formFields: { expire: "Token lasts (seconds)" } as Texts,
  hints: {
    channelName: "Empty: any channel",
    who: "uid 0: anyone",
    privilegeExpire: "Empty: as long as the token",
    expire: "1 to 86400: Agora grants 24 hours at most",
    "rtm.userId": "1 to 63 bytes",
    "rtm2.userId": "1 to 63 bytes",
    app: "For REST calls from your own server. It must never reach a client",
    role: FIRST_PUBLISHES,
    "rtc.role": "",
    "apaas.role": "The role in the room",
    "apaas.roomUuid": "Empty: a user without a room",
    rtcRole: FIRST_PUBLISHES,
    permission: "0: no upload. 3: audio and video upload",
    permissions: "JSON: resource, then read or write, then names",
  } as Texts,
  roles: { publisher: "publisher: also publishes", subscriber: "subscriber: only joins", single: "single privileges…" },
  privilege: "Privilege",
  privilegeCount: "Number of privileges",
  privilegeLife: (name: string) => `${name} lasts`,
  privilegeEnd: (name: string) => `${name} ends`,
  unknownService: "a service that this page does not know",
  meanings: {
    version: "which format it is",
    signature: "proof that whoever made the token has the certificate",
    appId: "the project",
    issueTs: "when it was made",
    unixTs: "when it was made",
    expire: "how long the token is valid, in seconds",
    salt: SO_THAT_THEY_DIFFER,
    randomInt: SO_THAT_THEY_DIFFER,
    serviceCount: "how many services follow",
    crcChannelName: "CRC-32 of the channel, which is not in the token",
    crcUid: "CRC-32 of the user, who is not in the token; 0: no user",
    "message.length": "how many bytes are signed",
    ts: "when the token ends",
    expiredTs: "when it ends; 0: no end of its own",
    uid: "the user; 0: anyone",
    service: "what the key is for",
    "privileges.count": "how many privileges follow",
    trailing: "nothing reads these bytes",
    fault: "from here on nothing can be read",
    unknown: "what belongs to a service that is not known",
  } as Texts,

  join: {
    inputs: "The token and how it is used",
    lead: "Say what the client does, as far as you know it. The more is known, the more is found.",
    intent: "What for?",
    noIntent: "not said",
    intents: {
      join: "join a channel and listen",
      publishAudio: "publish audio",
      publishVideo: "publish video",
      publishData: "publish data",
      host: "host: publish audio and video",
      loginRtm: "log in to Signaling (RTM)",
      chat: "log in to Chat",
    } as Texts,
    appIdHint: "As the client passes it",
    channelHint: "Letter by letter, as the client joins it",
    user: "User who joins",
    certificateHint: "Optional, and never sent: without it nobody can say that it works, only why it does not.",
    works: {
      title: "It will work",
      text:
        "Genuine, valid now, and right for the use, App ID, channel and user that are filled in. What is left are the settings of the project.",
    },
    things: { intent: "what for", appId: "the App ID", channelName: "the channel", user: "the user" },
    soFar: "Right as far as it was checked",
    soFarText: (said: readonly string[], unsaid: readonly string[]) =>
      `Genuine and valid now${said.length === 0 ? "" : `; checked against ${list(said)}`}. Not said, so not checked: ${
        list(unsaid)
      }.`,
    fails: "It will not work",
    unknown: "Nothing speaks against it, but that is not proof",
    unknownText: "No reason to fail was found. Give the App Certificate, and what is not filled in yet, to be sure.",
  },

  build: {
    inputs: "Form",
    lead: "Fill in the form; the token is made as you type, here in the page.",
    what: "What to build",
    ownChoice: "Services of your choice (007)",
    official: "As an official builder makes it (007)",
    old: "Formats before 007",
    services: "Services in the token",
    noOptions: "It has no options.",
    project: "App ID and App Certificate",
    certificateHint: "Empty: the fake credentials of the demo. Never sent or stored.",
    token: "The token",
    demo: "Made with the fake credentials of the demo: it works nowhere.",
    demoAppId: "Made with your certificate, but for the fake App ID of the demo: it works nowhere. Give your App ID.",
    demoCertificate:
      "Made for your App ID, but with the fake certificate of the demo: it works nowhere. Give your certificate.",
    ready: "Made with your App ID and certificate.",
    refused: (why: string) => `No token: ${why}`,
    number: (label: string) => `“${label}” must be a whole number.`,
    unreadable: (label: string) => `“${label}” cannot be read.`,
    written: (example: string) => `It is written like this: ${example}`,
    open: "Open in Inspect",
    bytes: "Its bytes",
  },
  code: {
    title: "The same call as code",
    languages: { typescript: "TypeScript", curl: "curl, to the token server", cli: "Command line" },
    secret: "The certificate stays on the server.",
    env: "and AGORA_APP_CERTIFICATE, or --certificate-stdin",
    no006: "The server makes AccessToken2 here. For this format use TypeScript or the command line.",
    refused: (why: string) => `The server refuses this: ${why}. Use TypeScript or the command line.`,
    appLevel: "A token for the whole app: the server makes it only where AGORATOKEN_ALLOW_APP_LEVEL_TOKENS=1.",
    line: "Options cannot say this; a line of JSON can. Set AGORA_APP_CERTIFICATE. The answer is JSON, too.",
  },

  learn: {
    tour: "A walk through a token",
    back: "Back",
    next: "Next",
    place: (at: number, of: number) => `Step ${at} of ${of}`,
    steps: [
      {
        title: "A name and a package",
        text:
          "“007” says which format it is. What follows is base64 of a zlib stream: the bytes below, compressed. Point at a byte to see which letters of the text carry it.",
        lights: "^envelope$",
      },
      {
        title: "The signature",
        text:
          "Two bytes of length, then 32 bytes. Only whoever has the App Certificate can make them, and only for exactly the bytes that follow: change one, and the signature no longer fits.",
        lights: "^signature$",
      },
      {
        title: "The project",
        text: "The App ID, as 32 letters. It is public. It tells Agora which certificate to check the signature with.",
        lights: "^appId$",
      },
      {
        title: "Two numbers for time",
        text:
          "When the token was made, as a Unix time, and for how many seconds it is valid from then. Numbers are written with their lowest byte first. A lifetime is never a date: 3600 is an hour, and nothing over 86400 helps.",
        lights: "^(issueTs|expire)$",
      },
      {
        title: "Salt",
        text: "A random number. Two tokens for the same user in the same second still differ.",
        lights: "^salt$",
      },
      {
        title: "What it is for",
        text:
          "The number of services, then each service: first its type. 1 is RTC: voice, video and data in a channel. One token may carry several services.",
        lights: "^(serviceCount|services\\[0\\]\\.type)$",
      },
      {
        title: "What it allows",
        text:
          "Pairs of a privilege and its seconds. 1 joins the channel, 2 publishes audio, 3 video, 4 data. A subscriber’s token has only the first.",
        lights: "^services\\[0\\]\\.privileges",
      },
      {
        title: "Where, and who",
        text:
          "Channel and user, each with its length before it. They must be what the client joins with, letter by letter. Empty means any channel, and anyone.",
        lights: "^services\\[0\\]\\.(channelName|uid)$",
      },
      {
        title: "The chain of the signature",
        text:
          "The certificate is mixed with the time, the result with the salt, and that key signs everything after the signature: all that is lit now. Inspect shows each step with its numbers.",
        lights: "^(?!signature$|envelope$)",
      },
    ],
    years: "The formats through the years",
    yearsText: "Every one can be read, checked and built here. Build 007; the others are for what is still out there.",
    columns: ["Format", "Name", "Came with", "Known by", "Times", "Channel and user", "Signature", "Example"],
    open: "Open",
    openFormat: (version: string) => `Open an example of ${version}`,
    formats: [
      {
        version: "007",
        cells: [
          "AccessToken2",
          "2022; every current SDK",
          "007 and base64 of zlib",
          "seconds from issue",
          "in the token",
          "three HMAC-SHA256",
        ],
      },
      {
        version: "006",
        cells: ["AccessToken", "Native SDK 2.1.0, Web 2.4.0", "006, App ID, base64", "absolute", "as checksums", "HMAC-SHA256"],
      },
      {
        version: "005",
        cells: ["DynamicKey5", "Native SDK 1.3.0", "005 and base64", "absolute", "signed only", "HMAC-SHA1, binary key"],
      },
      {
        version: "004",
        cells: ["DynamicKey4", "Native SDK 1.3.0", "004 and 100 characters", "absolute", "signed only", "HMAC-SHA1"],
      },
      {
        version: "003",
        cells: [
          "DynamicKey3",
          "Native SDK 1.2.3",
          "003 and 110 characters",
          "absolute",
          "user in it, channel signed",
          "HMAC-SHA1",
        ],
      },
      {
        version: "002",
        cells: ["DynamicKey2", "C++ and Python only", "110 characters", "absolute", "user in it, channel signed", "HMAC-SHA1"],
      },
      {
        version: "001",
        cells: ["DynamicKey", "the first", "90 characters", "issue only", "channel signed, no user", "HMAC-SHA1"],
      },
      {
        version: "signaling",
        cells: ["SignalingToken", "the first Signaling", "1:App ID:time:MD5", "absolute", "account hashed", "MD5, no HMAC"],
      },
    ],
  },

  ask: {
    inputs: "What to ask for",
    lead: "This page comes from a token server. Ask it for a token: this is the only thing that is ever sent, and only to it.",
    send: "Ask for a token",
    answer: "The answer",
    nothing: "It will stand here. Nothing was asked yet.",
    waiting: "Asking…",
    status: (status: number) => `The server answered ${status}`,
    inspect: "Inspect it",
    failed: "The server did not answer, or the API key has characters that cannot be sent.",
    key: "API key",
    keyHint: "Only where the server asks for one. It goes to this server alone, with the request, and is not stored.",
    meanings: {
      401: "The server wants to know who asks: it takes an API key, and got none or one that it does not know.",
      403: "The server knows who asks, and does not give this caller this token.",
      429: "The server was asked too often. Wait a little, then ask again.",
    } as Readonly<Record<number, string>>,
  },
};
