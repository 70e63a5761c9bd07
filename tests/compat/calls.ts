import { builderArguments, builderNames } from "../../src/official/builders.ts";
import * as ours from "../../src/official/compat.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";

/** A call of one builder, the same in both packages. */
export interface Call {
  /** The export. */
  family: string;
  /** Its method. */
  method: string;
  /** The arguments by name. */
  args: Readonly<Record<string, unknown>>;
}

const USERS = ["alice", "", "0", "0012345", "-1", "鈴木🎥"];
const UIDS = [0, 1, 2 ** 32 - 1];
const DURATIONS = [3600, 0, 1, 86_400, 86_401, 2 ** 32 - 1];
const ROLES = [1, 2, 0, 3, 101, -1, 32767, -32768];

/** The values of each argument that both packages are tried with; the first is the default one. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  channelName: ["lobby", "", "x".repeat(300), "频道 é"],
  uid: [...UIDS, ...USERS],
  account: [...USERS, ...UIDS],
  rtcAccount: [...USERS, ...UIDS],
  rtmUserId: [...USERS, ...UIDS],
  userId: [...USERS, ...UIDS],
  userUuid: ["alice", "363", "jk8ssl", "", "0", "鈴木🎥", ...UIDS], // the MD5 of two begins with zeros
  roomUuid: ["room", "", "x".repeat(300)],
  role: ROLES,
  rtcRole: ROLES,
  tokenExpire: DURATIONS,
  privilegeExpire: [...DURATIONS, undefined],
  rtcTokenExpire: DURATIONS,
  joinChannelPrivilegeExpire: DURATIONS,
  pubAudioPrivilegeExpire: DURATIONS,
  pubVideoPrivilegeExpire: DURATIONS,
  pubDataStreamPrivilegeExpire: DURATIONS,
  rtmTokenExpire: DURATIONS,
  expire: DURATIONS,
  permissions: [
    permissions([0, 0, ["a", "b"]]),
    undefined,
    null,
    permissions(),
    permissions([4, 1, ["v"]], [0, 1, []], [0, 0, ["b", "a", "b", ""]], [1, 0, ["频道"]]),
    permissions([0, 0, ["replaced"]], [0, 0, ["kept"]]),
    permissions([65535, 65535, ["x"]], [7, 9, ["y"]]),
    { details: { 2: {}, 3: { 0: [] } } },
  ],
};

/** Values that no builder should be given; each replaces one argument at a time. */
const ODD: readonly unknown[] = [undefined, null, NaN, Infinity, -1, 1.5, 2 ** 32, 2 ** 31, 70_000, "60", "x", "", true, {}];

/** Permissions as both packages take them: they read `details`. */
function permissions(...added: [number, number, string[]][]): ours.Rtm2Permissions {
  const set = new ours.Rtm2Permissions();
  for (const entry of added) set.add(...entry);
  return set;
}

/** The exports by the name of their family in the table. */
const EXPORTS: Readonly<Record<string, string>> = {
  rtc: "RtcTokenBuilder",
  rtm: "RtmTokenBuilder",
  chat: "ChatTokenBuilder",
  apaas: "ApaasTokenBuilder",
  education: "EducationTokenBuilder",
  fpa: "FpaTokenBuilder",
  convoai: "ConvoAITokenBuilder",
  stt: "SttTokenBuilder",
};

/** Every call: the values in all combinations where these are few, else in all pairs; then the odd values, one at a time. */
export function* calls(): Generator<Call> {
  for (const builder of builderNames()) {
    const [name, method] = builder.split(".") as [string, string];
    const official = method === "buildTokenWithUserAccountAndPrivilege" ? method.replace(/^b/, "B") : method;
    const ids = { appId: APP_ID, appCertificate: CERTIFICATE };
    const names = builderArguments(builder);
    const defaults = { ...ids, ...Object.fromEntries(names.map((name) => [name, VALUES[name]![0]])) };
    const call = (args: Call["args"]): Call => ({ family: EXPORTS[name]!, method: official, args });
    for (const args of combinations(names, defaults)) yield call(args);
    for (const name of names) for (const value of ODD) yield call({ ...defaults, [name]: value });
    yield call({ ...defaults, more: 3600 });
    for (const [name, value] of Object.entries(ids)) {
      for (const odd of [...ODD, value.toUpperCase(), value.slice(1), `${value}0`, `${value}\n`, value.replace(/./, "g")]) {
        yield call({ ...defaults, [name]: odd });
      }
    }
  }
  // Values that are too large for one package or both.
  const large = permissions([0, 0, Array(40).fill("x".repeat(30_000))]);
  const defaults = { appId: APP_ID, appCertificate: CERTIFICATE, userId: "u", permissions: large, expire: 60 };
  yield { family: "RtmTokenBuilder", method: "buildTokenWithPermissions", args: defaults };
  for (
    const details of [{ 0: { 0: ["x".repeat(65_536)] } }, { 65_536: {} }, { 0: { "-1": [] } }, { x: {} }, {
      users: { read: ["v"] },
    }, { 0: { 0: [5] } }]
  ) {
    yield { family: "RtmTokenBuilder", method: "buildTokenWithPermissions", args: { ...defaults, permissions: { details } } };
  }
  const long = { appId: APP_ID, appCertificate: CERTIFICATE, userId: "é".repeat(40_000), expire: 60 };
  yield { family: "RtmTokenBuilder", method: "buildToken", args: long };
}

function* combinations(names: readonly string[], defaults: Call["args"]): Generator<Call["args"]> {
  if (names.reduce((count, name) => count * VALUES[name]!.length, 1) <= 3000) {
    yield* product(names, defaults);
    return;
  }
  for (const [index, one] of names.entries()) {
    for (const other of names.slice(index + 1)) yield* product([one, other], defaults);
  }
}

function* product([name, ...rest]: readonly string[], args: Call["args"]): Generator<Call["args"]> {
  if (name === undefined) yield args;
  else for (const value of VALUES[name]!) yield* product(rest, { ...args, [name]: value });
}
