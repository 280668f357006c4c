import type { z } from "zod"
import { requireScope, type Actor } from "@/lib/access/actor"
import { isConflict, isDataError, isMissingPartition } from "@/lib/db/failures"
import { inOrganisation, type Db } from "@/lib/db/transaction"
import { AppError } from "@/lib/errors"
import { emptyAnswer, mostErrors, type IngestAnswer } from "@/lib/ingest/answer"
import { checkRecord, reject, type Common, type Parsed, type Rejected } from "@/lib/ingest/check"
import { csvValues } from "@/lib/ingest/csv-values"
import { UnknownFields } from "@/lib/ingest/ignored"
import { maskPans } from "@/lib/ingest/pan"
import { readRecords, type RawRecord } from "@/lib/ingest/read-records"
import { inSlot } from "@/lib/ingest/slots"
import { insertBatch, insertQuarantine, nextBatchId, readSettings, type Settings } from "@/lib/ingest/sql"
import { directoryOf, type Named, type Terminal } from "@/lib/ingest/terminals"
import type { Upload } from "@/lib/ingest/upload"

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
export const recordUpload = <Record extends Common>(
  noun: Noun<Record>,
  { actor, upload }: { actor: Actor; upload: Upload },
): Promise<IngestAnswer> => {
  requireScope(actor, "ingest")
  return inSlot(actor.orgId, () => recordSlices(noun, { actor, upload }))
}

async function recordSlices<Record extends Common>(
  noun: Noun<Record>, { actor, upload }: { actor: Actor; upload: Upload },
): Promise<IngestAnswer> {
  const [settings] = await inOrganisation(actor.orgId, readSettings)
  if (!settings) throw new AppError("not_found", "The organisation does not exist any more.")
  const isImport = upload.isImport ?? false
  const receivedAt = upload.receivedAt?.getTime() ?? Date.now()
  const run: Run<Record> = {
    noun, orgId: actor.orgId, settings, receivedAt, isImport,
    schema: noun.schema,
    oldest: isImport ? null : receivedAt - settings.raw_retention_days * dayMs,
    unknownFields: new UnknownFields(noun.fields),
  }
  const answer = emptyAnswer()
  const shape = { envelope: noun.envelope, fromCsv: csvValues(noun.fields) }
  let waiting: RawRecord[] = []
  try {
    for await (const records of readRecords(upload, shape)) {
      waiting = waiting.length === 0 ? records : waiting.concat(records)
      let from = 0
      for (; waiting.length - from >= sliceSize; from += sliceSize) await storeSlice(run, waiting.slice(from, from + sliceSize), answer)
      if (from > 0) waiting = waiting.slice(from)
    }
  } catch (error) {
    if (error instanceof AppError && answer.accepted + answer.duplicates + answer.rejected > 0) {
      const { accepted, duplicates, rejected } = answer
      throw new AppError(error.code, error.message, { ...error.detail, stored: { accepted, duplicates, rejected } })
    }
    throw error
  }
  await storeSlice(run, waiting, answer)
  return { ...answer, ignored: run.unknownFields.names }
}

type Run<Record extends Common> = {
  noun: Noun<Record>
  orgId: string
  settings: Settings
  receivedAt: number
  isImport: boolean
  schema: z.ZodType<Record>
  oldest: number | null
  unknownFields: UnknownFields
}

async function storeSlice<Record extends Common>(run: Run<Record>, slice: RawRecord[], answer: IngestAnswer): Promise<void> {
  const refused: Rejected[] = []
  const parsed: Parsed<Record>[] = []
  for (const raw of slice) {
    const result = checkRecord(run, raw)
    if ("rejection" in result) refused.push(result)
    else parsed.push(result)
  }
  const { accepted, duplicates, rejected } = await store(run, parsed, refused)
  answer.accepted += accepted
  answer.duplicates += duplicates
  answer.rejected += rejected.length
  const told = run.isImport ? rejected.length : mostErrors - answer.errors.length
  const inOrder = rejected.map(({ rejection }) => rejection).toSorted((a, b) => a.index - b.index)
  answer.errors.push(...inOrder.slice(0, told))
}

type Stored = { accepted: number; duplicates: number; rejected: Rejected[] }

/** Stores one slice in one transaction. If PostgreSQL refuses a value, halves are tried until the one record is found. */
async function store<Record extends Common>(run: Run<Record>, parsed: Parsed<Record>[], refused: Rejected[]): Promise<Stored> {
  if (parsed.length + refused.length === 0) return { accepted: 0, duplicates: 0, rejected: [] }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inOrganisation(run.orgId, (db) => write(db, run, parsed, refused))
    } catch (error) {
      if (isConflict(error)) {
        if (attempt < mostAttempts) continue
        throw new AppError("unavailable", "Too many uploads met in the database: send it again later.")
      }
      if (isMissingPartition(error)) throw new AppError("unavailable", "The days of these records are not prepared yet (npm run worker prepares them): send it again later.")
      if (!isDataError(error) || parsed.length === 0) throw error
      break
    }
  }
  const [only] = parsed
  if (only && parsed.length === 1) return store(run, [], [...refused, reject(only.raw, "invalid", null, "holds a value that cannot be stored")])
  const middle = Math.ceil(parsed.length / 2)
  const first = await store(run, parsed.slice(0, middle), refused)
  const second = await store(run, parsed.slice(middle), [])
  return {
    accepted: first.accepted + second.accepted,
    duplicates: first.duplicates + second.duplicates,
    rejected: [...first.rejected, ...second.rejected],
  }
}

async function write<Record extends Common>(
  db: Db, { noun, orgId, settings }: Run<Record>, parsed: Parsed<Record>[], refused: Rejected[],
): Promise<Stored> {
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
      kind: noun.kind, code: rejection.code, field: rejection.field, message: rejection.message, record: kept(raw),
    })))
  }
  return { accepted, duplicates: rows.length - accepted, rejected }
}

// Masked as text whatever it was rejected for; PostgreSQL's text cannot hold NUL or half a surrogate pair.
const kept = ({ text, plain, value }: RawRecord) =>
  maskPans(plain ?? text, { json: value !== undefined }).slice(0, longestKept).replaceAll("\0", "\uFFFD").toWellFormed()
