import { encodeBase64 } from "@std/encoding/base64";
import { engine } from "../../src/runtime/choose.ts";

/** A token with a payload of any bytes. */
export async function pack007Bytes(payload: Uint8Array<ArrayBuffer>): Promise<string> {
  return "007" + encodeBase64(await engine().deflate(payload));
}
