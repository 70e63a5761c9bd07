import { AgoraTokenError } from "../errors.ts";

// The names that people type: what is meant where it is certain, and else a question.

/** The types of options, by name. */
export type OptionTypes = Readonly<Record<string, { readonly type: "string" | "boolean"; readonly short?: string }>>;

/** Other names of options, without signs between words and in lower case, and the options that are meant, the first that there is. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  channel: ["channelName"],
  channelid: ["channelName"],
  channels: ["channelNames"],
  cname: ["channelName"],
  room: ["channelName", "roomUuid"],
  useraccount: ["account"],
  rtmuser: ["rtmUserId", "userId"],
  rtmuid: ["rtmUserId", "userId"],
  ttl: ["expire"],
  lifetime: ["expire"],
  duration: ["expire"],
  expires: ["expire"],
  expirein: ["expire"],
  expiresin: ["expire"],
  expiry: ["expire"],
  expiration: ["expire"],
  tolerance: ["clockTolerance"],
  purpose: ["intent"],
};

/** Names that may mean several options, or none: what to say. */
const QUESTIONS: readonly (readonly [name: RegExp, answer: string])[] = [
  [/^user(name)?$/, "a user is --uid for a number, --account for a name, or --userId in RTM and Chat"],
  [
    /certificate|^cert$|secret/,
    "no option takes the certificate, since it would stay in the shell's history: set AGORA_APP_CERTIFICATE, or use " +
    "--certificate-stdin",
  ],
  [/^appid$/, "set AGORA_APP_ID, together with AGORA_APP_CERTIFICATE"],
];

const plain = (name: string) => name.replaceAll(/[^a-z0-9]/gi, "").toLowerCase();

/**
 * Arguments with the options' own names instead of what people type: other spellings, as `--channel-name`, and other names, as
 * `--channel`.
 *
 * @param args The arguments. What follows `--` is left as it is.
 * @param options The options that there are.
 * @throws {AgoraTokenError} `unknown-field` for an option that there is not, with what may be meant.
 */
export function withKnownNames(args: readonly string[], options: OptionTypes): string[] {
  const end = args.indexOf("--");
  return args.map((arg, index) => {
    if (!arg.startsWith("--") || end >= 0 && index >= end) return arg;
    const [, name = "", value = ""] = /^--([^=]*)(.*)$/s.exec(arg)!;
    return `--${optionNamed(name, Object.keys(options))}${value}`;
  });
}

function optionNamed(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const named = (typed: string) => {
    const others = Object.hasOwn(OTHER_NAMES, typed) ? OTHER_NAMES[typed]! : [];
    return names.find((known) => plain(known) === typed) ?? others.find((other) => names.includes(other));
  };
  const typed = plain(name);
  const known = named(typed);
  if (known !== undefined) return known;
  const [, answer] = QUESTIONS.find(([question]) => question.test(typed)) ?? [];
  const near = nearest(name, [...names.map(plain), ...Object.keys(OTHER_NAMES)].filter((other) => named(other) !== undefined));
  const meant = answer ?? (near === undefined ? "--help lists the options" : `did you mean --${named(near)}?`);
  const shown = name.length < 32 ? `option --${name}` : "such option"; // a certificate or a token may have got here
  throw new AgoraTokenError("unknown-field", `There is no ${shown}: ${meant}`);
}

/**
 * The name that a word is most like, or nothing where none is like it: at most a third of it differs, or it begins the name.
 *
 * @param word What was typed.
 * @param names The names that there are.
 */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const typed = plain(word);
  const ranked = names.map((name) => ({ name, distance: distance(typed, plain(name)) })).sort((a, b) =>
    a.distance - b.distance
  );
  const [best] = ranked;
  if (best !== undefined && best.distance <= Math.max(1, Math.floor(typed.length / 3))) return best.name;
  return typed.length < 3 ? undefined : names.find((name) => plain(name).startsWith(typed));
}

/** How many letters must be added, left out, replaced, or swapped with the next one, to make one word of the other. */
function distance(a: string, b: string): number {
  let [before, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1, isSwap ? before[j - 2]! + 1 : Infinity));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}
