import { concatBytes } from "./bytes.ts";

/**
 * Reads a stream to its end, and counts the bytes while they arrive.
 *
 * @param most The most bytes that are read. A stream that has more is cancelled.
 * @returns The bytes; nothing where there are more.
 */
export async function readAtMost(
  stream: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream?.getReader();
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    length += part.value.length;
    if (length > most) return void reader!.cancel().catch(() => {}); // a sender that does not stop is not waited for
    chunks.push(part.value);
  }
  return concatBytes(chunks);
}
