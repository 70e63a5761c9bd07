// What the causes in the table of messages mean, and what must be known to find out which of them it is.

/** What decides between causes: the token, what it is used with, and the certificate that should have made it. */
export type DecidingInput = "token" | "appId" | "certificates" | "channelName" | "user" | "intent";

/** A cause in words. */
export interface CauseWords {
  /** What is wrong, as the end of the sentence "It may be that …". */
  readonly says: string;
  /** What to do about it, where that depends on the cause alone. */
  readonly advice?: string;
  /** What must be known to tell whether it is this cause. */
  readonly inputs?: readonly DecidingInput[];
}

const TEXT = ["token"] as const;
const TIME = ["token"] as const;

/** Causes that are about a token or its server: what a diagnosis finds, by the code of the finding, and then what none can find. */
export const CAUSES: Readonly<Record<string, CauseWords>> = {
  "absolute-time-as-duration": { says: "a duration of the token was given as an absolute time", inputs: TIME },
  "against-documented-rules": {
    says: "a name, uid or account is not as Agora documents it",
    inputs: ["token", "channelName", "user"],
  },
  "app-id-malformed": { says: "the App ID is not 32 hexadecimal characters", inputs: ["appId"] },
  "app-id-mismatch": { says: "the token is of another project than the App ID in use", inputs: ["token", "appId"] },
  "app-level-token": { says: "the token is an administrator's, for the whole app, and not a user's", inputs: TEXT },
  "certificate-malformed": { says: "the App Certificate is not 32 hexadecimal characters", inputs: ["certificates"] },
  "certificate-missing": { says: "the token server has no App Certificate", inputs: ["certificates"] },
  "channel-mismatch": { says: "the token is for another channel", inputs: ["token", "channelName"] },
  "duration-as-absolute-time": { says: "an absolute time of a token before 007 was given as a duration", inputs: TIME },
  "expired": { says: "the token expired", inputs: TIME },
  "expires-soon": { says: "the token expires soon", inputs: TIME },
  "legacy-format": { says: "the token is of a format before 007", inputs: TEXT },
  "lifetime-over-24-hours": { says: "the token has a lifetime of more than the 24 hours that Agora grants", inputs: TIME },
  "lifetime-zero": { says: "the token has a lifetime of 0 seconds", inputs: TIME },
  "literal-account": { says: "the user is a text such as undefined or null", inputs: ["token", "user"] },
  "no-service": { says: "the token has no service", inputs: TEXT },
  "older-than-24-hours": { says: "the token was made more than 24 hours ago", inputs: TIME },
  "privilege-expired": { says: "a privilege of the token expired", inputs: ["token", "intent"] },
  "privilege-missing": { says: "the token lacks a privilege that is needed", inputs: ["token", "intent"] },
  "publish-privilege-missing": { says: "the token does not allow to publish, as a subscriber's", inputs: ["token", "intent"] },
  "relay-source-user": {
    says: "the source token of a media relay is not for uid 0",
    inputs: ["token", "channelName", "intent"],
  },
  "service-missing": { says: "the token is for another service, as for RTC and not RTM", inputs: ["token", "intent"] },
  "signature-invalid": {
    says: "the token was made with another App Certificate, or changed",
    inputs: ["token", "certificates"],
  },
  "text-altered": { says: "the token was changed on its way: encoded for a URL, or broken over lines", inputs: TEXT },
  "text-cut": { says: "the token was cut: not all of it was copied or stored", inputs: TEXT },
  "text-is-error-message": { says: "an error message or answer of the token server was passed as token", inputs: TEXT },
  "text-is-id": { says: "an App ID or App Certificate was passed as token", inputs: TEXT },
  "text-is-placeholder": {
    says: "no token was passed, or a placeholder: it is empty, undefined or a sample's text",
    inputs: TEXT,
  },
  "text-wrapped": { says: "something stands around the token: quotes, whitespace, JSON", inputs: TEXT },
  "uid-against-account": {
    says: "the token is for a numeric uid and the user an account, or the reverse",
    inputs: ["token", "user"],
  },
  "unreadable": { says: "the token cannot be read", inputs: TEXT },
  "user-in-channel-field": { says: "the user stands in the channel's field of an RTC token", inputs: ["token", "user"] },
  "user-mismatch": { says: "the token is for another user", inputs: ["token", "user"] },
  "wildcard-channel": { says: "the token is for any channel", inputs: TEXT },
  "wildcard-user": { says: "the token is for any user, so that several devices use one uid", inputs: TEXT },
  // What a token alone does not show.
  "argument-order": {
    says: "the token stands in another argument of the call, so that no token or the wrong text reaches the service",
    advice:
      "Compare the call with the reference: Web 4.x join(appid, channel, token, uid), Web 3.x join(token, channel, uid). Native has another order.",
  },
  "authorization-scheme": {
    says: "the header of a REST call does not name the scheme that the service wants",
    advice: "Send Authorization: agora token=<token>, or Basic with the customer key and secret.",
  },
  "certificate-not-enabled": {
    says: "the project has no App Certificate enabled, so that the service accepts no token",
    advice: "Enable the primary certificate in the console and allow five minutes, or join without a token.",
  },
  "clock-behind": {
    says: "the clock of the token server is slow, so that a new token was issued in the past",
    advice: "Set the server's clock by NTP: the lifetime counts from the time of the server.",
    inputs: TIME,
  },
  "join-without-user": {
    says: "the token names a user, and the join passes none, so that the service assigns another",
    advice: "Pass the uid or account of the token to join, or build the token for uid 0.",
    inputs: ["token", "user"],
  },
  "project-suspended": {
    says: "the project or account is disabled, overdue or deleted",
    advice: "Look at the console: no token helps.",
  },
  "project-unknown": {
    says: "the service knows no project with this App ID, or knows it in another region or console",
    advice: "Copy the App ID again from the console of the same service: Agora and Shengwang are separate.",
    inputs: ["appId"],
  },
  "renew-out-of-channel": {
    says: "renewToken is called before join or login, after leave, or in a state that never answers",
    advice: "Join or log in with the new token.",
  },
  "rest-credentials": {
    says:
      "customer key and secret of the REST calls are wrong, swapped or not in base64, or a token is sent where Basic is wanted",
    advice: "Send Authorization: Basic base64(key:secret). App ID and certificate are other things.",
  },
  "rtm2-permission-missing": {
    says: "the permissions of the RTM 2.x token do not cover the channel or the action",
    advice: "Ask the token server for the permission.",
    inputs: ["token", "channelName"],
  },
  "service-not-enabled": {
    says: "the product is not enabled for the project",
    advice: "Enable it in the console.",
  },
  "text-is-netless-token": {
    says: "the text is a whiteboard token (NETLESSSDK_, NETLESSROOM_, NETLESSTASK_), which is another format",
    advice: "Use it only for the whiteboard.",
    inputs: TEXT,
  },
  "token-server-cors": {
    says: "the browser withheld the token server's answer (CORS)",
    advice: "Let the server send Access-Control-Allow-Origin for the page's origin and answer OPTIONS.",
  },
  "token-server-not-json": {
    says: "the token server's answer is HTML or text, not JSON",
    advice: "Check the path: often it is that of a frontend's index page.",
  },
  "token-server-refused": {
    says: "the token server answered 401, 403, 404, 405 or 429",
    advice: "Send its key, and use its method and path.",
  },
  "token-server-unreachable": {
    says: "no answer came: wrong host, localhost on a phone, or http blocked",
    advice: "Use an address that the device can reach, over https.",
  },
  "user-banned": {
    says: "a banning rule (REST) put the user, address or channel out",
    advice: "List and delete the rule: a new token does not help while it lasts.",
  },
};

/** Causes in which no token is at fault: the remedy of the row is the answer. */
export const NOT_A_TOKEN: Readonly<Record<string, CauseWords>> = {
  "account": { says: "the user account of the call is not valid" },
  "already-closed": { says: "the connection was closed before" },
  "already-joined": { says: "the channel is joined already" },
  "already-logged-in": { says: "somebody is logged in already" },
  "app-id": { says: "the App ID of the call is wrong" },
  "app-key": { says: "the App Key of Chat is wrong" },
  "area": { says: "the area is not allowed, or has no service" },
  "builder-token": { says: "the builder token of speech to text is at fault, which lasts five minutes" },
  "channel-name": { says: "the channel name of the call is not valid" },
  "encryption-key": { says: "the encryption key or salt differs from that of the others" },
  "internal-ticket": { says: "a ticket that the SDK keeps for itself is not valid any more" },
  "limit": { says: "a limit is reached" },
  "name-in-use": { says: "the name is in use" },
  "network": { says: "the network failed" },
  "no-publisher": { says: "nobody published" },
  "noise": { says: "the line means nothing" },
  "parameter": { says: "a parameter of the call is not valid" },
  "password": { says: "the password is wrong" },
  "rate": { says: "the call is made too often" },
  "receiver-offline": { says: "the receiver is not logged in" },
  "region": { says: "the request went to another region" },
  "relay-not-enabled": { says: "media relay is not enabled for the project" },
  "remote-rtc-uids": { says: "remote_rtc_uids does not name the user" },
  "resource-id": { says: "the resource id expired after five minutes" },
  "same-user-twice": { says: "the same user joined or logged in twice" },
  "service": { says: "the service failed" },
  "service-or-network": { says: "the service or the network failed" },
  "task-over": { says: "the task is over" },
  "uid": { says: "the uid of the call is not valid" },
  "user-id": { says: "the user id of the call is not valid" },
  "user-not-registered": { says: "the user is not registered" },
};
