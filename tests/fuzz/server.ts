import { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { CONTRACTS } from "../../src/server/contracts/table.ts";
import { createTokenServer, loadAccess, type TokenServer } from "../../src/server/mod.ts";
import { byType, goodName, request } from "./builds.ts";
import { allows006, type Grant, notAllowed, type User } from "./grants.ts";
import { type Input, inputOf } from "./inputs.ts";
import { judged } from "./judge.ts";
import { type Random, randomOf } from "./random.ts";
import { type Data, read, SERVICES, signed } from "./reference.ts";
import { count, empty, type Summary } from "./run.ts";
import { nameFrom } from "./tokens.ts";

// Requests to a token server whose callers have grants. A token that a caller gets must be within the grant, and one that is refused
// must not be: told by a second judge of grants, and read by the second reader.

/** The projects of the server; a request that names none is for the first. */
const PROJECTS = [
  { appId: "0123456789abcdef0123456789abcdef", appCertificate: "fedcba9876543210fedcba9876543210" },
  { appId: "AA11bb22cc33dd44ee55ff6600778899", appCertificate: "99887700ff66ee55dd44cc33bb22aa11" },
];

const SECRET = "a secret of the fuzzer, 0123456789 9876543210";
const [ISSUER, AUDIENCE] = ["https://login.example", "tokens"];

/** A server, the grants of its callers, and the names by which they are known. */
interface Group {
  readonly server: TokenServer;
  readonly keys: readonly { readonly key: string; readonly grant: Grant }[];
  readonly users: Grant;
  /** How long a JWT of a user may still be valid, in seconds. */
  readonly maxValidity: number;
}

/** How many inputs share a server. */
const SHARED = 50;

const CHANNELS = ["*", "team-*", "lobby", "room-1", "*-1", "a b"];
const USERS = ["*", "ann", "u*", "1001", "*1", "1"];
const some = <T>(random: Random, list: readonly T[], share = 50): T[] => list.filter(() => random.percent(share));

function grantFrom(random: Random, placeholders: readonly string[]): Grant {
  return {
    services: some(random, Object.values(SERVICES).map(([name]) => name), 92),
    channels: some(random, CHANNELS, 70),
    users: some(random, [...USERS, ...placeholders], 65),
    roles: some(random, ["publisher", "subscriber", "*", 0, 1, 32_767], 70),
    maxExpire: random.pick([3600, 86_400, 86_400, 86_400]),
    ...(random.percent(60) ? { wildcards: true } : {}),
    ...(random.percent(40) ? { appLevel: true } : {}),
    ...(random.percent(15) ? { appIds: [random.pick(PROJECTS).appId] } : {}),
  };
}

async function groupOf(seed: number, number: number): Promise<Group> {
  const random = randomOf(seed ^ 0x1234567, Math.floor(number / SHARED));
  const keys = Array.from({ length: 3 }, (_, index) => ({
    key: createHash("sha256").update(`${seed} ${number} ${index}`).digest("hex"),
    grant: grantFrom(random, []),
  }));
  const users = grantFrom(random, ["{sub}", "{uid}", "{sub}-*"]);
  const entries = keys.map(({ key, grant }, index) => {
    const isInPath = !grant.appLevel;
    return { id: `key${index}`, sha256: createHash("sha256").update(key).digest("hex"), path: isInPath, ...grant };
  });
  // 24 hours by default, as docs/access.md says.
  const maxValidity = random.pick([undefined, undefined, 3600, 604_800]);
  const valid = maxValidity === undefined ? {} : { maxValidity };
  const jwt = {
    secret: SECRET,
    algorithms: ["HS256"],
    issuer: ISSUER,
    audience: AUDIENCE,
    uidClaim: "uid",
    ...valid,
    ...users,
  };
  const access = await loadAccess({ keys: entries, jwt });
  const version = random.percent(70) ? "007" : "006";
  const server = createTokenServer({ projects: PROJECTS, access, rateLimit: 0, oldContractVersion: version });
  return { server, keys, users, maxValidity: maxValidity ?? 86_400 };
}

/** Who sends a request: the header, or the beginning of the path; and the grant, or nothing for a caller that is nobody. */
interface Caller {
  readonly bearer?: string;
  readonly path?: string;
  readonly known?: { readonly grant: Grant; readonly user: User };
}

function callerFrom(random: Random, { keys, users, maxValidity }: Group): Caller {
  const { key, grant } = random.pick(keys);
  const known = { grant, user: {} };
  const kind = random.below(100);
  if (kind < 55) return { bearer: key, known };
  if (kind < 65 && !grant.appLevel) return { path: `/k/${key}`, known };
  const [sub, uid] = [random.pick(["ann", "1001", "team-1", "u1"]), random.pick([7, 1001, undefined])];
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub,
    exp: now + random.pick([600, maxValidity - 60]),
    ...(uid === undefined ? {} : { uid }),
  };
  if (kind < 88) {
    return { bearer: jwt(claims), known: { grant: users, user: { sub, ...(uid === undefined ? {} : { uid: `${uid}` }) } } };
  }
  const forged = [
    () => "",
    () => key.slice(0, -1),
    () => `${key}0`,
    () => key.toUpperCase(),
    () => jwt({ ...claims, exp: now - 1 }),
    () => jwt({ ...claims, exp: 1e400 }),
    () => jwt({ ...claims, exp: now + maxValidity + 60 }),
    () => jwt({ ...claims, aud: "others" }),
    () => jwt({ ...claims, iss: undefined }),
    () => jwt({ ...claims, sub: "*" }),
    () => jwt({ ...claims, sub: ["ann"] }),
    () => jwt({ ...claims, nbf: now + 60 }),
    () => jwt(claims, { alg: "HS256" }, `${SECRET}!`),
    () => jwt(claims, { alg: "HS512" }),
    () => jwt(claims, { alg: "HS256", typ: "logout+jwt" }),
    () => jwt({ ...claims, cnf: {} }),
    () => `${jwt(claims, { alg: "none" }).split(".").slice(0, 2).join(".")}.`,
    () => jwt(claims).replace(/.$/, (last) => last === "A" ? "Q" : "A"),
  ];
  return { bearer: random.pick(forged)() };
}

function jwt(claims: object, header: object = { alg: "HS256" }, secret = SECRET): string {
  const [head, body] = [header, claims].map((part) => {
    return Buffer.from(JSON.stringify(part).replace('"exp":null', '"exp":1e400')).toString("base64url");
  });
  return `${head}.${body}.${createHmac("sha256", secret).update(`${head}.${body}`).digest("base64url")}`;
}

/** A request, and what must be in its answer: each token, where the second judge knows it beforehand. */
interface Asked {
  readonly name: string;
  readonly target: string;
  readonly method: "GET" | "POST";
  readonly body?: unknown;
  /** The text that the request inspects, and what it is held to. */
  readonly inspected?: Input;
  /** The tokens that the request is for, and whether nothing else is wrong with it. */
  readonly tokens?: { readonly all: Data[]; readonly isGood: boolean };
}

function askedFrom(random: Random, known: Caller["known"], input: Input): Asked {
  if (random.percent(10)) {
    const { certificates, now: _1, clockTolerance: _2, maxPayload: _3, ...names } = input.given;
    const body = { token: input.text, appCertificate: certificates, ...names };
    return { name: "inspect", target: "/v1/tokens/inspect", method: "POST", body, inspected: input };
  }
  if (random.percent(50)) return ownRequest(random, known);
  if (random.percent(15)) {
    const user = random.pick([{}, { uid: random.pick([0, 7, 1001]) }, { account: random.pick(["ann", "*", "u1", "team-1"]) }]);
    const channelName = random.pick([goodName(random), "team-1", "team-*", "*", ""]);
    const body = {
      channelName,
      ...user,
      ...(random.percent(50) ? { rtm: true } : {}),
      ...(random.percent(50) ? { expire: 600 } : {}),
    };
    return { name: "tokens-rtc", target: "/v1/tokens/rtc", method: "POST", body };
  }
  const contract = random.pick(CONTRACTS.filter((one) => "requests" in one));
  const { operationId: name, method, path, optional = {} } = contract;
  const example: Record<string, unknown> = { ...contract.example };
  for (const [key, value] of Object.entries({ ...example, ...optional })) {
    if (random.percent(25)) example[key] = valueFrom(random, value);
  }
  for (const key of Object.keys(example)) if (random.percent(3)) delete example[key];
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value) ?? "").toWellFormed();
  const parts = new Set([...path.matchAll(/:(\w+)/g)].map(([, part]) => part!));
  const target = path.replaceAll(/:(\w+)/g, (_, part) => encodeURIComponent(text(example[part])));
  const rest = Object.fromEntries(Object.entries(example).filter(([key]) => !parts.has(key)));
  if (method === "POST") return { name, target, method, body: rest };
  const query = new URLSearchParams(Object.entries(rest).map(([key, value]) => [key, text(value)]));
  return { name, target: `${target}?${query}`, method };
}

function valueFrom(random: Random, value: unknown): unknown {
  if (random.percent(4)) return random.pick<unknown>([null, true, {}, [], ["a"], { toString: 1 }, -1, 1e400, ""]);
  if (typeof value === "object" || typeof value === "boolean") return value;
  if (random.percent(30)) return random.pick([0, 1, 2, 7, 600, 86_400, 90_000, "0", "1001", "7"]);
  return random.pick([
    "lobby",
    "team-1",
    "team-*",
    "room-1",
    "*",
    "",
    "ann",
    "u1",
    "1001",
    "publisher",
    "subscriber",
    "userAccount",
    nameFrom(random),
  ]);
}

/** A request to our own API: its tokens are known. */
function ownRequest(random: Random, known: Caller["known"]): Asked {
  const isGood = random.percent(70);
  const name = isGood
    ? () => random.percent(50) ? goodName(random) : random.pick(["team-1", "x-1", "ann", "u1", "1001"])
    : () => random.percent(60) ? random.pick(["*", "team-*", "*-1", "u*", "t*-*1"]) : nameFrom(random);
  const one = (): [body: Data, token: Data] => {
    const asked = random.pick([undefined, 60, 3600, 86_400]);
    const expire = asked ?? Math.min(3600, known?.grant.maxExpire ?? 3600);
    const all = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => request(random, name, expire));
    // A token has each service once.
    const once = all.filter(([, { type }], index) => all.findIndex(([, other]) => other.type === type) === index);
    const appId = random.percent(70) ? undefined : random.pick(PROJECTS).appId;
    const version = random.percent(90) ? undefined : random.pick(["007", "006"]);
    const body = { services: once.map(([asked]) => asked), expire: asked, appId, version };
    const services = byType(once.map(([, service]) => service));
    return [body, { version: version ?? "007", appId: appId ?? PROJECTS[0]!.appId, expire, services }];
  };
  const asked = Array.from({ length: random.percent(80) ? 1 : 1 + random.below(5) }, one);
  const isList = asked.length > 1;
  const bodies = asked.map(([body]) => body);
  const tokens = {
    all: asked.map(([, token]) => token),
    isGood: isGood && asked.every(([, { version }]) => version === "007"),
  };
  return { name: "tokens", target: "/v1/tokens", method: "POST", body: isList ? bodies : bodies[0], tokens };
}

/** Runs the requests of some numbers, and stops after ten failures. */
export async function runRequests(seed: number, numbers: Iterable<number>, only = ""): Promise<Summary> {
  const sum = empty();
  let group: [number, Group] | undefined;
  for (const number of numbers) {
    const random = randomOf(seed ^ 0x2f0b4c1d, number);
    const index = Math.floor(number / SHARED);
    if (group?.[0] !== index) group = [index, await groupOf(seed, index * SHARED)];
    const caller = callerFrom(random, group[1]);
    const asked = askedFrom(random, caller.known, inputOf(seed, number));
    if (!asked.name.includes(only)) continue;
    try {
      const outcome = await checkRequest(group[1], caller, asked);
      sum.inputs++;
      count(sum.formats, asked.name, `status ${outcome.status}`);
      count(
        sum.changes,
        caller.known === undefined ? "a caller that is nobody" : caller.bearer?.includes(".") ? "a user" : "a key",
        outcome.result,
      );
    } catch (error) {
      sum.failures.push({ number, what: `${(error as Error).message}\n${JSON.stringify({ ...asked, known: caller.known })}` });
      if (sum.failures.length >= 10) return sum;
    }
  }
  return sum;
}

async function checkRequest({ server, keys }: Group, { bearer, path = "", known }: Caller, asked: Asked) {
  const { target, method, body, tokens, inspected } = asked;
  const headers: Record<string, string> = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const sent = new Request(`http://tokens.example${path}${target}`, init);
  const { now } = Date;
  if (inspected !== undefined) Date.now = () => inspected.given.now * 1000; // an inspection is held to the clock
  const response = await server(sent, { remoteAddr: { hostname: "192.0.2.1" } }).finally(() => Date.now = now);
  const [text, { status }] = [await response.text(), response];
  const fail = (what: string): never => {
    throw new Error(`${what}: ${status} ${text.slice(0, 600)}`);
  };
  if (status >= 500) fail("a fault of the server");
  for (const secret of [...PROJECTS.map(({ appCertificate }) => appCertificate), ...keys.map(({ key }) => key), SECRET]) {
    if (text.includes(secret)) fail("a secret in the answer");
  }
  if (inspected !== undefined && status === 200) {
    const token = read(inspected.text, 16_384);
    const { certificates, channelName, uid, account, service, now } = inspected.given;
    const given = JSON.parse(JSON.stringify({ certificates, channelName, uid, account, service, now }));
    if (JSON.parse(text).ok !== (token !== undefined && judged(token, given).accepted)) fail("an inspection that is wrong");
    if (known === undefined) fail("an inspection for a caller that is nobody");
    return { status, result: JSON.parse(text).ok ? "inspected and accepted" : "inspected" };
  }
  const made = [...text.matchAll(/00[67][\w+/=]{60,}/g)].map(([token]) => read(token) ?? fail("a token that cannot be read"));
  if (known === undefined) {
    if (made.length > 0 || status < 400) fail("an answer for a caller that is nobody");
    return { status, result: "refused" };
  }
  for (const token of made) {
    const project = PROJECTS.find(({ appId }) => appId === token.appId) ?? fail("a token of an unknown project");
    if (token.version === "006" ? !allows006(known.grant) : notAllowed(known.grant, known.user, token) !== undefined) {
      fail("a token that the grant does not allow");
    }
    if (token.version === "007" && signed(token, project.appCertificate, {}) !== token.signature) {
      fail("a token that is not genuine");
    }
  }
  if (tokens !== undefined) {
    const { all, isGood } = tokens;
    const isAllowed = all.every((token) =>
      (token.version !== "006" || allows006(known.grant)) && notAllowed(known.grant, known.user, token) === undefined
    );
    if (status === 200) {
      const shown = made.map(({ version, appId, expire, services }) => ({ version, appId, expire, services }));
      const own = all.map((token, index) => token.version === "006" ? shown[index] : token);
      if (!isDeepStrictEqual(shown, own)) fail("other tokens than were requested");
    }
    if (status === 403 && isAllowed) fail("a token is refused that the grant allows");
    if (isGood && status !== (isAllowed ? 200 : 403)) fail("a good request is refused");
  }
  return { status, result: made.length > 0 ? "accepted" : "refused" };
}
