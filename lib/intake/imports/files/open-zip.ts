import { fromBufferPromise, type Entry, type ZipFile } from "yauzl"
import { AppError } from "@/lib/base/errors"

export const brokenWorkbook = () =>
  new AppError("invalid", "The file is not a whole XLSX workbook: save it again and upload that.")

const tooMuch = () =>
  new AppError("too_large", "The workbook unpacks to too much: save it as CSV and upload that.")

/** Sheets, pictures and all: no workbook of rows has more. */
const mostParts = 10_000

const asBroken = (error: unknown) => (error instanceof AppError ? error : brokenWorkbook())

/** The parts of a ZIP archive. Names of parts do not depend on case. */
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
      if (file.entryCount > mostParts) throw tooMuch()
      const entries = new Map<string, Entry>()
      for await (const entry of file.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry)
      return new Zip(file, entries)
    } catch (error) {
      throw asBroken(error)
    }
  }

  /** How many bytes a part unpacks to; 0 where there is none of that name. */
  sizeOf = (name: string): number => this.#entries.get(name.toLowerCase())?.uncompressedSize ?? 0

  /**
   * The text of a part, piece by piece; empty where there is none of that name. A part that the archive's
   * directory says is longer than `longest` is not unpacked; one that is longer than its directory says
   * is given up there.
   */
  async *text(name: string, longest: number): AsyncGenerator<string> {
    const entry = this.#entries.get(name.toLowerCase())
    if (!entry) return
    if (entry.uncompressedSize > longest) throw tooMuch()
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
