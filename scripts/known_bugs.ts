/** A bug of a known token server, which ours does not have. */
export interface KnownBug {
  /** The servers that have it. */
  readonly peer: string;
  /** What they do. */
  readonly bug: string;
  /** What ours does. */
  readonly ours: string;
}

const GUIDE = "Agora's guide “Deploy a token server” (Go)";
const GIN_GUIDE = "the guide “How to Build a Token Server for Agora Applications using GoLang”";
const ATS = "agora-token-service";
const NTS = "Agora-Node-TokenServer";

/** The bugs, by the names that the tests in tests/server/bugs_…_test.ts use, in the order of docs/server-contracts.md. */
export const KNOWN_BUGS = {
  "uid-wraps": {
    peer: `${GIN_GUIDE}, ${ATS}`,
    bug: "lets a uid over 2³²−1 wrap around: 4294967297 becomes user 1",
    ours: "refuses it",
  },
  "numeric-uid-refused": {
    peer: ATS,
    bug: "refuses a uid that is a number in JSON",
    ours: "takes numbers and digits",
  },
  "uid-as-account": {
    peer: ATS,
    bug: "reads a uid of `-5` or of too many digits as an account, without an error",
    ours: "refuses a number that is not a uid; an account may be any other text",
  },
  "rtm-user-0": {
    peer: ATS,
    bug: "makes an RTM token for user 0 by `/getToken`, but not by `/rtm/0`",
    ours: "refuses both",
  },
  "zeros-dropped": {
    peer: ATS,
    bug: "changes an account of digits with leading zeros into another user",
    ours: "packs the account as it is",
  },
  "uid-0-as-account": {
    peer: `${NTS}, TokenServer-nodejs, AgoraIO/Tools nodejs/server`,
    bug: 'reads uid 0 of a URL as the account `"0"`, which no wildcard user can use',
    ours: "packs the wildcard",
  },
  "undefined-user": {
    peer: "every server on npm agora-token",
    bug: "makes a token for the account `undefined` or `null` if a client has no user",
    ours: "refuses such a user",
  },
  "rtm-number": {
    peer: "every server on npm agora-token",
    bug: "throws on an RTM user id that is a number",
    ours: "takes its digits as the user id",
  },
  "negative-uid": {
    peer: "every server on npm agora-token",
    bug: "reads a uid of -1, 1.5 or 4294967297 as an account",
    ours: "refuses it",
  },
  "chat-in-path": {
    peer: ATS,
    bug: "finds the kind of a Chat token by the first `chat` in the path",
    ours: "has a route for each kind, so that a user may be called chat",
  },
  "uid-ignored": {
    peer: "AgoraIO/Tools python3 docker",
    bug: "ignores the uid; answers 200 with an empty body when it has no credentials",
    ours: "reads the uid; does not start without credentials",
  },
  "role-of-the-request-before": {
    peer: GUIDE,
    bug: "uses the role of the previous request for an unknown role",
    ours: "refuses an unknown role",
  },
  "role-words": {
    peer: `${GIN_GUIDE}, ${ATS}`,
    bug: "reads every role except the word `publisher` as a subscriber, even the numbers of Agora's own samples",
    ours: "accepts words and numbers, and refuses others",
  },
  "everyone-publishes": {
    peer: "app-builder-backend",
    bug: "lets everyone publish, not only hosts",
    ours: "grants the requested role",
  },
  "rte-token-type": {
    peer: NTS,
    bug: "ignores the token type of `/rte`",
    ours: "reads it",
  },
  "token-type-unread": {
    peer: GIN_GUIDE,
    bug: "reads the token type under another name than its route has, so that every type is unknown",
    ours: "reads it",
  },
  "app-token-for-anyone": {
    peer: ATS,
    bug: "gives an administrator's Chat token to any caller",
    ours: "refuses it unless the configuration allows it",
  },
  "two-chat-services": {
    peer: "AgoraIO/Tools go/docker",
    bug: "puts two Chat services into a token when user and app are requested; clients read only one",
    ours: "refuses it",
  },
  "empty-service-list": {
    peer: "AgoraIO/Tools go/docker",
    bug: "for `{}`, makes a token without services and with a lifetime of 0",
    ours: "refuses it, and has a default lifetime",
  },
  "lifetime-wraps": {
    peer: ATS,
    bug: "lets lifetimes wrap around: -1 is 136 years, 4294967297 is one second",
    ours: "refuses both",
  },
  "empty-expiry": {
    peer: ATS,
    bug: "fails on `?expiry=` without a value",
    ours: "reads it as absent",
  },
  "expiry-abc": {
    peer: NTS,
    bug: "makes a broken token from `?expiry=abc`",
    ours: "refuses it",
  },
  "expired-ts": {
    peer: "TokenServer-nodejs",
    bug: "does not check `expiredTs`: `zzz` or a past time make expired tokens; a missing channel gets 500",
    ours: "refuses all three",
  },
  "absolute-lifetime": {
    peer: "agora-token-gen and edge workers",
    bug: "passes an absolute time instead of a lifetime: its tokens are for decades",
    ours: "refuses such a lifetime",
  },
  "end-computed-once": {
    peer: "AgoraIO/Tools nodejs/server",
    bug: "computes the expiry time of tokens once, when it starts: an hour later every token is expired",
    ours: "computes it for each token",
  },
  "outlives-24-hours": {
    peer: `${GIN_GUIDE}, ${ATS}, ${NTS}, TokenServer-nodejs, AgoraIO/Tools go/docker`,
    bug: "makes tokens with a longer lifetime than Agora allows",
    ours: "cuts lifetimes to 24 hours",
  },
  "error-as-token": {
    peer: GUIDE,
    bug: "writes error messages into `token`, so that clients join with them",
    ours: "has no `token` in a refusal",
  },
  "empty-token": {
    peer: GUIDE,
    bug: "answers 200 with an empty token when the builder fails",
    ours: "answers 400",
  },
  "rtm-errors-name-rtc": {
    peer: GIN_GUIDE,
    bug: "names RTC in the errors of RTM",
    ours: "names RTM",
  },
  "status-500": {
    peer: NTS,
    bug: "answers 500 to a bad value, and to the role `subscriber`",
    ours: "answers 400, and knows the role",
  },
  "json-tail": {
    peer: ATS,
    bug: "ignores what follows the JSON of a body",
    ours: "refuses it",
  },
  "shared-request": {
    peer: GUIDE,
    bug: "keeps the request in global variables, so that simultaneous requests get each other's tokens",
    ours: "keeps no state of a request outside of that request",
  },
  "authorization-crash": {
    peer: "app-builder-backend",
    bug: "crashes on an `Authorization` header without `Bearer`",
    ours: "does not crash",
  },
  "origins-refused": {
    peer: ATS,
    bug: "refuses browsers by default, and every native app once an origin is listed",
    ours: "answers requests without an origin, and allows loopback pages by default",
  },
  "origins-untrimmed": {
    peer: ATS,
    bug: "does not trim the list of origins, so that only its first works",
    ours: "trims it",
  },
  "no-vary": {
    peer: ATS,
    bug: "returns the origin without `Vary: Origin`, so that caches mix up answers",
    ours: "always sends it",
  },
  "no-authorization-header": {
    peer: ATS,
    bug: "does not allow the header `Authorization` from browsers",
    ours: "allows it",
  },
  "slash-redirect": {
    peer: ATS,
    bug: "redirects a path without its final slash before CORS, which fails in browsers",
    ours: "answers both forms",
  },
  "cors-misspelt": {
    peer: NTS,
    bug: "misspells the name of the CORS header",
    ours: "spells it correctly",
  },
  "cors-on-success-only": {
    peer: "AgoraIO/Tools nodejs/server",
    bug: "sends CORS headers only with successful answers, so that a page cannot read errors",
    ours: "always sends them",
  },
  "no-preflight": {
    peer: `${GIN_GUIDE}, TokenServer-nodejs, AgoraIO/Tools`,
    bug: "does not answer a browser's preflight",
    ours: "answers it on every route",
  },
  "secrets-in-log": {
    peer: `${NTS}, AgoraIO/Tools go/docker`,
    bug: "writes the App Certificate, or whole requests, to its log",
    ours: "writes no secret, no path, no channel and no user",
  },
  "starts-without-credentials": {
    peer: NTS,
    bug: "starts without credentials, and fails at the first request",
    ours: "does not start, and says what is missing",
  },
  "certificates-from-callers": {
    peer: "agora-token-gen",
    bug: "takes App Certificates from its callers, and continues after a body that is not JSON",
    ours: "makes tokens of its own projects only, and refuses such a body",
  },
} as const satisfies Record<string, KnownBug>;
