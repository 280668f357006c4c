import { isAscii, isUtf8 } from "node:buffer"
import iconv from "iconv-lite"
import type { Encoding } from "@/lib/intake/imports/words"

/** Enough to tell Chinese in GB18030 from Chinese in UTF-8. */
const sampleBytes = 64 * 1024

/** The bytes without a character cut off at the end. */
function wholeCharacters(bytes: Buffer): Buffer {
  for (let cut = 1; cut <= Math.min(3, bytes.length); cut += 1) {
    const byte = bytes[bytes.length - cut] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - cut)
  }
  return bytes
}

function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf16le"
  return isUtf8(wholeCharacters(bytes)) ? "utf8" : "gb18030"
}

/**
 * The text of a file. Unless it is given, the encoding is found out where the first byte beyond ASCII stands,
 * however far into the file that is; `onEncoding` is told. A byte order mark is left out.
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
    } else if (waiting.length === 0 && isAscii(bytes)) {
      yield bytes.toString("latin1")
    } else {
      waiting = Buffer.concat([waiting, bytes])
      if (waiting.length < sampleBytes) continue
      yield decode(waiting, encodingOf(waiting))
    }
  }
  if (!decoder) yield decode(waiting, encoding ?? encodingOf(waiting))
  yield decoder?.end() ?? ""
}
