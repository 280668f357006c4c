import { requireScope, type Actor } from "@/lib/access/actor"
import { isConflict, isDataError } from "@/lib/db/failures"
import { inOrganisation, type Db } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"
import { emptyAnswer, mostErrors, type IngestAnswer, type Rejection, type RejectionCode } from "@/lib/ingest/answer"
import { readClock } from "@/lib/ingest/clock"
import { csvValues } from "@/lib/ingest/csv-values"
import { holdsPan, maskPans } from "@/lib/ingest/pan"
import { readRecords, type RawRecord } from "@/lib/ingest/read-records"
import { insertBatch, insertQuarantine, nextBatchId, readSettings, type Settings } from "@/lib/ingest/sql"
import { directoryOf, type Named, type Terminal } from "@/lib/ingest/terminals"
import type { Upload } from "@/lib/ingest/upload"
import type { z } from "zod"

type Common = { terminal: string; at: string; sentAt?: string | undefined }

/** A record that passed every check, with its terminal and the milliseconds that correct its clock. */
export type Checked<Record> = { record: Record; terminal: Terminal; offsetMs: number }

/** What differs between heartbeats and transactions. */
export type Noun<Record extends Common> = {
  kind: "heartbeat" | "transaction"
  envelope: string
  schema: z.ZodType<Record>
  fields: { [field: string]: z.ZodType }
  /** Who the record speaks of; the time is added. */
  naming: (record: Record) => Omit<Named, "at">
  /** Stores the rows and answers how many were new. */
  insert: (db: Db, input: { orgId: string; batchId: number; rows: Checked<Record>[] }) => Promise<number>
}

const sliceSize = 2_000
const longestKept = 8_000
const mostAttempts = 4
const dayMs = 86_400_000

/**
 * Takes in a body of records: each is checked alone, good ones are durable before the answer, bad ones are
 * kept masked in quarantine. An envelope that breaks in the middle throws after the slices before it were
 * stored, and says so: records have identities, so sending all again is safe.
 */
export async function recordUpload<Record extends Common>(
  noun: Noun<Record>,
  { actor, upload }: { actor: Actor; upload: Upload },
): Promise<IngestAnswer> {
  requireScope(actor, "ingest")
  const settings = await inOrganisation(actor.orgId, readSettings).then(([row]) => row)
  if (!settings) throw new AppError("not_found", "The organisation does not exist any more.")
  const run = { noun, orgId: actor.orgId, settings, receivedAt: Date.now(), isImport: upload.isImport ?? false }
  const answer = emptyAnswer()
  let slice: RawRecord[] = []
  try {
    const shape = { envelope: noun.envelope, fromCsv: csvValues(noun.fields) }
    for await (const record of readRecords(upload, shape)) {
      slice.push(record)
      if (slice.length < sliceSize) continue
      await storeSlice(run, slice, answer)
      slice = []
    }
  } catch (error) {
    if (error instanceof AppError && answer.accepted + answer.duplicates + answer.rejected > 0) {
      const { accepted, duplicates, rejected } = answer
      throw new AppError(error.code, error.message, { ...error.detail, stored: { accepted, duplicates, rejected } })
    }
    throw error
  }
  await storeSlice(run, slice, answer)
  return answer
}

type Run<Record extends Common> = { noun: Noun<Record>; orgId: string; settings: Settings; receivedAt: number; isImport: boolean }
type Rejected = { raw: RawRecord; rejection: Rejection }
type Parsed<Record> = { raw: RawRecord; record: Record; at: number; offsetMs: number }

async function storeSlice<Record extends Common>(run: Run<Record>, slice: RawRecord[], answer: IngestAnswer): Promise<void> {
  const rejected: Rejected[] = []
  const parsed: Parsed<Record>[] = []
  for (const raw of slice) {
    const result = check(run, raw, answer.ignored)
    if ("rejection" in result) rejected.push(result)
    else parsed.push(result)
  }
  await store(run, parsed, rejected, answer)
}

/** Stores one slice in one transaction. If PostgreSQL refuses a value, halves are tried until the one record is found. */
async function store<Record extends Common>(
  run: Run<Record>, parsed: Parsed<Record>[], rejected: Rejected[], answer: IngestAnswer,
): Promise<void> {
  if (parsed.length + rejected.length === 0) return
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await inOrganisation(run.orgId, (db) => write(db, run, parsed, rejected))
      answer.accepted += result.accepted
      answer.duplicates += result.duplicates
      answer.rejected += result.rejected.length
      const told = run.isImport ? Infinity : mostErrors - answer.errors.length
      answer.errors.push(...result.rejected.map(({ rejection }) => rejection).slice(0, told))
      return
    } catch (error) {
      if (isConflict(error) && attempt < mostAttempts) continue
      if (!isDataError(error) || parsed.length === 0) throw error
      break
    }
  }
  const [only] = parsed
  if (only && parsed.length === 1) {
    await store(run, [], [...rejected, reject(only.raw, "invalid", null, "holds a value that cannot be stored")], answer)
    return
  }
  const middle = Math.ceil(parsed.length / 2)
  await store(run, parsed.slice(0, middle), rejected, answer)
  await store(run, parsed.slice(middle), [], answer)
}

async function write<Record extends Common>(
  db: Db, { noun, orgId, settings }: Run<Record>, parsed: Parsed<Record>[], refused: Rejected[],
): Promise<{ accepted: number; duplicates: number; rejected: Rejected[] }> {
  const rejected = [...refused]
  const rows: Checked<Record>[] = []
  const named = parsed.map(({ record, at }) => ({ ...noun.naming(record), at }))
  const directory = await directoryOf(db, named, settings.enrol_unknown)
  parsed.forEach(({ raw, record, offsetMs }, i) => {
    const name = named[i]
    const terminal = name ? directory.resolve(name) : "unknown_terminal"
    if (terminal === "unknown_terminal") {
      rejected.push(reject(raw, terminal, "terminal", "no terminal has this serial number or TID: add it, then replay"))
    } else if (terminal === "ambiguous_terminal") {
      rejected.push(reject(raw, terminal, "terminal", "several terminals have this TID: send the serial number, or name the acquirer"))
    } else rows.push({ record, terminal, offsetMs })
  })

  let accepted = 0
  if (rows.length > 0) {
    const batchId = (await nextBatchId(db))[0]?.id ?? 0
    accepted = await noun.insert(db, { orgId, batchId, rows })
    if (accepted > 0) {
      const times = rows.map(({ record }) => Date.parse(record.at))
      const bound = (at: number) => new Date(at).toISOString()
      // Milliseconds cut microseconds off, so the upper bound is one later.
      const [minAt, maxAt] = [bound(Math.min(...times)), bound(Math.max(...times) + 1)]
      await insertBatch(db, { id: batchId, orgId, kind: noun.kind, rowCount: accepted, minAt, maxAt })
    }
  }
  if (rejected.length > 0) {
    await insertQuarantine(db, orgId, rejected.map(({ raw, rejection }) => ({
      kind: noun.kind, code: rejection.code, field: rejection.field, message: rejection.message, record: kept(raw.text),
    })))
  }
  return { accepted, duplicates: rows.length - accepted, rejected }
}

// Masked as text whatever it was rejected for; PostgreSQL's text cannot hold NUL or half a surrogate pair.
const kept = (text: string) => maskPans(text).slice(0, longestKept).replaceAll("\0", "\uFFFD").toWellFormed()

const reject = (raw: RawRecord, code: RejectionCode, field: string | null, message: string): Rejected => ({
  raw, rejection: { index: raw.index, code, field, message },
})

function check<Record extends Common>(run: Run<Record>, raw: RawRecord, ignored: string[]): Parsed<Record> | Rejected {
  // The text as sent catches numbers, keys and broken lines; a parsed text has its escapes undone as well.
  if (holdsPan(raw.text) || (raw.text.includes("\\") && holdsPan(JSON.stringify(raw.value) ?? ""))) {
    return reject(raw, "pan_suspected", null, "holds what looks like a full card number: send a token or the first six and last four digits")
  }
  if (raw.value === undefined) return reject(raw, "invalid", null, "is not one JSON object of at most 64 KiB in UTF-8")
  const result = run.noun.schema.safeParse(raw.value)
  if (!result.success) {
    const [issue] = result.error.issues
    return reject(raw, "invalid", issue?.path.join(".") || null, issue?.message ?? "does not fit the contract")
  }
  noteIgnored(run.noun.fields, raw.value, ignored)

  const record = result.data
  const at = Date.parse(record.at)
  const sentAt = record.sentAt === undefined ? null : Date.parse(record.sentAt)
  const oldest = run.isImport ? null : run.receivedAt - run.settings.raw_retention_days * dayMs
  const clock = readClock({ at, sentAt, receivedAt: run.receivedAt, oldest })
  if ("fault" in clock) return reject(raw, clock.fault, "at", clock.message)
  return { raw, record, at: at + clock.offsetMs, offsetMs: clock.offsetMs }
}

const mostIgnored = 100

function noteIgnored(fields: { [field: string]: z.ZodType }, value: unknown, ignored: string[]): void {
  if (typeof value !== "object" || value === null) return
  for (const field of Object.keys(value)) {
    if (Object.hasOwn(fields, field) || ignored.includes(field) || ignored.length >= mostIgnored) continue
    ignored.push(field.slice(0, 64))
  }
}
