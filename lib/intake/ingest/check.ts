import { holdsPan } from "@/lib/base/text/pan"
import { readClock } from "@/lib/base/time/clock"
import type { Rejection, RejectionCode } from "@/lib/intake/ingest/answer"
import type { Contract } from "@/lib/intake/ingest/contract"
import type { IgnoredFields } from "@/lib/intake/ingest/ignored"
import { valueOf, type RawRecord } from "@/lib/intake/ingest/raw-record"

/** The fields of every record. */
export type Common = { terminal: string; at: string; sentAt?: string | undefined }

export type Rejected = { raw: RawRecord; rejection: Rejection }
export type Parsed<Record> = { raw: RawRecord; record: Record; at: number; offsetMs: number }

export const reject = (
  raw: RawRecord,
  code: RejectionCode,
  field: string | null,
  message: string,
): Rejected => ({
  raw,
  rejection: { index: raw.index, code, field, message },
})

/** How the records of one upload are checked. */
export type Rules<Record extends Common> = {
  contract: Contract<Record>
  ignored: IgnoredFields
  receivedAt: number
  /** For files, `sentAt` is not used: a file is not sent by a terminal. */
  isImport: boolean
}

/**
 * Checks a record without the database. Whether it is too old depends on the organisation and is checked
 * later.
 */
export function checkRecord<Record extends Common>(
  rules: Rules<Record>,
  raw: RawRecord,
): Parsed<Record> | Rejected {
  const value = valueOf(raw)
  const json = value !== undefined
  // The raw text also has its keys, broken lines, and members that a later one of the same name replaces.
  if (!raw.isPlain && holdsPan(raw.text, { json })) {
    return reject(
      raw,
      "pan_suspected",
      null,
      "holds what looks like a full card number: send a token or the first six and last four digits",
    )
  }
  if (!json) return reject(raw, "invalid", null, "is not one complete record of at most 64 KiB in UTF-8")
  const result = rules.contract.read(value)
  if (!result.success) return reject(raw, "invalid", result.field, result.message)
  if (result.mayHaveMore) rules.ignored.note(value, result.leftOut)

  const record = result.data
  const at = Date.parse(record.at)
  const sentAt = record.sentAt === undefined || rules.isImport ? null : Date.parse(record.sentAt)
  const clock = readClock({ at, sentAt, receivedAt: rules.receivedAt })
  if ("fault" in clock) return reject(raw, clock.fault, "at", clock.message)
  return { raw, record, at: at + clock.offsetMs, offsetMs: clock.offsetMs }
}
