import { AppError } from "@/lib/base/errors"
import { packedKind } from "@/lib/intake/imports/files/no-table"

export type Kind = { kind: "workbook" | "text"; start: Buffer; bytes: AsyncGenerator<Uint8Array> }

const oldWorkbook = "d0cf11e0"
const zip = "504b0304"

/** The kind of a file by its first bytes. Returns all of its bytes again. Archives are refused. */
export async function kindOf(body: AsyncIterable<Uint8Array>, startLength = 8): Promise<Kind> {
  const rest = body[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  for (let length = 0; length < startLength;) {
    const { value, done } = await rest.next()
    if (done) break
    first.push(value)
    length += value.byteLength
  }
  const start = Buffer.concat(first)
  const magic = start.subarray(0, 4).toString("hex")
  const packed = packedKind(start)
  if (packed !== null)
    throw new AppError(
      "unsupported_media",
      `This is a ${packed} archive: unpack it and upload the file in it.`,
    )
  if (magic === oldWorkbook)
    throw new AppError(
      "unsupported_media",
      "This is a workbook of the old kind (.xls): save it as .xlsx or .csv and upload that.",
    )
  return { kind: magic === zip ? "workbook" : "text", start, bytes: resumed(first, rest) }
}

async function* resumed(first: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}
