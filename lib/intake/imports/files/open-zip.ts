import { Readable } from "node:stream"
import { createInflateRaw } from "node:zlib"
import { AppError } from "@/lib/base/errors"

export type ZipEntry = { name: string; method: number; packedSize: number; size: number; offset: number }

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const localSignature = 0x04034b50
const localHeaderLength = 30

const broken = () =>
  new AppError("invalid", "The file is not a whole XLSX workbook: save it again and upload that.")

/** The entries of a ZIP archive by its directory. */
export function zipEntries(archive: Buffer): ZipEntry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > archive.length || archive.readUInt32LE(end) !== endSignature) throw broken()
  const entries: ZipEntry[] = []
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== entrySignature) throw broken()
    const nameLength = archive.readUInt16LE(at + 28)
    entries.push({
      name: archive.toString("utf8", at + 46, at + 46 + nameLength),
      method: archive.readUInt16LE(at + 10),
      packedSize: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return entries
}

/** The content of an entry; one that unpacks to more than the directory says is refused before it fills the memory. */
async function* unpacked(
  archive: Buffer,
  { method, packedSize, size, offset }: ZipEntry,
): AsyncGenerator<Buffer> {
  if (
    offset + localHeaderLength > archive.length ||
    archive.readUInt32LE(offset) !== localSignature ||
    (method !== 0 && method !== 8)
  )
    throw broken()
  const start =
    offset + localHeaderLength + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  const packed = archive.subarray(start, start + packedSize)
  let length = 0
  const parts: AsyncIterable<Buffer> | Buffer[] =
    method === 0 ? [packed] : Readable.from([packed]).pipe(createInflateRaw())
  try {
    for await (const part of parts) {
      length += part.length
      if (length > size) throw broken()
      yield part
    }
  } catch (error) {
    throw error instanceof AppError ? error : broken()
  }
  if (length !== size) throw broken()
}

/** How many bytes at the end are of a UTF-8 character that goes on in the next part. */
function begun(part: Buffer): number {
  for (let back = 1; back <= Math.min(3, part.length); back += 1) {
    const byte = part[part.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/** The same bytes with no character cut in two: the workbook's reader decodes each part by itself. */
async function* wholeCharacters(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const part of parts) {
    const all = rest.length > 0 ? Buffer.concat([rest, part]) : part
    const end = all.length - begun(all)
    rest = all.subarray(end)
    if (end > 0) yield all.subarray(0, end)
  }
  if (rest.length > 0) yield rest
}

const localHeader = (name: string, size: number): Buffer => {
  const header = Buffer.alloc(localHeaderLength)
  header.writeUInt32LE(localSignature, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt32LE(size, 18)
  header.writeUInt32LE(size, 22)
  header.writeUInt16LE(Buffer.byteLength(name), 26)
  return Buffer.concat([header, Buffer.from(name)])
}

export type Part = ZipEntry | { name: string; content: string }

/** An archive of these parts in this order, not compressed, as a stream. */
export async function* zipStream(archive: Buffer, parts: readonly Part[]): AsyncGenerator<Buffer> {
  for (const part of parts) {
    if ("content" in part) {
      const content = Buffer.from(part.content)
      yield Buffer.concat([localHeader(part.name, content.length), content])
    } else {
      yield localHeader(part.name, part.size)
      yield* wholeCharacters(unpacked(archive, part))
    }
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(endSignature, 0)
  yield end
}
