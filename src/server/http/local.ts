import { isLoopbackAddress, isLoopbackHost } from "./address.ts";
import { isAllowedOrigin, type Origins } from "./cors.ts";

/** The headers that a proxy adds to a request that it passes on. */
const FORWARDED = /^(x-forwarded-[a-z]+|forwarded|via|x-real-ip|true-client-ip|cf-connecting-ip)$/;

/**
 * Why a server without authentication does not answer a request: because it is not from this machine, or somebody else may have
 * sent it from there. A page of another site can get a browser to call this machine, but not under this machine's name, and
 * the browser says that it is another site's; a proxy passes on requests from anywhere.
 *
 * @param peer The address of the connection, where it is known.
 * @param proxies How many proxies are trusted, which then have to authenticate callers; with 0 there is none.
 * @returns Nothing where the server answers it.
 */
export function whyNotLocal(
  { headers }: Request,
  url: URL,
  peer: string | undefined,
  { corsAllowOrigin, trustedProxies: proxies = 0 }: { corsAllowOrigin?: Origins; trustedProxies?: number },
): string | undefined {
  if (!isLoopbackHost(url.hostname) || !isLoopbackAddress(peer ?? "unknown")) {
    return "This server answers requests from and to a loopback address only";
  }
  const origin = headers.get("origin");
  if (headers.get("sec-fetch-site") === "cross-site" && (origin === null || !isAllowedOrigin(origin, corsAllowOrigin))) {
    return "This server does not answer pages of other sites: CORS_ALLOW_ORIGIN allows them";
  }
  if (proxies === 0 && [...headers.keys()].some((name) => FORWARDED.test(name))) {
    return "This server answers this machine only, and a proxy passed this request on: AGORATOKEN_TRUSTED_PROXIES allows that";
  }
  return undefined;
}
