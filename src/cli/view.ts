import { SERVICE_WORDS } from "../formats/access_token2/service_words.ts";
import { SERVICES } from "../formats/access_token2/services.ts";
import type { Service } from "../formats/access_token2/types.ts";
import type { Right, TokenView } from "../formats/view.ts";
import type { Finding } from "../inspect/findings.ts";
import type { ParsedToken } from "../formats/detect.ts";
import type { Inspection } from "../inspect/inspect.ts";
import type { Verification } from "../inspect/judge.ts";
import { inUnits, utc, visible } from "../inspect/words.ts";
import { PRIVILEGES_006 } from "../formats/access_token.ts";
import { hexPairs } from "../bytes/hex.ts";
import type { Span } from "../bytes/span.ts";

// How the command line shows a token to people. Plain text; colour is added to marks and titles only.

/** Adds the colour of a meaning to a text, or returns the text as it is. */
export type Paint = (meaning: "title" | "good" | "bad" | "warning" | "dim", text: string) => string;

const COLORS = { title: "1", good: "32", bad: "31", warning: "33", dim: "2" } as const;

/** A painter for a terminal, or for a file. */
export function painter(color: boolean): Paint {
  return (meaning, text) => color ? `\x1b[${COLORS[meaning]}m${text}\x1b[0m` : text;
}

/** A row of a table: the field, its value, and what it means. */
type Row = [name: string, value: string, meaning: string];

/** Every field with its meaning, then the bytes with their fields, then the findings. */
export function viewInspection(inspection: Inspection, now: number, paint: Paint): string {
  const { version, title, token, partial, view, bytes, spans, findings } = inspection;
  const data: Partial<ParsedToken> = token ?? partial;
  const parts: string[] = [];
  const rows = fieldRows(data, view, now);
  if (data.version === "006") {
    rows.push(...view.rights.flatMap((right) => privilegeRows(right, PRIVILEGES_006, "", now)));
  }
  if (rows.length > 0) parts.push(paint("title", `${title} "${version}"`) + "\n" + table(rows));
  if (data.version === "007") {
    data.services?.forEach((service, index) => parts.push(viewService(service, view.rights[index]!, now, paint)));
  }
  if (spans.length > 0) parts.push(paint("title", `Content, ${bytes.length} bytes`) + "\n" + viewBytes(bytes, spans, paint));
  if (findings.length > 0) parts.push(viewFindings(findings, paint));
  return parts.join("\n\n") + "\n";
}

/** What became of a signature, when the token is valid, and the findings. */
export function viewVerification(
  { signature, ok, findings, moreFindings, view }: Verification,
  now: number,
  paint: Paint,
): string {
  const verdict = ok ? paint("good", "The token is genuine and valid now") : paint("bad", "The token is not accepted");
  const lines = [`${verdict}: signature ${signature}`];
  if (view?.issuedAt !== undefined) lines.push(`  issued   ${viewTime(view.issuedAt, now)}`);
  if (view?.validity.expiresAt !== undefined) lines.push(`  expires  ${viewTime(view.validity.expiresAt, now)}`);
  if (findings.length > 0) lines.push("", viewFindings(findings, paint, moreFindings));
  return lines.join("\n") + "\n";
}

/** What is shown of a finding, also of one about a token of the whiteboard. */
type ShownFinding = Pick<Finding, "severity" | "message" | "advice" | "sdkError" | "messages"> & { readonly code: string };

/** The findings, the worst first, and how many more there are, where they were too many. */
export function viewFindings(findings: readonly ShownFinding[], paint: Paint, more = 0): string {
  const marks = { error: paint("bad", "error  "), warning: paint("warning", "warning"), info: paint("dim", "info   ") };
  const order = ["error", "warning", "info"];
  const shown = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity)).map((found) =>
    `${marks[found.severity]}  ${visible(found.message)} ${paint("dim", `[${found.code}]`)}` +
    (found.sdkError === undefined ? "" : paint("dim", ` SDK error ${found.sdkError}`)) +
    (found.advice === undefined ? "" : `\n         ${found.advice}`) +
    (found.messages === undefined || found.messages.length === 0
      ? ""
      : paint("dim", `\n         What SDKs say: ${shortened(found.messages, 6).join(", ")}`))
  );
  return [...shown, ...(more > 0 ? [`and ${more} more ${more === 1 ? "finding" : "findings"}`] : [])].join("\n");
}

/** The first parts of a list, and how many more there are. */
function shortened(parts: readonly string[], most: number): string[] {
  return parts.length > most ? [...parts.slice(0, most), `and ${parts.length - most} more`] : [...parts];
}

/** A time as a date and relative to now. */
export function viewTime(time: number, now: number): string {
  return `${utc(time)}, ${time <= now ? `${duration(now - time)} ago` : `in ${duration(time - now)}`}`;
}

/** Seconds in the two largest units. */
export function duration(seconds: number): string {
  const words = { day: "day", hour: "h", minute: "min", second: "s" };
  return inUnits(seconds).map(({ unit, count }) => `${count} ${words[unit]}${unit === "day" && count > 1 ? "s" : ""}`).join(
    " ",
  );
}

/** For a time of 0: how Agora treats it is not documented. */
const NO_TIME = "no time given";

/** What the plain fields of all versions mean; a function where the meaning depends on the value. */
const MEANINGS: Readonly<Record<string, string | ((value: number, now: number, view: TokenView) => string)>> = {
  appId: "the project",
  issueTs: viewTime,
  expire: (_seconds, now, { validity: { expiresAt } }) => expiresAt === undefined ? NO_TIME : viewEnd(expiresAt, now),
  salt: "random",
  serviceCount: "how many services",
  unknownServiceType: "where reading stopped",
  ts: viewEndAndDate,
  crcChannelName: "CRC-32 of the channel, which is not in the token",
  crcUid: (crc) => crc === 0 ? "no user: valid for any user, or an RTM token" : "CRC-32 of the user, who is not in the token",
  service: "what the key is for",
  unixTs: viewTime,
  randomInt: "random",
  uid: (uid) => uid === 0 ? "anyone" : "the user",
  expiredTs: (time, now) => time === 0 ? "no expiry of its own" : viewEndAndDate(time, now),
  trailingBytes: "bytes after the last field",
};

function fieldRows(token: Partial<ParsedToken>, view: TokenView, now: number): Row[] {
  const values = token as Record<string, unknown>;
  const rows = Object.entries(MEANINGS)
    .filter(([name]) => values[name] !== undefined && !(name === "trailingBytes" && values[name] === 0))
    .map(([name, meaning]): Row => {
      const text = visible(String(values[name])) + (name === "expire" ? " s" : "");
      return [name, text, typeof meaning === "string" ? meaning : meaning(values[name] as number, now, view)];
    });
  if (token.version !== "005") return rows;
  return [
    ...rows,
    ...Object.entries(token.extra ?? {}).map(([key, text]): Row => [
      `extra ${key}`,
      visible(JSON.stringify(text)),
      "",
    ]),
  ];
}

/** The privileges of a right, with their numbers and when they expire. */
function privilegeRows(right: Right, numbers: Readonly<Record<string, number>>, unit: string, now: number): Row[] {
  return right.privileges.filter(({ raw }) => raw !== undefined).map(({ path, raw, expiresAt }) => {
    const name = path.slice(path.lastIndexOf(".") + 1);
    const number = Object.hasOwn(numbers, name) ? ` (${numbers[name]})` : "";
    return [name + number, `${raw}${unit}`, expiresAt === undefined ? NO_TIME : viewEnd(expiresAt, now)];
  });
}

/** One service of a 007: its fields, and what it allows. */
function viewService(service: Service, right: Right, now: number, paint: Paint): string {
  const { fields, privileges } = SERVICES.find(({ name }) => name === service.type)!;
  const words = SERVICE_WORDS[service.type];
  const values = service as unknown as Record<string, unknown>;
  const rows: Row[] = fields.filter(({ name }) => values[name] !== undefined).map(({ name }) => [
    name,
    visible(JSON.stringify(values[name])),
    words.fields[name]!,
  ]);
  rows.push(...privilegeRows(right, privileges, " s", now));
  return `${paint("title", words.title)} ${paint("dim", `— ${words.about}`)}\n${table(rows)}`;
}

function viewEndAndDate(time: number, now: number): string {
  return `${viewEnd(time, now)}: ${utc(time)}`;
}

function viewEnd(time: number, now: number): string {
  return time <= now ? `expired ${duration(now - time)} ago` : `expires in ${duration(time - now)}`;
}

function table(rows: readonly Row[]): string {
  const width = (column: 0 | 1) => Math.min(40, Math.max(0, ...rows.map((row) => row[column].length)));
  const [names, values] = [width(0), width(1)];
  return rows.map(([name, value, meaning]) => `  ${name.padEnd(names)}  ${value.padEnd(values)}  ${meaning}`.trimEnd()).join(
    "\n",
  );
}

/** Each field with its offset, bytes and text; a long field takes several lines. */
function viewBytes(bytes: Uint8Array, spans: readonly Span[], paint: Paint): string {
  const lines: string[] = [];
  for (const { path, type, start, end, value } of spans) {
    for (let at = start; at < end; at += 16) {
      const row = bytes.subarray(at, Math.min(at + 16, end));
      const hex = hexPairs(row);
      const text = Array.from(row, (byte) => byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".").join("");
      const label = at > start ? "" : type === "fault" ? paint("bad", `<- the fault: ${path}`) : fieldLabel(path, type, value);
      lines.push(
        `  ${paint("dim", at.toString(16).padStart(4, "0"))}  ${hex.padEnd(47)}  ${text.padEnd(16)}  ${label}`.trimEnd(),
      );
    }
  }
  return lines.join("\n");
}

function fieldLabel(path: string, type: Span["type"], value: Span["value"]): string {
  if (value === undefined || type === "bytes") return `${path} ${type}`;
  const shown = typeof value === "string" ? visible(JSON.stringify(value)) : String(value);
  return `${path} ${type} = ${shown.length > 48 ? `${shown.slice(0, 47)}…` : shown}`;
}
