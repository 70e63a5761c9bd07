/** Whether the host of a URL is this machine: `localhost`, `127.…` or `[::1]`. `URL` has made other spellings into these. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** Whether the address of a connection is this machine's own. */
export function isLoopbackAddress(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127(\.\d{1,3}){3}$/i.test(address);
}

/**
 * The address of a client. Each trusted proxy adds the address that called it at the right of `X-Forwarded-For`, so that with
 * one proxy the last entry is the client, with two the entry before it; what stands further left was written by the client
 * itself. Where the proxies did not write the header, it is the address of the connection.
 *
 * @param peer The address of the connection, where it is known.
 * @param proxies How many proxies are trusted; with 0 the header does not count.
 */
export function clientAddress({ headers }: Request, peer: string | undefined, proxies: number): string {
  const text = proxies === 0 ? null : headers.get("x-forwarded-for");
  const entries = text?.split(",").map((entry) => withoutPort(entry.trim())) ?? [];
  const entry = entries[entries.length - proxies];
  const address = entry === undefined || !/^[0-9a-f.:]{2,45}$/i.test(entry) ? peer : entry;
  return address === undefined ? "unknown" : network(address);
}

/** Some proxies write the port too, which differs for every connection. */
function withoutPort(entry: string): string {
  return /^\[(.*)\](:\d+)?$/.exec(entry)?.[1] ?? entry.replace(/^([\d.]+):\d+$/, "$1");
}

/** An IPv6 client can call from a whole /64, which counts as one address. An IPv4 address written as IPv6 is that address. */
function network(address: string): string {
  if (!address.includes(":") || !URL.canParse(`http://[${address}]`)) return address;
  const host = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const groupsOf = (text: string) => text.split(":").filter((group) => group !== "");
  const mapped = /^::ffff:([^:]+):([^:]+)$/.exec(host);
  if (mapped !== null) {
    return mapped.slice(1).flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]).join(".");
  }
  const whole = host.replace("::", `:${"0:".repeat(8 - groupsOf(host).length)}`);
  return `${groupsOf(whole).slice(0, 4).join(":")}::/64`;
}
