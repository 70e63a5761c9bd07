import { inspectToken, packToken, type Token } from "../mod.ts";
import { PRIVILEGES_006 } from "../src/formats/access_token.ts";
import { ROLE_PRIVILEGES, RtcRole006 } from "../src/official/legacy/builders.ts";
import { type ColumnVersion, LAYOUTS, SERVICE_CODES_004 } from "../src/formats/dynamic_keys/columns.ts";
import { SERVICES_005 } from "../src/formats/dynamic_keys/dynamic_key5.ts";
import { type Made, table } from "./made.ts";
import golden from "../tests/vectors/vectors-legacy.json" with { type: "json" };

/** The tables of the notes on the formats before 007. */
export async function legacyNotesDoc(): Promise<Made> {
  return {
    privileges: codes(PRIVILEGES_006),
    roles: roleTable(),
    columns: await columnTable(),
    services004: codes(SERVICE_CODES_004),
    services005: codes(SERVICES_005),
    damages: await damageTable(),
  };
}

function roleTable(): string {
  const number = (role: string) => RtcRole006[role.toUpperCase() as keyof typeof RtcRole006];
  const rows = Object.entries(ROLE_PRIVILEGES).map(([role, privileges]) => [role, number(role), privileges.join(", ")]);
  return table("role | number | privileges", rows);
}

function codes(services: Readonly<Record<string, string | number>>): string {
  return Object.entries(services).map(([name, code]) => `\`${code} ${name}\``).join(", ") + ".";
}

/** The columns of the keys 001 to 004, with their offsets in a real key. */
async function columnTable(): Promise<string> {
  const values = { appId: "0123456789abcdef0123456789abcdef", unixTs: 1446455472, randomInt: 1, channelName: "lobby" };
  const more = { uid: 1001, expiredTs: 0 };
  const rows: (string | number)[][] = [];
  for (const version of Object.keys(LAYOUTS).toSorted() as ColumnVersion[]) {
    const service = version === "004" ? { service: "mediaChannel" } : {};
    const token = { version, ...values, ...(version === "001" ? {} : more), ...service } as Token;
    const { bytes, spans } = await inspectToken(await packToken(token, "fedcba9876543210fedcba9876543210"));
    const columns = spans.map(({ path, start }) => `${start} ${path}`);
    rows.push([version, bytes.length, columns.join(", "), LAYOUTS[version].signed.join(" ‖ ")]);
  }
  return table("version | characters | columns, each after its offset | signed", rows);
}

/** How this library reads the damaged texts that at least one official parser reads. */
async function damageTable(): Promise<string> {
  const versions: Record<string, string> = { dynamicKey: "001", dynamicKey3: "003", dynamicKey4: "004", dynamicKey5: "005" };
  const rows: (string | number)[][] = [];
  for (const { format, why, token, counts } of golden.malformed) {
    if (counts.accept === undefined) continue;
    const { error, findings } = await inspectToken(token);
    const ours = error === undefined ? ["read", ...findings.map(({ code }) => `\`${code}\``)] : [`refused: \`${error.code}\``];
    rows.push([versions[format] ?? format, why, counts.accept, ours.join(", ")]);
  }
  return table("format | text | read | ours", rows);
}
