import { once } from "node:events"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { Worker } from "node:worker_threads"
import { AppError, type ErrorCode } from "@/lib/base/errors"
import { ArchiveMemory, turnToRead } from "@/lib/intake/imports/files/archive-memory"
import type { FileRow } from "@/lib/intake/imports/files/file-row"

// Reading a workbook makes much garbage. A thread has a heap limit of its own.
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 192 }

// Node starts the thread with JavaScript, which loads tsx.
const file = pathToFileURL(
  join(/* turbopackIgnore: true */ process.cwd(), "lib/intake/imports/files/xlsx-thread.ts"),
).href
const entry =
  'import("tsx/esm/api").then(({ register }) => { register(); ' + `return import(${JSON.stringify(file)}) })`

export type FromThread = { rows: FileRow[] } | { ended: true } | { code: ErrorCode; message: string }

async function collect(body: AsyncIterable<Uint8Array>, memory: ArchiveMemory): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of body) {
    memory.take(part.byteLength)
    parts.push(part)
  }
  return joined(parts)
}

/** The parts in a buffer of their own, which can be transferred. */
function joined(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

/**
 * The rows of the first sheet that has rows, as lists of cells, without empty rows. A thread reads them only
 * as fast as they are consumed.
 */
export async function* readXlsx(body: AsyncIterable<Uint8Array>): AsyncGenerator<FileRow> {
  const memory = new ArchiveMemory()
  try {
    const archive = await collect(body, memory)
    const endTurn = await turnToRead()
    try {
      yield* rowsFromThread(archive)
    } finally {
      endTurn()
    }
  } finally {
    memory.release()
  }
}

async function* rowsFromThread(archive: Uint8Array): AsyncGenerator<FileRow> {
  const thread = new Worker(entry, {
    eval: true,
    workerData: archive,
    transferList: [archive.buffer as ArrayBuffer],
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
      `The workbook needs more than ${resourceLimits.maxOldGenerationSizeMb} MiB of memory: save it as CSV ` +
        "and upload that.",
    )
  }
  throw error
}
