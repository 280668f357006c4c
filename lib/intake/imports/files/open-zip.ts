import { fromBufferPromise, type Entry, type ZipFile } from "yauzl"
import { AppError } from "@/lib/base/errors"

export const brokenWorkbook = () =>
  new AppError("invalid", "The file is not a whole XLSX workbook: save it again and upload that.")

/** The unpacked size that a part of a workbook may have, and what the part holds. */
export type PartLimit = { what: string; bytes: number }

const mebibytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024)

const tooMuch = (has: string) =>
  new AppError("too_large", `The workbook ${has} can be read: save it as CSV and upload that.`)

/** The number of entries of any workbook of rows is below this. */
const mostParts = 10_000

const asBroken = (error: unknown) => (error instanceof AppError ? error : brokenWorkbook())

/** The parts of a ZIP archive. Part names are not case-sensitive. */
export class Zip {
  readonly #file: ZipFile
  readonly #entries: ReadonlyMap<string, Entry>

  private constructor(file: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#file = file
    this.#entries = entries
  }

  static async open(archive: Buffer): Promise<Zip> {
    try {
      const file = await fromBufferPromise(archive)
      if (file.entryCount > mostParts)
        throw tooMuch(`has ${file.entryCount} parts, and ${mostParts.toLocaleString("en")} at most`)
      const entries = new Map<string, Entry>()
      for await (const entry of file.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry)
      return new Zip(file, entries)
    } catch (error) {
      throw asBroken(error)
    }
  }

  /** The unpacked size of a part in bytes; 0 if there is no such part. */
  sizeOf = (name: string): number => this.#entries.get(name.toLowerCase())?.uncompressedSize ?? 0

  /**
   * The text of a part in pieces; empty if there is no such part. A part is not unpacked if the archive's
   * directory says that it is longer than its limit. Unpacking stops if a part is longer than the directory
   * says.
   */
  async *text(name: string, { what, bytes: longest }: PartLimit): AsyncGenerator<string> {
    const entry = this.#entries.get(name.toLowerCase())
    if (!entry) return
    const size = entry.uncompressedSize
    if (size > longest)
      throw tooMuch(`unpacks to ${mebibytes(size)} MiB of ${what}, and ${mebibytes(longest)} MiB at most`)
    const decoder = new TextDecoder()
    try {
      for await (const bytes of await this.#file.openReadStreamPromise(entry))
        yield decoder.decode(bytes as Buffer, { stream: true })
    } catch (error) {
      throw asBroken(error)
    }
    yield decoder.decode()
  }
}
