import { decodeCanonicalBase64 } from "../../bytes/base64.ts";
import { hasColumnsOf, readColumns } from "../../formats/dynamic_keys/columns.ts";
import { type Observation, observed } from "../findings.ts";
import { countOf, LIMIT } from "./damage.ts";
import { FORMS } from "./damage_before_007.ts";
import { isWhole007, repairByForm } from "./repair.ts";

/** A token whose version is damaged, so that it begins like none; and a key without a version that has a character too many or too few. */
export function damagedHead(text: string, isThorough: boolean): Observation | undefined {
  const head = (version: string, at: number) => {
    const by = at - 3;
    const edit = by === 0
      ? { edit: "replaced", at: 1, until: 3 } as const
      : { edit: by > 0 ? "inserted" : "missing", at: 1 } as const;
    return observed("text-damaged", { ...edit, ...countOf(Math.abs(by)), ...(by === 0 ? {} : { wanted: version }) });
  };
  const signaling = /^([^]?)(:?)[0-9a-f]{32}:\d{10}:[0-9a-f]{32}$/i.exec(text);
  if (signaling !== null) {
    const [, one, colon] = signaling;
    if (one !== "" && one !== "1" && colon !== "") {
      return observed("text-damaged", { edit: "replaced", at: 1, character: one!, wanted: "1" });
    }
    return observed("text-damaged", { edit: "missing", at: 1, wanted: "1:", ...countOf(2 - one!.length - colon!.length) });
  }
  const zlib = text.startsWith("MDA") ? -1 : text.slice(0, 6).search(/e[JAFN]/); // MDA: the version in base64 as well
  if (zlib >= 0 && text.length < LIMIT) {
    const { bytes, error } = decodeCanonicalBase64(text.slice(zlib), 0);
    if (error === undefined && isWhole007(bytes)) return head("007", zlib);
  }
  const id = /^(.{0,5}?)([0-9a-f]{32}IA[A-D])/i.exec(text)?.[1];
  if (id !== undefined && FORMS["006"].isWhole("006" + text.slice(id.length))) return head("006", id.length);
  if (!isThorough || !/^[0-9a-f]{89,111}$/i.test(text)) return undefined;
  for (const version of ["001", "002"] as const) {
    const { excess, length } = FORMS[version];
    const by = excess(text.length);
    if (Math.abs(by) !== 1) continue;
    const isWhole = (key: string) => hasColumnsOf(version, key) && isRecent(readColumns(version, key).token.unixTs!);
    const edit = repairByForm(text, by > 0 ? "inserted" : "missing", isWhole);
    if (edit !== undefined) return observed("text-damaged", { ...edit, length: length! });
  }
  return undefined;
}

/** Whether a time is one at which such a key can have been made: from 2001 on. */
function isRecent(time: number): boolean {
  return time >= 1_000_000_000;
}
