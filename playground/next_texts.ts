// The texts of what one does next with a token: code, sharing, comparing, editing. As in texts.ts, all in one place.

/** The texts of the actions. */
export const N = {
  actions: {
    label: "What to do with this token",
    report: "Copy report",
    share: "Share",
    compare: "Compare",
    edit: "Edit",
    code: "Code",
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
      channel: (pattern: string | undefined) =>
        pattern === undefined || pattern === "*"
          ? "The token is for any channel: choose one."
          : "The token is for every channel that fits its pattern: choose one.",
      user: (pattern: string | undefined) =>
        pattern === undefined || pattern === "*"
          ? "The token is for any user: the SDK chooses a uid."
          : "The token is for every user that fits its pattern: choose one.",
    },
    noClient: "This token has no RTC channel and user to join with.",
    names: "This format does not hold the channel and the user: the code has those that were entered above.",
  },
};
