import type { ParsedToken } from "../mod.ts";
import { u32le, utf8 } from "../src/bytes/bytes.ts";
import { encodeHex } from "../src/bytes/hex.ts";
import { engine } from "../src/runtime/choose.ts";
import { isHexId } from "../src/validate.ts";
import { h } from "./dom.ts";
import { T } from "./language.ts";

/** One HMAC: its input and output in hex; the certificate stays masked. */
interface Step {
  key: string;
  message: string;
  output: string;
}

/** How the signature of a token is made: for 007 step by step; the one step of the older formats in words. */
export async function signatureSteps(token: ParsedToken, certificate: string): Promise<HTMLElement> {
  if (token.version !== "007") return h("p", {}, T.steps.old[token.version]!);
  const steps = isHexId(certificate) ? await chain(token, certificate) : undefined;
  const received = encodeHex(token.signature);
  return h(
    "div",
    { class: "steps" },
    h("p", {}, T.steps.intro),
    h(
      "ol",
      {},
      ...T.steps.titles.map((title, index) => {
        const { key, message, output } = steps?.[index] ?? { key: "…", message: "…", output: T.steps.needsCertificate };
        return h(
          "li",
          {},
          h("h4", {}, title),
          h(
            "dl",
            {},
            ...[[T.steps.key, key], [T.steps.message, message], [T.steps.output, output]].map(([name, value]) =>
              h("div", {}, h("dt", {}, name), h("dd", {}, h("code", {}, value)))
            ),
          ),
        );
      }),
    ),
    h("p", {}, T.steps.received, " ", h("code", {}, received)),
    h("p", { class: "note" }, T.steps.secret),
  );
}

async function chain(token: ParsedToken & { version: "007" }, certificate: string): Promise<Step[]> {
  const hmac = (key: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>) => engine().hmac("SHA-256", key, message);
  const [time, salt] = [u32le(token.issueTs), u32le(token.salt)];
  const byTime = await hmac(time, utf8(certificate));
  const bySalt = await hmac(salt, byTime);
  const signature = await hmac(bySalt, token.signedPart);
  return [
    { key: `${encodeHex(time)} (${token.issueTs})`, message: T.steps.masked, output: encodeHex(byTime) },
    { key: `${encodeHex(salt)} (${token.salt})`, message: T.steps.outputOf(1), output: encodeHex(bySalt) },
    { key: T.steps.outputOf(2), message: T.steps.signedPart(token.signedPart.length), output: encodeHex(signature) },
  ];
}
