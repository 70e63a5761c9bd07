import { decodeHex, encodeHex } from "../../bytes/hex.ts";
import { type Bytes, concatBytes, equalBytes, u32le, utf8 } from "../../bytes/bytes.ts";
import type { ParsedToken } from "../../formats/detect.ts";
import type { ParsedToken007 } from "../../formats/access_token2/types.ts";
import type { ParsedToken006 } from "../../formats/legacy_types.ts";
import type { Name, TokenView } from "../../formats/view.ts";
import { engine } from "../../runtime/choose.ts";
import { type Awaitable, chain } from "../../runtime/engine.ts";
import { isHexId } from "../../validate.ts";
import { type Expected, namesFor } from "../expected.ts";
import { type FindingParams, type HomemadeSign, type Observation, observed } from "../findings.ts";
import { signatureSigns } from "./shape.ts";

// Code that does not follow a format signs in a few other ways. Each is a row here, and their combinations are tried. Whichever gives
// the signature proves that the certificate is the right one, and that the code which signed is at fault.

/** What is signed or signed with. */
type Part = "time" | "salt" | "appId" | "channel" | "user" | "names";

/** One way of doing one step: the right one has no sign. */
type Way<Value> = readonly [sign: HomemadeSign | undefined, value: Value];

/** The bytes of the certificate. */
const CERTIFICATES: readonly Way<(certificate: string) => Bytes>[] = [
  [undefined, utf8],
  ["certificate-decoded", decodeHex],
];
/** The bytes of a number. */
const NUMBERS: readonly Way<(value: number) => Bytes>[] = [
  [undefined, u32le],
  ["big-endian", (value) => u32le(value).reverse()],
  ["numbers-as-text", (value) => utf8(String(value))],
];
const ALL: readonly Part[] = ["time", "salt", "appId", "channel", "user", "names"];
/** In which HMACs the key is the data and the data the key. */
const EXCHANGES: readonly Way<{ readonly derivation: readonly Part[]; readonly last: boolean }>[] = [
  [undefined, { derivation: [], last: false }],
  ["key-and-data-exchanged", { derivation: ALL, last: false }],
  ["key-and-data-exchanged", { derivation: ALL, last: true }],
  ["key-and-data-exchanged", { derivation: [], last: true }],
  ["key-and-data-exchanged", { derivation: ["time"], last: false }],
  ["key-and-data-exchanged", { derivation: ["salt"], last: false }],
];
/** How an HMAC is passed on to the next. */
const STEPS: readonly Way<(hmac: Bytes) => Bytes>[] = [
  [undefined, (hmac) => hmac],
  ["hexadecimal-steps", (hmac) => utf8(encodeHex(hmac))],
];
/** What the key is derived from, one HMAC after the other: time and salt in 007, nothing in 006. */
const DERIVATIONS: Readonly<Record<"007" | "006", readonly Way<readonly Part[]>[]>> = {
  "007": [
    [undefined, ["time", "salt"]],
    ["no-derivation", []],
    ["other-derivation", ["salt", "time"]],
    ["other-derivation", ["time"]],
    ["other-derivation", ["salt"]],
    ["other-derivation", ["appId", "channel", "user"]],
    ["other-derivation", ["channel", "user"]],
    ["other-derivation", ["salt", "names"]],
  ],
  "006": [[undefined, []], ["other-derivation", ["time", "salt"]], ["other-derivation", ["appId", "channel", "user"]]],
};
/** Whether App ID, channel and user are signed as text before the content, as in 006. */
const DATA: Readonly<Record<"007" | "006", readonly Way<boolean>[]>> = {
  "007": [[undefined, false], ["other-data", true]],
  "006": [[undefined, true], ["other-data", false]],
};

/** The largest content of which other signatures than the right one are made, in bytes: each is over all of it. */
export const LARGEST_TRIED = 4096;

/** Nobody makes more mistakes than that in one signature and gets a signature that is worth looking for. */
const MOST_SIGNS = 2;

/**
 * What shows that code of somebody's own signed a token that could be read and that none of the certificates made in the right way: a signature that no HMAC-SHA256 is, or a wrong way to
 * make it.
 *
 * @param isThorough Whether to try the wrong ways.
 */
export function homemadeSignature(
  token: ParsedToken,
  view: TokenView,
  certificates: readonly string[],
  expected: Expected,
  isThorough: boolean,
): Awaitable<Observation | undefined> {
  if (token.version !== "007" && token.version !== "006") return undefined;
  const { version } = token;
  const form = [...signatureSigns(token.signature), ...hasSwappedNumbers(token) ? ["big-endian" as const] : []];
  return chain(isThorough ? wrongChain(token, view, certificates, expected) : undefined, (wrong) => {
    // The right way may fit where it was not tried, as of a token whose App ID is none.
    if (form.length === 0 && (wrong === undefined || wrong.length === 0)) return undefined;
    const proved = wrong === undefined ? {} : { certificate: "right" } as const;
    const signs = [...form, ...wrong ?? []];
    return observed("home-made", { version, signs, isRight: false, ...proved }, { field: "signature" });
  });
}

/** What follows from a signature that code of somebody's own made, and is no second mistake. */
export function isConsequence(made: Observation, { code, params }: Observation): boolean {
  const { signs } = made.params as FindingParams["home-made"];
  const ofOrder = ["app-id-malformed", "app-id-mismatch", "text-not-utf8", "not-canonical", "against-documented-rules"];
  // Such code also writes the alphabet of URLs, and leaves out the padding.
  const { around = [] } = params as Partial<FindingParams["text-wrapped"]>;
  const isOfEncoding = code === "text-wrapped" && around.every((what) => what === "url-safe-base64" || what === "padding");
  const ofNumbers = ["not-yet-valid", "lifetime-over-24-hours", "older-than-24-hours", "expired", "privilege-expired"];
  if (signs.includes("big-endian") && ofNumbers.includes(code)) return true;
  return code === "signature-invalid" || isOfEncoding || signs.includes("other-order") && ofOrder.includes(code);
}

/**
 * Whether the time and the lifetime of a token make sense only in the other order of bytes: from 2001 to 2033, and up to a year. A
 * time where the lifetime belongs is another mistake, which those make who know 006.
 */
function hasSwappedNumbers(token: ParsedToken007 | ParsedToken006): boolean {
  if (token.version !== "007") return false;
  const swapped = (value: number) => new DataView(u32le(value).buffer).getUint32(0);
  const isTime = (time: number) => time >= 1e9 && time < 2e9;
  const isLifetime = (seconds: number) => seconds > 0 && seconds <= 366 * 86400;
  return isTime(swapped(token.issueTs)) && isLifetime(swapped(token.expire)) &&
    !(isTime(token.issueTs) && (isLifetime(token.expire) || isTime(token.expire)));
}

/**
 * The way in which one of the certificates made a signature.
 *
 * @returns The signs of a wrong way, none for the right one; nothing where no known way fits.
 */
export async function wrongChain(
  token: ParsedToken007 | ParsedToken006,
  view: TokenView,
  certificates: readonly string[],
  expected: Expected,
): Promise<HomemadeSign[] | undefined> {
  const { version, appId, signature, salt } = token;
  const given = namesFor(view, expected);
  const right = view.rights[0];
  const nameOf = (name: Name | undefined, otherwise = "") => name !== undefined && "value" in name ? name.value : otherwise;
  const [channel, user] = [nameOf(right?.channel, given.channelName), nameOf(right?.user, given.user)];
  const texts = { appId, channel, user, names: channel + user };
  const numbers = { time: version === "007" ? token.issueTs : token.ts, salt };
  const content = version === "007" ? token.signedPart : token.message;
  if (content.length > LARGEST_TRIED) return undefined;
  const names = utf8(appId + texts.names);
  const asText = signature.length === 64 ? new TextDecoder().decode(signature).toLowerCase() : undefined;
  const runtime = engine();
  // No key is empty: a name that is not there is skipped.
  const hmac = (key: Bytes, data: Bytes) => key.length === 0 ? data : runtime.hmac("SHA-256", key, data);
  // The fewest signs first: several combinations come to the same, and are tried once.
  const ways = [...waysOf(version)].sort((a, b) => a.signs.length - b.signs.length);
  for (const certificate of certificates.filter(isHexId)) {
    const derived = new Map<string, Bytes>();
    const tried = new Set<string>();
    for (const { signs, certificateOf, numberOf, exchanged, passedOn, parts, withNames } of ways) {
      let key = certificateOf(certificate);
      let way = encodeHex(key);
      for (const part of parts) {
        const isNumber = part === "time" || part === "salt";
        const data = isNumber ? numberOf(numbers[part]) : utf8(texts[part]);
        // In 007 the number is the key (format notes §3).
        const isKey = version === "007" && isNumber !== exchanged.derivation.includes(part);
        way = [way, part, encodeHex(data), isKey, passedOn === STEPS[0]![1]].join();
        if (!derived.has(way)) derived.set(way, passedOn(await (isKey ? hmac(data, key) : hmac(key, data))));
        key = derived.get(way)!;
      }
      way = [way, withNames, exchanged.last].join();
      if (tried.has(way)) continue;
      tried.add(way);
      const data = withNames ? concatBytes([names, content]) : content;
      const made = await (exchanged.last ? hmac(data, key) : hmac(key, data));
      if (equalBytes(signature, made) || asText === encodeHex(made)) return signs;
    }
  }
  return undefined;
}

/** Every wrong way to sign a version. */
function* waysOf(version: "007" | "006") {
  for (const [derivation, parts] of DERIVATIONS[version]) {
    for (const [form, certificateOf] of CERTIFICATES) {
      for (const [order, exchanged] of EXCHANGES) {
        for (const [step, passedOn] of STEPS) {
          for (const [writing, numberOf] of NUMBERS) {
            for (const [covering, withNames] of DATA[version]) {
              const signs = [order, step, derivation, form, writing, covering].filter((sign) => sign !== undefined);
              // How numbers are written is a mistake of its own; names are signed as text where no key is derived, as in 006.
              const isRare = writing !== undefined && signs.length > 1 || covering !== undefined && parts.length > 0 ||
                derivation === "other-derivation" && (step ?? form) !== undefined;
              if (signs.length > MOST_SIGNS || isRare) continue;
              yield { signs, certificateOf, numberOf, exchanged, passedOn, parts, withNames };
            }
          }
        }
      }
    }
  }
}
