// The texts of what one does next with a token: code, sharing, comparing, editing. As in texts.ts, all in one place.

/** The texts of the actions. */
export const N = {
  actions: {
    label: "What to do with this token",
    report: "Copy report",
    share: "Copy a defused link",
    compare: "Compare",
    edit: "Edit and re-sign",
    code: "Code",
    all: (count: number) => `List all ${count} tokens`,
  },
  panels: {
    compare: "Compare with another token",
    edit: "Edit and sign anew",
    code: "How to make this token",
  },

  report: {
    until: (time: string) => `until ${time}`,
    nothing: "nothing",
    foot: (time: string) => `Read by agoratoken at ${time}. Neither the token nor a certificate is in this report.`,
  },

  share: {
    title:
      "Copies the address of this page with the token in it, without its signature: it lets nobody in. Anyone who has the link can read the rest.",
    readable: {
      "007": "App ID, channel and user stay readable",
      "006": "App ID, and checksums of channel and user, stay readable",
      other: "App ID and times stay readable",
    } as Readonly<Record<string, string>>,
    copied: "The link is copied. Its token has no signature, and lets nobody in.",
    unreadable: "The address of this page holds no token that was shared by it.",
    cannot: "This token has parts that cannot be rebuilt, so that no link can be made of it.",
    defused: {
      title: "Not a token: shared for reading",
      text:
        "Its signature was replaced by zeros before it was shared, so that it lets nobody in. All else is as in the original.",
    },
  },

  compare: {
    other: "The other token",
    hint: "A token, or text that contains one",
    none: "There is no token in this text.",
    columns: ["Field", "The token above", "The other", "Difference"],
    same: "same",
    absent: "—",
    empty: "(empty)",
    differences: { differs: "differs", case: "differs only in case or whitespace", missing: "only in one" },
    summary: (differing: readonly string[], all: number) =>
      differing.length === 0
        ? `No field differs, of ${all}.`
        : `${differing.length} of ${all} fields ${differing.length === 1 ? "differs" : "differ"}: ${
          differing.length > 6 ? `${differing.slice(0, 6).join(", ")} …` : differing.join(", ")
        }.`,
  },

  edit: {
    lead: "Change any value: the token is signed anew as you type, in this page. An edited token never goes into a link.",
    certificateHint: "Signs the edited token, in this page; never sent or stored.",
    result: "The edited token",
    copy: "Copy the edited token",
    open: "Open in Inspect",
    now: "Issue it now",
    reset: "As it was",
    none: "not in the token",
    nothing: "nothing",
    was: (value: string) => `was ${value}`,
    needsCertificate: "Enter the App Certificate to sign the edited token.",
    made: "Signed with your certificate. It keeps to Agora’s documented rules, as far as they can be checked here.",
    breaks: (rule: string) => `This breaks Agora’s documented rules, and is signed nevertheless: ${rule}.`,
    cannot: (why: string) => `The format cannot hold this: ${why}`,
  },

  code: {
    title: "How to make this token",
    language: "Language",
    groups: { own: "This library", official: "Agora’s official code", client: "In the client: join" },
    install: "Get it",
    installOurs: "deno add jsr:@agoratoken/agoratoken   # or, for Node and bundlers: npm install agoratoken",
    notes: "About this code",
    known: "Known faults of this language’s official code",
    source: "From AgoraIO/Tools at commit da06bfb8 and npm agora-token 2.0.6; nothing here is sent anywhere.",
    fromServer: "The token comes from your server: never make it in the client.",
    choose: {
      channel: (pattern: string | undefined): string =>
        pattern === undefined || pattern === "*"
          ? "The token is for any channel: choose one."
          : "The token is for every channel that fits its pattern: choose one.",
      user: (pattern: string | undefined): string =>
        pattern === undefined || pattern === "*"
          ? "The token is for any user: the SDK chooses a uid."
          : "The token is for every user that fits its pattern: choose one.",
    },
    noClient: "This token has no RTC channel and user to join with.",
    names: "This format does not hold the channel and the user: the code has those that were entered above.",
  },

  ask: {
    code: "The same request as a command",
    demo:
      "This server is in demo mode: it signs with fake credentials, and its tokens work nowhere. Start it with your own to make tokens that work.",
  },

  batch: {
    inputs: "The tokens, and what to check them with",
    lead:
      "Paste a list, a log or a JSON file with many tokens, or drop a file here: each token gets a row. All of it stays in this page.",
    input: "Text with tokens",
    file: "Or a file",
    certificateHint: "Optional. Used to check the signatures, in this page; never sent or stored.",
    second: "Second App Certificate",
    secondHint: "Optional: the other one of a project that is changing its certificate.",
    progress: "How much of the text is read",
    cancel: "Cancel",
    result: "The tokens",
    sofar: (count: number) => `${count} tokens so far…`,
    done: (count: number, valid: number) =>
      count === 0
        ? "There is no token in this text."
        : `${count} ${count === 1 ? "token" : "tokens"}, ${valid} of them genuine and valid now.`,
    cancelled: (count: number) => `Cancelled: the first ${count} tokens.`,
    hidden: (count: number) => `${count} more rows are not shown.`,
    open: (place: number) => `Open token ${place} in Inspect`,
    columns: {
      place: "No.",
      verdict: "Verdict",
      format: "Format",
      services: "Services",
      channel: "Channel",
      user: "User",
      expiresAt: "Expires (UTC)",
      certificate: "Certificate",
      appId: "App ID",
    },
    unchecked: "not checked",
    none: "none of these",
    nth: ["the first", "the second"],
    copyCsv: "Copy CSV",
    copyJson: "Copy JSON",
    saveCsv: "Save CSV",
    saveJson: "Save JSON",
  },

  learn: {
    tours: "Which token to walk through",
    example: "An example of 007",
    own: "Your token",
    old: "An example of 006",
    noOwn: "Paste a whole token of 007 or 006 into Inspect to walk through it.",
    steps006: [
      {
        title: "Prefix and App ID, as plain text",
        text:
          "“006” is the format. The App ID stands after it as it is: 32 hexadecimal characters. The rest is base64, and nothing is compressed.",
      },
      {
        title: "The signature",
        text: "32 bytes of one HMAC-SHA256, with the App Certificate as the key. There is no length before it, unlike in 007.",
      },
      {
        title: "Checksums instead of names",
        text:
          "The CRC-32 of the channel and of the user, and not the names themselves: one can check a name that one knows or guesses, and read none. A user of 0 or none has the checksum 0: anyone.",
      },
      {
        title: "The message",
        text:
          "Its length, then what is signed besides App ID, channel and user. The names are signed, although they are not in the token.",
      },
      {
        title: "Salt and expiry",
        text:
          "A random number, and a Unix time. In 006 every time is absolute: a duration such as 3600 would be a time in 1970. Official code writes 24 hours from now here, and the times that matter are those of the privileges.",
      },
      {
        title: "What it allows, and until when",
        text:
          "Pairs of a privilege and the Unix time at which it expires; 0 means that it has no expiry of its own. 1 allows joining the channel, 2 to 4 publishing audio, video and data.",
      },
      {
        title: "A login of RTM looks the same",
        text:
          "A 006 for RTM has the account instead of the channel, no user, and the privilege 1000. Only the checksums differ from a token for a channel of that name.",
      },
    ],
    map: "Which credential for what",
    mapText:
      "Agora has more credentials than tokens. Those that are secret stay on your server; a token is made there, and given to one client.",
    mapColumns: ["Product", "The client gets", "Your server holds", "Note"],
    credentials: [
      [
        "RTC: voice, video, live streaming",
        "App ID, and a 007 for channel and user",
        "App Certificate",
        "Without a certificate in the project, the App ID alone joins: for tests only.",
      ],
      [
        "Signaling (RTM)",
        "App ID, and a 007 for the user",
        "App Certificate",
        "A stream channel takes an RTC token besides. An RTC token alone does not log in.",
      ],
      [
        "Chat",
        "App Key, and a 007 for the user name",
        "App Certificate",
        "REST calls take a 007 for the whole app, made on the server. What begins with YWMt is Chat’s own REST token.",
      ],
      [
        "Conversational AI",
        "as RTC and RTM",
        "App Certificate",
        "The header is “agora token=…” with a token for RTC and RTM, or Basic with customer key and secret.",
      ],
      ["Speech to text", "—", "App Certificate; customer key and secret", "A token for each bot, of the channel and its uid."],
      [
        "Cloud Recording, media push and pull",
        "—",
        "App Certificate; customer key and secret",
        "The recorder joins with an RTC token of its own uid; REST calls take Basic with customer key and secret.",
      ],
      [
        "REST APIs: banning, channel management",
        "—",
        "customer key and secret",
        "Not the App Certificate, and never in a client: “Authorization: Basic …”.",
      ],
      [
        "Flexible Classroom (APaaS)",
        "App ID, and a 007 for room, user and role",
        "App Certificate",
        "One token holds APaaS, RTM and Chat.",
      ],
      [
        "Interactive Whiteboard",
        "App Identifier, and a room token NETLESSROOM_…",
        "access key (AK) and secret key (SK)",
        "Nothing of it is an Agora token: other keys, another signature, times in milliseconds.",
      ],
      ["A console’s temporary token", "a 007 for one channel", "—", "For a first test: valid for 24 hours."],
    ],
  },
};
