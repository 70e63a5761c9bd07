import { decodeBase64 } from "@std/encoding/base64";
import { type Bytes, equalBytes } from "../bytes/bytes.ts";
import { inflate } from "../bytes/inflate.ts";
import { decodePayload } from "../formats/access_token2/decode.ts";
import { MAX_TEXT } from "../formats/common.ts";
import { MAX_PAYLOAD, pack007, PREFIX, sign007 } from "../formats/access_token2/pack.ts";
import { rowOf, RTM2_PERMISSIONS, RTM2_RESOURCES, SERVICES, type ServiceSpec } from "../formats/access_token2/services.ts";
import type { ParsedToken007, Service } from "../formats/access_token2/types.ts";
import { issueTime, saltOf, type Seconds, type UnixSeconds } from "../formats/common.ts";
import { keyOf, numbered } from "../formats/names.ts";
import { refuse } from "../validate.ts";
import { type User, userText } from "./arguments.ts";
import { Rtm2Permissions } from "./rtm2_permissions.ts";
import { chosenEngine } from "./synchronous.ts";

// The file `src/AccessToken2` of npm agora-token 2.0.6, which about one program in twenty imports for privileges of its own.

/** A service of a token. Its fields have the names of `agora-token`: two underscores, and words with underscores between them. */
export interface OfficialService {
  /** The number of its type. */
  readonly __type: number;
  /** How long each privilege lasts, by its number: seconds from now, 0 to 4,294,967,295. */
  __privileges: Record<string, Seconds>;
  /** A field, such as `__channel_name`. */
  [field: `__${string}`]: unknown;
  /** Sets how long a privilege lasts: its number, and seconds from now. */
  add_privilege(privilege: number, expire: Seconds): void;
  /** The number of its type. */
  service_type(): number;
}

/** The class of a service: its fields in their order, and a constant for each privilege, such as `kPrivilegeJoinChannel`. */
export interface OfficialServiceClass<Fields extends unknown[]> {
  /** A service without privileges. */
  new (...fields: Partial<Fields>): OfficialService;
  /** The number of a privilege. */
  readonly [privilege: `kPrivilege${string}` | `PRIVILEGE_${string}`]: number;
}

/** Joining, and publishing in, one RTC channel: channel and user. */
export const ServiceRtc: OfficialServiceClass<[channelName: string, uid: User]> = /* @__PURE__ */ serviceClass("rtc");
/** Logging in to RTM: the user. */
export const ServiceRtm: OfficialServiceClass<[userId: User]> = /* @__PURE__ */ serviceClass("rtm");
/** Logging in to RTM with permissions: user and permissions. */
export const ServiceRtm2: OfficialServiceClass<[userId: User, permissions: Rtm2Permissions]> = /* @__PURE__ */ serviceClass(
  "rtm2",
);
/** Media push: channel and user. */
export const ServiceStreaming: OfficialServiceClass<[channelName: string, account: User]> = /* @__PURE__ */ serviceClass(
  "streaming",
);
/** The full-path accelerator. */
export const ServiceFpa: OfficialServiceClass<[]> = /* @__PURE__ */ serviceClass("fpa");
/** Chat: the user. */
export const ServiceChat: OfficialServiceClass<[userId: User]> = /* @__PURE__ */ serviceClass("chat");
/** Fusion CDN: channel and user. */
export const ServiceFCdn: OfficialServiceClass<[channelName: string, account: User]> = /* @__PURE__ */ serviceClass("fcdn");
/** APaaS: room, user and role. */
export const ServiceApaas: OfficialServiceClass<[roomUuid: string, userUuid: User, role: number]> =
  /* @__PURE__ */ serviceClass("apaas");
/** Conversational AI. */
export const ServiceConvoAI: OfficialServiceClass<[]> = /* @__PURE__ */ serviceClass("convoai");
/** Speech to text. */
export const ServiceStt: OfficialServiceClass<[]> = /* @__PURE__ */ serviceClass("stt");

/** A token with services of one's own: `AccessToken2` of npm agora-token 2.0.6. */
export class AccessToken2 {
  /** The project: 32 hexadecimal characters. */
  appId: string;
  /** The project's secret: 32 hexadecimal characters. */
  appCertificate: string;
  /** When it was made: Unix time. */
  issueTs: UnixSeconds;
  /** Its lifetime: seconds from then. */
  expire: Seconds;
  /** A number that makes tokens differ; random. */
  salt: number = saltOf(undefined);
  /** Its services. */
  services: OfficialService[] = [];
  #parsed: ParsedToken007 | undefined;

  /**
   * A token without services.
   *
   * @param appId The project: 32 hexadecimal characters.
   * @param appCertificate The project's secret: 32 hexadecimal characters.
   * @param issueTs When it is made: Unix time; 0 means now.
   * @param expire Its lifetime: seconds from then, 0 to 4,294,967,295.
   */
  constructor(appId: string, appCertificate: string, issueTs: UnixSeconds, expire: Seconds) {
    this.appId = appId;
    this.appCertificate = appCertificate;
    this.issueTs = issueTs || issueTime(undefined);
    this.expire = expire;
  }

  /** Adds a service. */
  add_service(service: OfficialService): void {
    this.services.push(service);
  }

  /** The services of a type. */
  getServices(serviceType: number): OfficialService[] {
    return this.services.filter(({ __type }) => __type === serviceType);
  }

  /**
   * The token's text, which begins with `007`.
   *
   * @throws {AgoraTokenError} `invalid-type`, `invalid-value` (a value outside its range), `crypto-unavailable`.
   */
  build(): string {
    const { appId, issueTs, expire, salt } = this;
    const services = this.services.map(dataOf);
    return pack007({ version: "007", appId, issueTs, expire, salt, services }, this.appCertificate, chosenEngine());
  }

  /**
   * Reads a token into this one. It proves nothing.
   *
   * @returns Whether it could be read.
   */
  from_string(originToken: string): boolean {
    this.#parsed = parsed(originToken);
    const { appId = "", issueTs = 0, expire = 0, salt = 0, services = [] } = this.#parsed ?? {};
    Object.assign(this, { appId, issueTs, expire, salt, services: services.map(serviceOf) });
    return this.#parsed !== undefined;
  }

  /** Whether the token that was read is signed with this certificate. */
  verifySignature(appCertificate: string): boolean {
    const token = this.#parsed;
    if (token === undefined) return false;
    return equalBytes(sign007(token.signedPart, token, appCertificate, chosenEngine()) as Bytes, token.signature);
  }
}

function parsed(text: string): ParsedToken007 | undefined {
  if (!text.startsWith(PREFIX) || text.length > MAX_TEXT) return undefined;
  try {
    const { bytes, fault } = inflate(decodeBase64(text.slice(PREFIX.length)), MAX_PAYLOAD);
    const { token, error } = decodePayload(bytes);
    return fault === undefined && error === undefined ? token as ParsedToken007 : undefined;
  } catch {
    return undefined; // no base64
  }
}

/** The name that a field has in `agora-token`. */
function hidden(field: string): `__${string}` {
  return `__${field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
}

function serviceClass<Class>(name: Service["type"]): Class {
  const { type, fields, privileges } = SERVICES.find((row) => row.name === name)!;
  const OfficialService = class {
    readonly __type = type;
    __privileges: Record<string, Seconds> = {};

    constructor(...values: unknown[]) {
      const all = fields.map((field, index) => [hidden(field.name), valueOf(field, values[index])]);
      Object.assign(this, Object.fromEntries(all));
    }

    add_privilege(privilege: number, expire: Seconds): void {
      this.__privileges[privilege] = expire;
    }

    service_type(): number {
      return type;
    }
  };
  const constant = (privilege: string) =>
    name === "apaas"
      ? `PRIVILEGE${hidden(privilege).slice(1).toUpperCase()}`
      : `kPrivilege${privilege[0]!.toUpperCase()}${privilege.slice(1)}`;
  const constants = Object.entries(privileges).map(([privilege, number]) => [constant(privilege), number]);
  return Object.assign(OfficialService, Object.fromEntries(constants)) as Class;
}

/** A field of a new service, with the default of the official constructors. */
function valueOf({ name, wire }: ServiceSpec["fields"][number], value: unknown): unknown {
  if (wire === "str") return userText(name, value ?? "");
  return value ?? (wire === "i16" ? -1 : new Rtm2Permissions());
}

/** A service as our packer takes it. */
function dataOf(service: OfficialService): Service {
  const row = rowOf(service.__type);
  if (row === undefined) refuse("services", "made by the classes of this entry");
  const fields = row.fields.map(({ name, wire }) => {
    const value = service[hidden(name)];
    return [name, wire === "permissions" ? (value as Rtm2Permissions).details : value];
  });
  const privileges = Object.entries(service.__privileges).map(([key, expire]) => [keyOf(Number(key), row.privileges), expire]);
  return { type: row.name, ...Object.fromEntries(fields), privileges: Object.fromEntries(privileges) } as Service;
}

/** A service that was read, as `agora-token` shows it. */
function serviceOf(service: Service): OfficialService {
  const row = SERVICES.find(({ name }) => name === service.type)!;
  const made = new (serviceClass<OfficialServiceClass<[]>>(row.name))();
  for (const { name, wire } of row.fields) {
    const value = service[name as keyof Service];
    made[hidden(name)] = wire === "permissions" ? permissionsOf(value) : value;
  }
  const privileges = service.privileges as Record<string, Seconds>;
  for (const [number, expire] of numbered("privileges", privileges, row.privileges)) made.add_privilege(number, expire);
  return made;
}

/** Permissions keyed by numbers. */
function permissionsOf(permissions: unknown): Rtm2Permissions {
  const made = new Rtm2Permissions();
  const resources = permissions as Record<string, Record<string, string[]>>;
  for (const [resource, allowed, path] of numbered("permissions", resources, RTM2_RESOURCES)) {
    for (const [permission, names] of numbered(path, allowed, RTM2_PERMISSIONS)) made.add(resource, permission, names);
  }
  return made;
}
