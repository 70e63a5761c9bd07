/** Measures our builders and npm agora-token in this runtime and prints one line of JSON: see `main.ts`. */
import official from "agora-token";
import { buildToken, rtc, RtcTokenBuilder2 } from "../mod.ts";
import { RtcTokenBuilder } from "../src/official/compat.ts";
import { useEngine } from "../src/runtime/choose.ts";
import { portableEngine } from "../src/runtime/portable.ts";

const ids = ["0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"] as const;
const [appId, appCertificate] = ids;
const built = () =>
  buildToken({ appId, appCertificate, expire: 3600, services: [rtc({ channelName: "lobby", uid: 1001, role: "publisher" })] });

/** The builders that are measured: each makes a publisher's token. The others are compared with the first. */
const CONTENDERS: readonly { name: string; build: () => string | Promise<string>; portable?: boolean }[] = [
  {
    name: "npm agora-token `buildTokenWithUid`",
    build: () => official.RtcTokenBuilder.buildTokenWithUid(...ids, "lobby", 1001, 1, 3600, 3600),
  },
  {
    name: "`./compat` `buildTokenWithUid`",
    build: () => RtcTokenBuilder.buildTokenWithUid(...ids, "lobby", 1001, 1, 3600, 3600),
  },
  {
    name: "`RtcTokenBuilder2.buildTokenWithUid`, awaited",
    build: () => RtcTokenBuilder2.buildTokenWithUid(...ids, "lobby", 1001, 1, 3600, 3600),
  },
  { name: "`buildToken`, awaited", build: built },
  { name: "`buildToken` with the portable engine", build: built, portable: true },
];

const ROUNDS = 30;
const TOKENS = 1000;

/** Microseconds per token, in the best round of each. The rounds alternate, so that noise affects all builders equally. */
const best: Record<string, number> = {};
for (let round = 0; round <= ROUNDS; round++) {
  for (const { name, build, portable } of CONTENDERS) {
    useEngine(portable ? portableEngine : undefined);
    const start = performance.now();
    for (let i = 0; i < TOKENS; i++) {
      const token = build();
      if (typeof token !== "string") await token;
    }
    const each = (performance.now() - start) / TOKENS * 1000;
    if (round > 0) best[name] = Math.min(best[name] ?? Infinity, each); // the first round warms up
  }
}
console.log(JSON.stringify(best));
