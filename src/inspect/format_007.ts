import { decodePayload } from "../formats/access_token2/decode.ts";
import { encodeSignedPart } from "../formats/access_token2/encode.ts";
import { endOf, MAX_LIFETIME } from "../formats/common.ts";
import { open007, PREFIX, sign007 } from "../formats/access_token2/pack.ts";
import { type FieldRule, SERVICES } from "../formats/access_token2/services.ts";
import type { ParsedToken007, Service } from "../formats/access_token2/types.ts";
import { equalBytes } from "../bytes/bytes.ts";
import { isHexId } from "../validate.ts";
import { type Finding, finding } from "./findings.ts";
import { type Format, userText } from "./format.ts";

/** AccessToken2. The signature is over what the token itself holds, so nothing is needed from outside. */
export const format007: Format<"007", ParsedToken007> = {
  version: "007",
  title: "AccessToken2",
  looks: "007 and base64",
  matches: (text) => text.startsWith(PREFIX),

  async read(text, maxPayload, engine, spans) {
    const { bytes, error } = await open007(text, maxPayload, engine);
    const decoded = decodePayload(bytes, spans);
    // A broken stream explains a short payload better than the short payload does.
    const fault = error ?? decoded.error;
    return { token: decoded.token, bytes, ...(fault === undefined ? {} : { error: fault }) };
  },

  missing: () => [],
  signature: (token) => token.signature,
  sign: (token, appCertificate, _given, engine) => sign007(token.signedPart, token, appCertificate, engine),
  life: (token) => ({ from: token.issueTs, until: endOf(token, token.expire) }),

  remarks(token) {
    const remarks: Finding[] = [];
    if (!isHexId(token.appId)) {
      remarks.push(finding("app-id-malformed", "The App ID is not 32 hexadecimal characters.", { field: "appId" }));
    }
    if (token.expire === 0) {
      remarks.push(finding("lifetime-zero", "The token lives for 0 seconds.", { field: "expire", actual: "0" }));
    }
    if (token.expire > MAX_LIFETIME) {
      remarks.push(
        finding("lifetime-over-24-hours", `The token asks for ${token.expire} seconds; Agora ends it after ${MAX_LIFETIME}.`, {
          field: "expire",
          expected: `at most ${MAX_LIFETIME}`,
          actual: String(token.expire),
        }),
      );
    }
    if (token.serviceCount === 0) {
      remarks.push(finding("no-service", "The token has no service.", { field: "serviceCount", actual: "0" }));
    }
    if (token.unknownServiceType !== undefined) {
      const field = `services[${token.services.length}].type`;
      const message = `Service type ${token.unknownServiceType} is not known: it and what follows it are not read.`;
      remarks.push(finding("unknown-service", message, { field, actual: String(token.unknownServiceType) }));
    }
    if (token.trailingBytes > 0) {
      const message = `${token.trailingBytes} bytes follow the last service.`;
      remarks.push(finding("trailing-bytes", message, { field: "trailing", actual: `${token.trailingBytes} bytes` }));
    }
    for (const field of Object.keys(token.undecoded)) {
      remarks.push(finding("text-not-utf8", `The text of "${field}" is not UTF-8.`, { field }));
    }
    for (const { label, field } of privilegesOf(token).filter(({ expire }) => expire === 0)) {
      const message = `The privilege ${label} lasts 0 seconds, as the official builders write it by default.`;
      remarks.push(finding("privilege-zero", message, { field, actual: "0" }));
    }
    if (!canonical(token)) {
      const message = "The fields are not in the order in which the official code packs them, or one is given twice.";
      remarks.push(finding("not-canonical", message));
    }
    return remarks;
  },

  aging(token, now) {
    return privilegesOf(token).filter(({ expire }) => expire > 0 && now >= token.issueTs + expire).map(
      ({ label, field, expire }) => {
        const message = `The privilege ${label} ended ${now - token.issueTs - expire} seconds ago.`;
        return finding("privilege-expired", message, { field, actual: String(expire) });
      },
    );
  },

  mismatches(token, given) {
    const services = [...token.services.entries()].filter(([, { type }]) =>
      given.service === undefined || given.service === type
    );
    if (services.length === 0 && given.service !== undefined) {
      const actual = token.services.map(({ type }) => type).join(", ") || "none";
      const message = `The token is not for ${given.service}: it has ${actual}.`;
      return [finding("service-missing", message, { field: "services", expected: given.service, actual })];
    }
    // What names a channel is held to the channel, and to the user with it; else what names a user is held to the user.
    const wanted = { channel: given.channelName, user: userText(given) };
    const what = wanted.channel !== undefined ? "channel" : wanted.user !== undefined ? "user" : undefined;
    if (what === undefined) return [];
    const naming = services.filter(([, service]) => fieldsOf(service).some((field) => field.what === what));
    if (naming.length === 0) {
      const message = `The token names no ${what}; it is not for ${JSON.stringify(wanted[what])}.`;
      return [finding(`${what}-mismatch`, message, { field: "services", expected: wanted[what]! })];
    }
    // One service that fits is enough: a token may hold several of a type.
    const perService = naming.map(([index, service]) => mismatchesOf(service, `services[${index}].`, wanted));
    return perService.some((mismatches) => mismatches.length === 0) ? [] : perService.flat();
  },
};

/** Every privilege of every service. */
function privilegesOf(token: ParsedToken007): { label: string; field: string; expire: number }[] {
  return token.services.flatMap((service, index) =>
    Object.entries(service.privileges as Record<string, number>).map(([name, expire]) => ({
      label: `${service.type} ${name}`,
      field: `services[${index}].privileges.${name}`,
      expire,
    }))
  );
}

/** Whether packing the data again gives the bytes received, as far as the data was read. */
function canonical(token: ParsedToken007): boolean {
  if (token.serviceCount === 0 || !isHexId(token.appId) || Object.keys(token.undecoded).length > 0) return true;
  if (token.unknownServiceType !== undefined) return true;
  const { version, appId, issueTs, expire, salt, services } = token;
  const packed = encodeSignedPart({ version, appId, issueTs, expire, salt, services });
  return equalBytes(packed, token.signedPart.subarray(0, token.signedPart.length - token.trailingBytes));
}

/** Which rules of fields name a channel or a user. */
const NAMES: Readonly<Partial<Record<FieldRule, "channel" | "user">>> = {
  channel: "channel",
  identity: "user",
  rtmUser: "user",
  user: "user",
};

/** The fields of a service that name a channel or a user, with their values. */
function fieldsOf(service: Service): { name: string; what: "channel" | "user"; actual: string; anyone: boolean }[] {
  const { fields } = SERVICES.find(({ name }) => name === service.type)!;
  return fields.flatMap(({ name, rule }) => {
    const what = NAMES[rule];
    const actual = (service as unknown as Record<string, string>)[name]!;
    // "" means any channel and anyone, but in RTM it is no user at all.
    return what === undefined ? [] : [{ name, what, actual, anyone: actual === "" && rule !== "rtmUser" }];
  });
}

/** Where one service disagrees with the channel and user that are wanted. */
function mismatchesOf(
  service: Service,
  prefix: string,
  wanted: { channel?: string | undefined; user?: string | undefined },
): Finding[] {
  return fieldsOf(service).flatMap(({ name, what, actual, anyone }) => {
    const expected = wanted[what];
    if (expected === undefined || actual === expected || anyone) return [];
    const other = expected !== ""
      ? JSON.stringify(expected)
      : what === "channel"
      ? "no channel"
      : "uid 0 (the service chooses one)";
    const message = `The token is for the ${what} ${JSON.stringify(actual)}, not for ${other}.`;
    return [finding(`${what}-mismatch`, message, { field: prefix + name, expected, actual })];
  });
}
