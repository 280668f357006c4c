import pLimit from "p-limit"
import { AppError } from "@/lib/base/errors"

/** One archive. It stays packed in memory: unpacked, it would have to be on a disk, with card numbers. */
const longestArchive = 64 * 1024 * 1024
/** All archives that a process has at once. */
const mostHeld = 3 * longestArchive
/** The workbooks that a process reads at once. Each takes a core and up to 208 MiB. */
const mostAtOnce = 2

let held = 0
const takeTurns = pLimit(mostAtOnce)

/** The memory of one archive. */
export class ArchiveMemory {
  #bytes = 0

  /** Throws if the archive is too long, or if the process has too many. */
  take(bytes: number): void {
    this.#bytes += bytes
    held += bytes
    if (this.#bytes > longestArchive)
      throw new AppError("too_large", "The workbook is over 64 MiB: save it as CSV and upload that.")
    if (held > mostHeld)
      throw new AppError("unavailable", "Too many workbooks are being uploaded: try again in a minute.")
  }

  release(): void {
    held -= this.#bytes
    this.#bytes = 0
  }
}

/** Waits for a turn to read a workbook. The turn lasts until the returned function is called. */
export const turnToRead = (): Promise<() => void> =>
  new Promise((begin) => {
    void takeTurns(() => new Promise<void>((end) => begin(() => end())))
  })
