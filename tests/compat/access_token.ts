import type { Call } from "./calls.ts";
import type { Difference } from "./differences.ts";
import { APP_ID, CERTIFICATE } from "../portable/case.ts";

// `./access-token` and npm `agora-access-token`: the calls that they are compared with, and every difference.

const END = 1_700_003_600;

/** The values of each argument that both packages are tried with; the first is the default one. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  channelName: ["lobby", "", "x".repeat(300), "频道 é"],
  uid: [1001, 0, 1, 2 ** 32 - 1, "ann", "", "0", "0012345", "鈴木🎥"],
  account: ["ann", "", "0", "0012345", "-1", "鈴木🎥"],
  role: [1, 0, 2, 3, 101, -1, 32_767],
  privilegeExpiredTs: [END, 0, 1, 2 ** 32 - 1],
};

const BUILDERS: readonly [family: string, method: string, names: readonly string[]][] = [
  ["RtcTokenBuilder", "buildTokenWithUid", ["channelName", "uid", "role", "privilegeExpiredTs"]],
  ["RtcTokenBuilder", "buildTokenWithAccount", ["channelName", "account", "role", "privilegeExpiredTs"]],
  ["RtmTokenBuilder", "buildToken", ["account", "role", "privilegeExpiredTs"]],
];

/** Values that no builder should be given; each replaces one argument at a time. */
const ODD: readonly unknown[] = [
  ...[undefined, null, NaN, Infinity, -1, 1.5, 2 ** 32, 70_000, 1n, "1", "60", "x", "", true, false, {}, ["a"], "\ud800"],
];

/** Every call: all combinations of the values, then the odd values, one at a time. */
export function* accessTokenCalls(): Generator<Call> {
  const ids = { appId: APP_ID, appCertificate: CERTIFICATE };
  for (const [family, method, names] of BUILDERS) {
    const call = (args: Call["args"]): Call => ({ family, method, args });
    const all = names.reduce<Call["args"][]>(
      (calls, name) => calls.flatMap((args) => VALUES[name]!.map((value) => ({ ...args, [name]: value }))),
      [ids],
    );
    yield* all.map(call);
    const defaults = { ...ids, ...Object.fromEntries(names.map((name) => [name, VALUES[name]![0]])) };
    for (const name of names) for (const value of ODD) yield call({ ...defaults, [name]: value });
    yield call({ ...defaults, more: END });
    for (const [name, value] of Object.entries(ids)) {
      for (const odd of [...ODD, value.toUpperCase(), value.slice(1), `${value}0`, value.replace(/./, "g")]) {
        yield call({ ...defaults, [name]: odd });
      }
    }
  }
}

const isUint32 = (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 32;
const isRtm = ({ family }: Call) => family === "RtmTokenBuilder";

/** Every difference. `docs/compat.md` is made from this list, and a test finds each of them and no other. */
export const ACCESS_TOKEN_DIFFERENCES: readonly Difference[] = [
  {
    what: "an App ID or certificate that is a text, but not 32 hexadecimal characters",
    official: "makes a token that no service accepts",
    ours: "throws",
    applies: ({ args }) =>
      [args.appId, args.appCertificate].some((id) => typeof id === "string" && !/^[0-9a-f]{32}$/i.test(id)),
    outcomes: ["token", "throws"],
  },
  {
    what: "an array as App ID",
    official: "takes it as bytes",
    ours: "throws",
    applies: ({ args }) => Array.isArray(args.appId),
    outcomes: ["token", "throws"],
  },
  {
    what: "a uid or an RTC account that is neither a uid of 32 bits nor a string",
    official: 'signs it as text: `"-1"`, `"undefined"`, `"NaN"`',
    ours: "throws",
    applies: (call) =>
      !isRtm(call) &&
      Object.entries(call.args).some(([name, value]) =>
        (name === "uid" || name === "account") && typeof value !== "string" && !isUint32(value)
      ),
    outcomes: ["token", "throws"],
  },
  {
    what: "an RTC role that is not a whole number of 16 bits",
    official: "treats it as a publisher if it equals 0, 1 or 101, else as a subscriber",
    ours: "throws",
    applies: (call) => {
      const role = call.args.role as number;
      return !isRtm(call) && !(Number.isInteger(role) && role >= -32_768 && role <= 32_767);
    },
    outcomes: ["token", "throws"],
  },
  {
    what:
      "an end that is missing, has a fraction, or is not a number (with the four arguments of other builders, the end is missing)",
    official: "packs it as a whole number if it can, else 0",
    ours: "throws",
    applies: ({ args: { privilegeExpiredTs: end } }) => {
      if (isUint32(end) || typeof end === "bigint") return false;
      const number = Number(end);
      return Number.isNaN(number) || number >= 0 && number < 2 ** 32;
    },
    outcomes: ["token", "throws"],
  },
  {
    what: "a number as a user of RTM (its types allow it)",
    official: "throws `ERR_INVALID_ARG_TYPE`",
    ours: 'packs it in decimal, and 0 as `""`',
    applies: (call) => isRtm(call) && isUint32(call.args.account),
    outcomes: ["throws", "token"],
  },
  {
    what: "a lone surrogate in a channel or an account",
    official: "makes the CRC-32 of other bytes than it signs",
    ours: "signs U+FFFD, and makes its CRC-32",
    applies: ({ args }) => [args.channelName, args.uid, args.account].includes("\ud800"),
    outcomes: ["token", "token"],
  },
  {
    what: "more arguments than the builder takes",
    official: "ignores them",
    ours: "throws",
    applies: ({ args }) => "more" in args,
    outcomes: ["token", "throws"],
  },
];
