import { createReadStream } from "node:fs"
import type { Actor } from "@/lib/access/actor/actor"
import { AppError } from "@/lib/base/errors"
import type { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"

export type Verb = typeof recordHeartbeats
export type Sent = { accepted: number; duplicates: number; rejected: Record<string, number> }

export const nothingSent = (): Sent => ({ accepted: 0, duplicates: 0, rejected: {} })

const partBytes = 4 * 1024 * 1024
const partLines = 20_000
const newline = 10
const sentAt = /,\s*"sentAt"\s*:\s*"[^"]*"|"sentAt"\s*:\s*"[^"]*"\s*,?/g

/**
 * A file of records in parts of whole lines. `sentAt` is left out: it is compared with the moment of arrival,
 * and of that a folder knows the day alone.
 */
async function* partsOf(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = []
  let [length, lines] = [0, 0]
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    let from = 0
    const bytes = chunk as Buffer
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, end + 1)) {
      lines += 1
      if (lines < partLines && length + end - from < partBytes) continue
      yield withoutSentAt(Buffer.concat([...rest, bytes.subarray(from, end + 1)]))
      rest = []
      ;[length, lines, from] = [0, 0, end + 1]
    }
    rest.push(bytes.subarray(from))
    length += bytes.length - from
  }
  if (length > 0) yield withoutSentAt(Buffer.concat(rest))
}

const withoutSentAt = (part: Buffer): Buffer =>
  part.includes('"sentAt"') ? Buffer.from(part.toString("utf8").replaceAll(sentAt, "")) : part

/** A file may be empty, or hold blank lines alone: nothing arrived. */
const isBlank = (part: Buffer): boolean => part.toString("utf8").trim() === ""

/** Sends a day's file through a verb of the API, as received at an instant. */
export async function sendFile(
  verb: Verb,
  { actor, path, receivedAt }: { actor: Actor; path: string; receivedAt: Date },
): Promise<Sent> {
  const sent = nothingSent()
  for await (const body of partsOf(path)) {
    if (isBlank(body)) continue
    const upload = { body, contentType: "application/x-ndjson", contentEncoding: null, receivedAt }
    const answer = await verb({ actor, upload }).catch((error: unknown) => {
      throw error instanceof AppError ? new AppError(error.code, `${path}: ${error.message}`) : error
    })
    sent.accepted += answer.accepted
    sent.duplicates += answer.duplicates
    // An answer names the first hundred errors alone.
    for (const { code } of answer.errors) addTo(sent.rejected, code, 1)
    if (answer.rejected > answer.errors.length)
      addTo(sent.rejected, "others", answer.rejected - answer.errors.length)
  }
  return sent
}

/** Adds what was sent to a sum. */
export function addSent(total: Sent, { accepted, duplicates, rejected }: Sent): void {
  total.accepted += accepted
  total.duplicates += duplicates
  for (const [code, count] of Object.entries(rejected)) addTo(total.rejected, code, count)
}

const addTo = (counts: Record<string, number>, key: string, count: number): void => {
  counts[key] = (counts[key] ?? 0) + count
}
