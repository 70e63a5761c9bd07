import { AgoraTokenError, inspectToken, verifyToken } from "../mod.ts";
import { ARGUMENTS, BUILDERS, buildWith } from "../src/official/builders.ts";
import { SERVICE_WORDS } from "../src/formats/access_token2/service_words.ts";
import { RTM2_PERMISSIONS, RTM2_RESOURCES, SERVICES } from "../src/formats/access_token2/services.ts";
import { type Made, table } from "./made.ts";
import { hexPairs } from "../src/bytes/hex.ts";
import golden from "../tests/vectors/vectors-007.json" with { type: "json" };

/** The damaged tokens in the notes, by the names of their vectors. */
const DAMAGES = [
  ...["mal-trail-newline", "mal-b64-inner-bang", "mal-b64-urlsafe", "mal-b64-nopad", "mal-z-adler", "mal-z-cut-4"],
  ...["mal-z-trail", "mal-bomb-zeros-8M", "mal-cut-125", "mal-sig-len-31", "mal-count-0", "mal-count-too-big"],
  ...["mal-count-too-small", "mal-unknown-last", "mal-trailing-signed", "mal-trailing-unsigned", "mal-unsorted-services"],
  ...["mal-bad-utf8"],
];

/** The tables of the notes on 007; the example is the token in their text. */
export async function formatNotesDoc(text: string): Promise<Made> {
  return {
    example: await exampleTable(/"(007eJ[^"]+)"/.exec(text)![1]!),
    services: serviceTable(),
    permissions: `Resource types: ${numbers(RTM2_RESOURCES)}. Permission types: ${numbers(RTM2_PERMISSIONS)}.`,
    builders: builderTable(),
    damages: await damageTable(),
  };
}

/** The fields of the services and the privileges, by number. */
function serviceTable(): string {
  const rows = SERVICES.map(({ type, name, fields, privileges }) => {
    const wires = fields.map(({ name, wire }) => wire === "permissions" ? name : `${name}:${wire}`);
    return [type, `\`${name}\``, wires.join(", ") || "none", numbers(privileges) || "none with a name"];
  });
  return table("type | name here | fields after the privileges | privileges", rows);
}

function numbers(names: Readonly<Record<string, number>>): string {
  return Object.entries(names).map(([name, number]) => `${number} ${name}`).join(", ");
}

/** Every builder, called with the names of its arguments as values, so that its output shows where each value comes from. */
function builderTable(): string {
  const { education: _, ...families } = BUILDERS;
  const all = Object.entries(families).flatMap(([family, builders]) =>
    Object.entries(builders).map(([method, spec]) => ({
      builder: `${family}.${method}`,
      name: `\`${family}.${method}\``,
      ...spec,
    }))
  );
  const packedBy = ({ args, services }: typeof all[0]) => {
    const built = services({ ...Object.fromEntries(args.map((arg) => [arg, arg])), role: 1, rtcRole: 1 } as never);
    return built.map((service) => packedService(service as never)).join("; ");
  };
  const rows = all.map((row) => {
    const taken = row.args.map((arg) => {
      const value = defaultOf(arg);
      return value === undefined ? arg : `${arg} = ${JSON.stringify(value)}`;
    });
    const expire = row.args.find((arg) => /^(tokenExpire|rtcTokenExpire|expire)$/.test(arg)) ??
      buildWith(row.builder, {}).expire;
    const like = all.find(({ args }) => args.includes("rtcAccount") && String(args) === String(row.args)) ?? row;
    const services = packedBy(row);
    if (like === row) return [row.name, taken.join(", ") || "none", expire, services];
    return [row.name, `as ${like.name}`, expire, services.replace(packedBy(like), "the same")];
  });
  return table("builder | arguments | expire | services", rows);
}

/** What an argument is where it is left out; `undefined` where it must be given. */
function defaultOf(arg: keyof typeof ARGUMENTS): unknown {
  try {
    return ARGUMENTS[arg](arg, undefined);
  } catch {
    return undefined;
  }
}

/** A service as `RTC(channelName, uid) 1 = privilegeExpire`. */
function packedService(service: Record<string, unknown>): string {
  const { title } = SERVICE_WORDS[service.type as keyof typeof SERVICE_WORDS];
  const { fields, privileges } = SERVICES.find(({ name }) => name === service.type)!;
  const values = fields.map(({ name }) => {
    const value = String(service[name]);
    if (name === "role") return value === "1" ? name : value;
    return /^[0-9a-f]{32}$/.test(value) ? "md5(userUuid)" : value || '""';
  });
  const given = Object.entries(service.privileges as object);
  const durations = given.length > 1 && given.every(([, duration]) => duration === given[0]![1])
    ? [`${privileges[given[0]![0]]} to ${privileges[given.at(-1)![0]]} = ${given[0]![1]}`]
    : given.map(([name, duration]) => `${privileges[name]} = ${duration}`);
  return `${title}${values.length === 0 ? "" : `(${values.join(", ")})`} ${durations.join(", ")}`.trim();
}

/** The bytes of the example. */
async function exampleTable(token: string): Promise<string> {
  const { bytes, spans } = await inspectToken(token);
  const rows = spans.map(({ path, type, start, end, value }) => {
    const hex = hexPairs(bytes.subarray(start, end)).split(" ");
    const field = path.replace("services[0].", "").replace("privileges[0]", "privilege");
    const meaning = type === "bytes" ? `${hex.length - 2} bytes` : type === "str" ? JSON.stringify(value) : `${value}`;
    const shown = hex.length < 12 ? hex.join(" ") : `${hex.slice(0, 2).join(" ")} ${hex.slice(2).join("")}`;
    return [start, `\`${shown}\``, field, type, meaning];
  });
  return table("offset | bytes | field | type | value", rows);
}

/** How the nine official parsers and this library read damaged tokens. */
async function damageTable(): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const id of DAMAGES) {
    const { desc, token, acceptedBy, verifiedBy, appCertificate } = golden.cases.find((vector) => vector.id === id)!;
    const { error, signature, findings } = await verifyToken(token!, { certificates: appCertificate!, now: 1700000000 });
    const codes = findings.filter(({ code }) => code !== "signature-invalid").map(({ code }) => `\`${code}\``);
    const ours = error instanceof AgoraTokenError ? `refused: \`${error.code}\`` : [`read, ${signature}`, ...codes].join(", ");
    rows.push([desc!, acceptedBy!.length, verifiedBy!.length, ours]);
  }
  return table("damage | read | valid | ours", rows);
}
