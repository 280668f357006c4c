import { isUtf8 } from "node:buffer"
import type { Encoding } from "@/lib/intake/imports/words"

const marks: [Encoding, number[]][] = [
  ["utf8", [0xef, 0xbb, 0xbf]],
  ["utf16le", [0xff, 0xfe]],
  ["utf16be", [0xfe, 0xff]],
]

/** The encodings that are read: our name, by the detector's name. */
const names: Record<string, Encoding> = {
  "utf-8": "utf8",
  gb18030: "gb18030",
  big5: "big5",
  cp932: "shiftjis",
  "windows-1252": "windows1252",
  "utf-16-le": "utf16le",
  "utf-16-be": "utf16be",
}

/** The bytes without an incomplete character at the end. */
function wholeCharacters(bytes: Buffer): Buffer {
  for (let cut = 1; cut <= Math.min(3, bytes.length); cut += 1) {
    const byte = bytes[bytes.length - cut] ?? 0
    if (byte < 0x80) break
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - cut)
  }
  return bytes
}

/**
 * The distinct cells that have non-ASCII characters. Numbers and repeated cells would make the detection less
 * sure.
 */
function tellingCells(bytes: Buffer): Buffer {
  if (bytes.includes(0)) return bytes
  // None of these separators is part of a longer character, except in UTF-16.
  const cells = bytes.toString("latin1").split(/[,;\t\r\n"]+/)
  const telling = cells.filter((cell) => /[\u0080-\u00ff]/.test(cell))
  return Buffer.from([...new Set(telling)].join("\n"), "latin1")
}

/** Fewer zero bytes may be stray characters. */
const fewestZeros = 8
const clearShare = 0.9

/** In UTF-16, delimiters, digits and ends of lines have a zero byte, nearly always on the same side. */
function utf16Of(bytes: Buffer): Encoding | null {
  const zeros = [0, 0]
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1))
    zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  const [even = 0, odd = 0] = zeros
  if (even + odd < fewestZeros || Math.max(even, odd) < (even + odd) * clearShare) return null
  return odd > even ? "utf16le" : "utf16be"
}

/** Detects a file's encoding from some of its bytes, which are not all ASCII. */
export async function encodingOf(bytes: Buffer): Promise<Encoding> {
  const marked = marks.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte))
  if (marked) return marked[0]
  const wide = utf16Of(bytes)
  if (wide) return wide
  if (isUtf8(wholeCharacters(bytes))) return "utf8"
  // Loaded only when needed: its tables are large, and most files are in UTF-8.
  const { detect } = await import("jschardet")
  const { encoding } = detect(tellingCells(bytes), { detectEncodings: Object.keys(names) })
  return names[encoding?.toLowerCase() ?? ""] ?? "gb18030"
}
