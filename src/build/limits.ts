import { MAX_LIFETIME, type Seconds, uidText } from "../formats/common.ts";
import { utf8 } from "../bytes/bytes.ts";
import { array, integer, record, refuse, string, U32_MAX } from "../validate.ts";
import { numbered } from "../formats/names.ts";
import { type FieldRule, findService, RTM2_PERMISSIONS, RTM2_RESOURCES } from "../formats/access_token2/services.ts";
import type { Service } from "../formats/access_token2/types.ts";

// What Agora documents about the values in a token. The codec packs more than this; the checked level holds to it.

const ONE_YEAR = 366 * 86_400;

/** The 89 characters of channel names, accounts and RTM user ids. */
const NAME = /^[a-zA-Z0-9 !#$%&()+\-:;<=.>?@[\]^_{}|~,]*$/;

/** Which user a token is for: a uid, where 0 means anyone, or an account. A channel uses the one or the other. */
export type Identity =
  | {
    /** The user's number: 1 to 2³²−1, or 0 for anyone. */
    uid: number;
    /** Excluded by `uid`. */
    account?: never;
  }
  | {
    /** The user's account: 1 to 255 bytes of the documented characters. */
    account: string;
    /** Excluded by `account`. */
    uid?: never;
  };

/** A name of `min` to `max` bytes of the documented characters. */
export function documentedName(field: string, value: unknown, min: number, max: number): string {
  const name = string(field, value);
  const length = utf8(name).length;
  if (length < min || length > max) refuse(field, `${min} to ${max} bytes long`, `${length} bytes`);
  if (!NAME.test(name)) {
    refuse(field, "made of letters, digits, space and !#$%&()+-:;<=.>?@[]^_{}|~,", "another character");
  }
  return name;
}

/** The rules by name. A field is `""` where it stands for anyone or is not used; a constructor asks for more. */
const RULES: Readonly<Record<FieldRule, (field: string, value: unknown) => void>> = {
  channel: (field, value) => documentedName(field, value, 0, 63),
  identity: (field, value) => documentedName(field, value, 0, 255),
  user: (field, value) => documentedName(field, value, 0, 255),
  room: (field, value) => documentedName(field, value, 0, 255),
  role: (field, value) => integer(field, value, -0x8000, 0x7fff),
  rtmUser: (field, value) => {
    if (documentedName(field, value, 1, 63).startsWith(" ")) refuse(field, "a user id that does not start with a space");
  },
  permissions: (field, value) => {
    for (const [, lists, resource] of numbered(field, record(field, value), RTM2_RESOURCES)) {
      for (const [, names, list] of numbered(resource, record(resource, lists), RTM2_PERMISSIONS)) {
        array(list, names).forEach((name, index) => {
          const length = utf8(string(`${list}[${index}]`, name)).length;
          if (length < 1 || length > 64) refuse(`${list}[${index}]`, "1 to 64 bytes long", `${length} bytes`);
        });
      }
    }
  },
};

/**
 * Holds the values of a service to the documented rules. A privilege may be `Infinity`: as long as the token.
 *
 * @param service The service.
 * @param prefix What stands before its field names in errors, as `services[0].`.
 * @returns The service.
 */
export function documentedService<S extends Service>(service: S, prefix = ""): S {
  const spec = findService(`${prefix}type`, service.type);
  if (spec === undefined) refuse(`${prefix}type`, "a known service");
  for (const { name, rule } of spec.fields) RULES[rule](prefix + name, (service as unknown as Record<string, unknown>)[name]);
  const path = `${prefix}privileges`;
  for (const [, expire, at] of numbered(path, record(path, service.privileges), spec.privileges)) {
    if (expire !== Infinity) documentedDuration(at, expire, 0);
  }
  return service;
}

/** A uid or an account, as it goes on the wire. */
export function documentedIdentity({ uid, account }: { uid?: unknown; account?: unknown }): string {
  if (uid !== undefined && account !== undefined) refuse("account", 'absent where "uid" is given');
  if (account !== undefined) return documentedName("account", account, 1, 255);
  if (uid === undefined) refuse("uid", "given, or else an account");
  return uidText(integer("uid", uid, 0, U32_MAX));
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
