import { once } from "node:events"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { Worker } from "node:worker_threads"
import { AppError, type ErrorCode } from "@/lib/base/errors"
import type { FileRow } from "@/lib/intake/imports/files/file-row"

/** The archive stays packed in memory. Unpacked, it would have to be on a disk, with card numbers. */
const longestArchive = 64 * 1024 * 1024

// Reading a workbook makes much garbage. A thread has a heap limit of its own.
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 192 }

// Node starts the thread with JavaScript, which loads tsx.
const file = pathToFileURL(
  join(/* turbopackIgnore: true */ process.cwd(), "lib/intake/imports/files/xlsx-thread.ts"),
).href
const entry =
  'import("tsx/esm/api").then(({ register }) => { register(); ' + `return import(${JSON.stringify(file)}) })`

export type FromThread = { rows: FileRow[] } | { ended: true } | { code: ErrorCode; message: string }

async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of body) {
    length += part.byteLength
    if (length > longestArchive)
      throw new AppError("too_large", "The workbook is over 64 MiB: save it as CSV and upload that.")
    parts.push(part)
  }
  return Buffer.concat(parts, length)
}

/**
 * The rows of the first sheet that has rows, as lists of cells, without empty rows. A thread reads them only
 * as fast as they are consumed.
 */
export async function* readXlsx(body: AsyncIterable<Uint8Array>): AsyncGenerator<FileRow> {
  const archive = new Uint8Array(await collect(body))
  const thread = new Worker(entry, {
    eval: true,
    workerData: archive,
    transferList: [archive.buffer],
    resourceLimits,
  })
  try {
    for (;;) {
      const [message] = (await once(thread, "message").catch(tooMuch)) as [FromThread]
      if ("ended" in message) return
      if ("code" in message) throw new AppError(message.code, message.message)
      yield* message.rows
      thread.postMessage("more")
    }
  } finally {
    await thread.terminate()
  }
}

function tooMuch(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") {
    throw new AppError(
      "too_large",
      "The workbook is too large when unpacked: save it as CSV and upload that.",
    )
  }
  throw error
}
