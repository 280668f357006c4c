import { isAscii } from "node:buffer"
import iconv from "iconv-lite"
import { encodingOf } from "@/lib/intake/imports/files/detect-encoding"
import type { Encoding } from "@/lib/intake/imports/words"

/** Enough bytes to detect an encoding. */
const sampleBytes = 64 * 1024

/**
 * Decodes a file. If no encoding is given, it is detected at the first byte that is not ASCII, at any
 * position, and passed to `onEncoding`. A byte order mark is left out.
 */
export async function* decodeText(
  body: AsyncIterable<Uint8Array>,
  { encoding, onEncoding }: { encoding?: Encoding | undefined; onEncoding: (encoding: Encoding) => void },
): AsyncGenerator<string> {
  let decoder: ReturnType<typeof iconv.getDecoder> | undefined
  let waiting: Buffer = Buffer.alloc(0)
  const decode = (bytes: Buffer, known: Encoding): string => {
    if (!decoder) {
      decoder = iconv.getDecoder(known)
      onEncoding(known)
    }
    return decoder.write(bytes)
  }
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    if (decoder || encoding) {
      yield decode(bytes, encoding ?? "utf8")
    } else if (waiting.length === 0 && isAscii(bytes) && !bytes.includes(0)) {
      yield bytes.toString("latin1")
    } else {
      waiting = Buffer.concat([waiting, bytes])
      if (waiting.length < sampleBytes) continue
      yield decode(waiting, await encodingOf(waiting))
    }
  }
  if (!decoder) yield decode(waiting, encoding ?? (await encodingOf(waiting)))
  yield decoder?.end() ?? ""
}
