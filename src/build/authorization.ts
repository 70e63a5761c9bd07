import { refuse, string } from "../validate.ts";

/**
 * The value of the header `Authorization` for Agora's REST APIs that take a token in place of Basic credentials: `agora token=007…`.
 *
 * Documented for ConvoAI; for speech to text and RTM see docs/which-credential.md, “The header of a REST call”. Some pages of Agora put
 * quotes around the token; which services take both is not known, and the SDKs of Agora write none.
 *
 * @param token A token of format 007, and nothing around it.
 * @returns The value, without the name of the header.
 * @throws {AgoraTokenError} `invalid-type` or `invalid-value` for what is no such token, as one with quotes, a line break or
 * `agora token=` before it; the message does not repeat it.
 *
 * @example The header of a ConvoAI call
 * ```ts
 * import { authorizationHeader, buildToken, rtc, rtm } from "@agoratoken/agoratoken";
 * import { assertMatch } from "@std/assert";
 *
 * const token = await buildToken({
 *   appId: "0123456789abcdef0123456789abcdef",
 *   appCertificate: "fedcba9876543210fedcba9876543210",
 *   expire: 3600,
 *   services: [rtc({ channelName: "lobby", uid: 999, role: "publisher" }), rtm({ userId: "999" })],
 * });
 * const headers = new Headers({ authorization: authorizationHeader(token) });
 * assertMatch(headers.get("authorization")!, /^agora token=007/);
 * ```
 */
export function authorizationHeader(token: string): string {
  if (!/^007[A-Za-z\d+/]+={0,2}$/.test(string("token", token))) {
    refuse("token", "a token of format 007, with nothing around it");
  }
  return `agora token=${token}`;
}

/**
 * Whether a REST API of Agora is documented to take a 007 with these services as `agora token=…`: one with RTC, or one for the whole
 * app of Flexible Classroom. Source: docs/which-credential.md, “The header of a REST call”.
 */
export function isForHeader(services: readonly { readonly type: unknown; readonly privileges: object }[]): boolean {
  return services.some(({ type, privileges }) => type === "rtc" || (type === "apaas" && "app" in privileges));
}

/** What {@linkcode isForHeader} wants, in words. */
export const FOR_HEADER =
  "a token with RTC, or one for the whole app of Flexible Classroom (apaas): the REST API of RTM takes Basic " +
  "credentials, that of Chat takes Bearer, and the others are not documented to take a token";
