import { once } from "node:events"
import { parentPort, workerData, type MessagePort } from "node:worker_threads"
import { AppError } from "@/lib/base/errors"
import type { FileRow } from "@/lib/intake/imports/files/file-row"
import type { FromThread } from "@/lib/intake/imports/files/read-xlsx"
import { workbookRows } from "@/lib/intake/imports/files/workbook-rows"

const rowsAtOnce = 500

function parent(): MessagePort {
  if (!parentPort) throw new Error("this file runs only as a thread of read-xlsx")
  return parentPort
}
const port = parent()
const send = (message: FromThread) => port.postMessage(message)

/** Sends some rows, then waits until more are asked for. */
async function pass(rows: FileRow[]): Promise<void> {
  const wanted = once(port, "message")
  send({ rows })
  await wanted
}

try {
  let rows: FileRow[] = []
  for await (const row of workbookRows(Buffer.from(workerData as Uint8Array))) {
    rows.push(row)
    if (rows.length < rowsAtOnce) continue
    await pass(rows)
    rows = []
  }
  if (rows.length > 0) await pass(rows)
  send({ ended: true })
} catch (error) {
  if (!(error instanceof AppError)) throw error
  send({ code: error.code, message: error.message })
}
port.close()
