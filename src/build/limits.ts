import { MAX_LIFETIME, type Seconds } from "../formats/common.ts";
import { utf8 } from "../bytes/bytes.ts";
import { array, i16, integer, record, refuse, string } from "../validate.ts";
import { numbered } from "../formats/names.ts";
import {
  type FieldRule,
  findService,
  RTM2_PERMISSIONS,
  RTM2_RESOURCES,
  type ServiceSpec,
} from "../formats/access_token2/services.ts";
import type { Service } from "../formats/access_token2/types.ts";

// What Agora documents about the values in a token. The codec packs more than this; the checked level holds to it.

const ONE_YEAR = 366 * 86_400;

/** The 89 characters of channel names, accounts and RTM user ids. */
const NAME = /^[a-zA-Z0-9 !#$%&()+\-:;<=.>?@[\]^_{}|~,]*$/;

/** A text of `min` to `max` bytes. */
function sized(field: string, value: unknown, min: number, max: number): string {
  const text = string(field, value);
  const length = utf8(text).length;
  return length < min || length > max ? refuse(field, `${min} to ${max} bytes long`, `${length} bytes`) : text;
}

/**
 * A name of `min` to `max` bytes of the documented characters, which are one byte each, or a pattern: `*` is none of them, and so
 * in no name.
 */
function name(field: string, value: unknown, min: number, max: number, pattern = false): string {
  const text = string(field, value);
  const isAllowed = NAME.test(text) || pattern && text.includes("*") && NAME.test(text.replaceAll("*", ""));
  if (text.length >= min && text.length <= max && isAllowed) return text;
  sized(field, text, min, max);
  const wrong = [...text].find((one) => !NAME.test(one) && !(pattern && one === "*"));
  return refuse(field, "made of letters, digits, space, comma and !#$%&()+-:;<=.>?@[]^_{}|~", JSON.stringify(wrong));
}

/**
 * Holds the value of a field to a rule. `min` is 0 on the wire, where `""` stands for anyone or is not used, and 1 in a request;
 * `pattern` is whether the service takes patterns there.
 */
type Rule = (field: string, value: unknown, min: 0 | 1, pattern?: true) => unknown;

const userName: Rule = (field, value, min, pattern) => name(field, value, min, 255, pattern);

/** The documented rules by name. Each gives the value back. */
export const RULES: Readonly<Record<FieldRule, Rule>> = {
  channel: (field, value, _min, pattern) => name(field, value, 0, 63, pattern),
  identity: userName,
  user: userName,
  room: userName,
  role: i16,
  rtmUser: (field, value) => {
    const user = name(field, value, 1, 63);
    return user.startsWith(" ") ? refuse(field, "a user id that does not start with a space") : user;
  },
  permissions: (field, value = {}) => { // a request may leave them out
    for (const [, lists, resource] of numbered(field, record(field, value), RTM2_RESOURCES)) {
      for (const [, names, list] of numbered(resource, record(resource, lists), RTM2_PERMISSIONS)) {
        array(list, names).forEach((name, index) => sized(`${list}[${index}]`, name, 1, 64));
      }
    }
    return value;
  },
};

/**
 * Holds the values of a service, as it lies on the wire, to the documented rules.
 *
 * @param service The service.
 * @param prefix What stands before its field names in errors, as `services[0].`.
 * @returns The service.
 * @throws {AgoraTokenError} For a value outside its documented range, naming the field.
 */
export function documentedService<S extends Service>(service: S, prefix = ""): S {
  const spec = documentedFields(service, prefix);
  const path = `${prefix}privileges`;
  for (const [, expire, at] of numbered(path, record(path, service.privileges), spec.privileges)) {
    documentedDuration(at, expire, 0);
  }
  return service;
}

/** The same for the fields of a service alone, without its privileges. Gives its row. */
export function documentedFields(service: Service, prefix: string): ServiceSpec {
  const spec = findService(`${prefix}type`, service.type);
  if (spec === undefined) refuse(`${prefix}type`, "a known service");
  for (const { name, rule, pattern } of spec.fields) {
    RULES[rule](prefix + name, (service as unknown as Record<string, unknown>)[name], 0, pattern);
  }
  return spec;
}

/** A duration in seconds, at most 24 hours. A large one is likely an absolute time, and the error says so. */
export function documentedDuration(field: string, value: unknown, min: Seconds): Seconds {
  if (typeof value === "number" && value > ONE_YEAR && value !== Infinity) {
    refuse(
      field,
      `a duration of ${min} to ${MAX_LIFETIME} seconds`,
      `${value}, which looks like an absolute time: give the seconds from now`,
    );
  }
  return integer(field, value, min, MAX_LIFETIME);
}
