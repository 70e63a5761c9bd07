import { ROOT } from "../helpers.ts";

// Programs that use npm agora-token and agora-access-token, in every form of import that was found in public code, written anew and
// reduced to the import and the calls: S1 to S14 and T1 to T7. Only their imports change.

/** Where each module of the official packages has its names here. */
const REPLACED: Readonly<Record<string, string>> = {
  "agora-token": "agoratoken/compat",
  "agora-token/src/AccessToken2": "agoratoken/compat",
  "agora-token/src/RtcTokenBuilder2": "agoratoken/compat",
  "agora-token/src/RtcTokenBuilder": "agoratoken/access-token",
  "agora-access-token": "agoratoken/access-token",
  "agora-access-token/src/AccessToken": "agoratoken/access-token",
};

/** A program. */
export interface Program {
  /** Its file. */
  name: string;
  /** Its text, with the imports changed. */
  text: string;
  /** What it prints. */
  prints: RegExp;
}

const data: Record<string, { prints: string; source: string[] }> = JSON.parse(
  await Deno.readTextFile(`${ROOT}tests/data/real-programs.json`),
);

/** Every program. */
export const PROGRAMS: readonly Program[] = Object.entries(data).map(([name, { prints, source }]) => ({
  name,
  text: source.join("\n").replaceAll(/"(agora-[^"]+)"/g, (_, module) => `"${REPLACED[module]}"`),
  prints: new RegExp(`^${prints}\n$`),
}));
