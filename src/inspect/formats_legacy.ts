import { encodeMessage006, read006, sign006 } from "../formats/access_token.ts";
import {
  type ColumnVersion,
  hasColumnsOf,
  LAYOUTS,
  readColumns,
  SERVICE_CODES_004,
  serviceCode,
  signColumns,
} from "../formats/dynamic_keys/columns.ts";
import { encodeParts005, read005, sign005 } from "../formats/dynamic_keys/dynamic_key5.ts";
import { readSignaling, signSignaling } from "../formats/signaling.ts";
import type {
  ParsedLegacyToken,
  ParsedToken001,
  ParsedToken002,
  ParsedToken003,
  ParsedToken004,
  ParsedToken005,
  ParsedToken006,
  ParsedTokenSignaling,
} from "../formats/legacy_types.ts";
import { equalBytes, utf8 } from "../bytes/bytes.ts";
import { crc32 } from "../bytes/crc32.ts";
import { type Finding, finding } from "./findings.ts";
import { type Format, type Given, userText } from "./format.ts";

// The formats before 007. All sign names that they do not hold, so verifying needs these from outside.

/** AccessToken "006". */
export const format006: Format<"006", ParsedToken006> = {
  version: "006",
  title: "AccessToken",
  looks: "006, an App ID and base64",
  matches: (text) => text.startsWith("006"),
  read: (text, maxPayload, _engine, spans) => Promise.resolve(read006(text, maxPayload, spans)),

  missing(token, given) {
    const { channelName, uid } = namesOf(token, given);
    return [...(channelName === undefined ? ["channelName"] : []), ...(uid === undefined ? ["uid or account"] : [])];
  },
  signature: (token) => token.signature,
  sign(token, appCertificate, given, engine) {
    const { channelName = "", uid = "" } = namesOf(token, given);
    return sign006(token, { channelName, uid }, appCertificate, engine);
  },
  life: ({ ts }) => ({ until: ts }),

  remarks(token) {
    const remarks = trailing(token.trailingBytes);
    // A byte behind the message is no matter of its order.
    const packed = encodeMessage006(token);
    if (!equalBytes(packed, token.message.subarray(0, packed.length))) {
      remarks.push(finding("not-canonical", "The privileges are not in ascending order, or one is given twice."));
    }
    return remarks;
  },
  aging: ({ privileges }, now) =>
    Object.entries(privileges as Record<string, number>).filter(([, expire]) => expire > 0 && now >= expire).map((
      [name, expire],
    ) =>
      finding("privilege-expired", `The privilege ${name} ended ${now - expire} seconds ago.`, {
        field: `privileges.${name}`,
        actual: String(expire),
      })
    ),
  mismatches(token, given) {
    const { channelName, uid } = namesOf(token, given);
    const mismatches: Finding[] = [];
    const { rtmLogin, ...rtc } = token.privileges;
    const services = [...(rtmLogin === undefined ? [] : ["rtm"]), ...(Object.keys(rtc).length === 0 ? [] : ["rtc"])];
    mismatches.push(...serviceMismatch(given.service, services));
    if (channelName !== undefined && crc32(utf8(channelName)) !== token.crcChannelName) {
      const message = `The token is for another channel than ${JSON.stringify(channelName)}: the checksums differ.`;
      mismatches.push(finding("channel-mismatch", message, { field: "crcChannelName", expected: channelName }));
    }
    if (uid !== undefined && crc32(utf8(uid)) !== token.crcUid) {
      const message = token.crcUid === 0
        ? `The token names no user, so that anyone may use it; it was not signed for ${JSON.stringify(uid)}.`
        : `The token is for another user than ${JSON.stringify(uid)}: the checksums differ.`;
      mismatches.push(finding("user-mismatch", message, { field: "crcUid", expected: uid }));
    }
    return mismatches;
  },
};

/** What 006 signs: an RTM token has the account in place of the channel, and no user (legacy notes §1.4). */
function namesOf(token: ParsedToken006, given: Given): { channelName?: string | undefined; uid?: string | undefined } {
  const uid = userText(given);
  if (token.privileges.rtmLogin !== undefined && given.channelName === undefined) return { channelName: uid, uid: "" };
  // The checksum of no user is 0, so that the user need not be given.
  return { channelName: given.channelName, uid: uid ?? (token.crcUid === 0 ? "" : undefined) };
}

/** DynamicKey5, "005". */
export const format005: Format<"005", ParsedToken005> = {
  version: "005",
  title: "DynamicKey5",
  looks: "005 and base64",
  matches: (text) => text.startsWith("005"),
  read: (text, maxPayload, _engine, spans) => Promise.resolve(read005(text, maxPayload, spans)),
  missing: (_token, given) => missingOf(given, "channelName", "uid"),
  signature: (token) => utf8(token.signature),
  sign: async (token, appCertificate, { channelName = "", uid = 0 }, engine) =>
    utf8(await sign005(token.signedParts, { channelName, uid: Number(uid) }, appCertificate, engine)),
  life: lifeOf,
  remarks: (token) => [
    ...trailing(token.trailingBytes),
    ...(isCanonical005(token)
      ? []
      : [finding("not-canonical", "The extra entries are not in ascending order, or one is given twice.")]),
    ...Object.keys(token.undecoded).map((field) => finding("text-not-utf8", `The text of "${field}" is not UTF-8.`, { field })),
  ],
  aging: () => [],
  mismatches: (token, { service }) => serviceMismatch(service, [String(token.service)]),
};

/** Whether packing the data again gives the bytes received. */
function isCanonical005(token: ParsedToken005): boolean {
  if (Object.keys(token.undecoded).length > 0) return true;
  return equalBytes(encodeParts005(token)[1], token.signedParts[1]);
}

/** Where a service is wanted that the format does not have. */
function serviceMismatch(service: string | undefined, has: readonly string[]): Finding[] {
  if (service === undefined || has.includes(service)) return [];
  const actual = has.join(", ") || "none";
  const message = `The token is not for ${service}: it has ${actual}.`;
  return [finding("service-missing", message, { field: "service", expected: service, actual })];
}

/** The keys of fixed columns. */
function columnFormat<V extends ColumnVersion, T extends ParsedToken001 | ParsedToken002 | ParsedToken003 | ParsedToken004>(
  version: V,
  title: string,
  looks: string,
  matches: (text: string) => boolean,
  needs: readonly (keyof Given)[],
): Format<V, T> {
  return {
    version,
    title,
    looks,
    matches,
    read: (text, _maxPayload, _engine, spans) => Promise.resolve(readColumns(version, text, spans) as never),
    missing(_token, { service, ...given }) {
      // A name that no service of this format has is as good as none.
      const known = service !== undefined && Object.hasOwn(SERVICE_CODES_004, service) ? { service } : {};
      return missingOf({ ...given, ...known }, ...needs);
    },
    signature: (token) => utf8(token.signature),
    async sign(token, appCertificate, given, engine) {
      const values = {
        ...token,
        channelName: given.channelName!,
        ...(needs.includes("uid") ? { uid: Number(given.uid) } : {}),
        ...(needs.includes("service") ? { service: serviceCode(given.service!) } : {}),
      };
      return utf8(await signColumns(version, values, appCertificate, engine));
    },
    life: lifeOf,
    remarks: () => [],
    aging: () => [],
    mismatches(token, { uid, service }) {
      const wrong = needs.includes("service") ? [] : serviceMismatch(service, ["mediaChannel", "rtc"]);
      // A key for uid 0 is for anyone.
      if (uid === undefined || !("uid" in token) || token.uid === 0 || token.uid === Number(uid)) return wrong;
      const details = { field: "uid", expected: String(uid), actual: String(token.uid) };
      return [...wrong, finding("user-mismatch", `The key is for the user ${token.uid}, not for ${uid}.`, details)];
    },
  };
}

/** DynamicKey, "001": recognised by its exact form. */
export const format001: Format<"001", ParsedToken001> = /* @__PURE__ */ columnFormat(
  "001",
  "DynamicKey",
  "90 hexadecimal characters and digits",
  (text) => hasColumnsOf("001", text),
  ["channelName"],
);

/** DynamicKey2, "002": recognised by its exact form. */
export const format002: Format<"002", ParsedToken002> = /* @__PURE__ */ columnFormat(
  "002",
  "DynamicKey2",
  "110 hexadecimal characters and digits",
  (text) => hasColumnsOf("002", text),
  ["channelName"],
);

/** DynamicKey3, "003". */
export const format003: Format<"003", ParsedToken003> = /* @__PURE__ */ columnFormat(
  "003",
  "DynamicKey3",
  "003 and 110 characters",
  (text) => text.startsWith(LAYOUTS["003"].prefix),
  ["channelName"],
);

/** DynamicKey4, "004". */
export const format004: Format<"004", ParsedToken004> = /* @__PURE__ */ columnFormat(
  "004",
  "DynamicKey4",
  "004 and 100 characters",
  (text) => text.startsWith(LAYOUTS["004"].prefix),
  ["channelName", "uid", "service"],
);

/** SignalingToken. */
export const formatSignaling: Format<"signaling", ParsedTokenSignaling> = {
  version: "signaling",
  title: "SignalingToken",
  looks: "1:APPID:TIME:MD5",
  matches: (text) => text.startsWith("1:"),
  read: (text, _maxPayload, _engine, spans) => Promise.resolve(readSignaling(text, spans)),
  missing: (_token, given) => missingOf(given, "account"),
  signature: (token) => utf8(token.signature),
  sign: (token, appCertificate, { account = "" }) => Promise.resolve(utf8(signSignaling(token, account, appCertificate))),
  life: lifeOf,
  remarks: () => [],
  aging: () => [],
  mismatches: (_token, { service }) => serviceMismatch(service, ["signaling"]),
};

function missingOf(given: Given, ...needs: readonly (keyof Given)[]): string[] {
  return needs.filter((name) => given[name] === undefined);
}

/** Those that carry an end have it as a Unix time, where 0 is none. */
function lifeOf(token: ParsedLegacyToken): { until?: number } {
  return "expiredTs" in token && token.expiredTs > 0 ? { until: token.expiredTs } : {};
}

function trailing(bytes: number): Finding[] {
  if (bytes === 0) return [];
  return [finding("trailing-bytes", `${bytes} bytes follow the last field.`, { field: "trailing", actual: `${bytes} bytes` })];
}
