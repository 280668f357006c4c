import pLimit from "p-limit"
import type { z } from "zod"
import { systemActor, type Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { Pace } from "@/lib/base/http/pace"
import { partsOf, uploadOfLines, type Upload } from "@/lib/base/http/upload"
import { holdsPan, maskPans } from "@/lib/base/text/pan"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { ownPlaceholderTest } from "@/lib/fleet/terminals/own-placeholders"
import { placeholderMessage } from "@/lib/fleet/terminals/placeholder"
import { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import { adapters, type Vendor } from "@/lib/intake/adapters/adapters"
import { readVendorRecords } from "@/lib/intake/adapters/read-vendor-records"
import { defined, unusedPaths, type Adapter, type Reading } from "@/lib/intake/adapters/reading"
import { isTooLong } from "@/lib/intake/adapters/record-length"
import type { VendorAnswer } from "@/lib/intake/adapters/schemas"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import { emptyAnswer, mostErrors, type Rejection } from "@/lib/intake/ingest/answer"
import type { Rejected } from "@/lib/intake/ingest/check"
import { describeIssue, valueAt } from "@/lib/intake/ingest/describe-issue"
import { keepRejected } from "@/lib/intake/ingest/keep-rejected"
import { inTurn } from "@/lib/intake/ingest/read-ahead"
import { unknownSerials } from "@/lib/intake/ingest/terminals"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"

const mostAtOnce = 4
const mostIgnored = 100
/** A list of terminals also has terminals that were last seen long ago. Older times make no heartbeat. */
const oldestMeasurementMs = 30 * 86_400_000

const takeTurns = pLimit(mostAtOnce)

type Recording = { actor: Actor; vendor: Vendor; upload: Upload; now?: Date }

/**
 * Stores a vendor's own JSON: one object, a page or NDJSON. The answer counts each record, as ingest's does.
 */
export const recordVendor = ({
  actor,
  vendor,
  upload,
  now = new Date(),
}: Recording): Promise<VendorAnswer> => {
  requirePermission(actor, "vendors:write")
  return inTurn(takeTurns, partsOf(upload), async (body) => {
    const adapter = adapters[vendor]
    const records = await readVendorRecords({ ...upload, body }, adapter)
    return record({ actor, vendor, adapter, records, now })
  })
}

type Read = { index: number; reading: Reading; entry: TerminalEntry }
type Sender = { actor: Actor; vendor: Vendor }
type Recorded = Sender & { adapter: Adapter; records: unknown[]; now: Date }

async function record({ actor, vendor, adapter, records, now }: Recorded): Promise<VendorAnswer> {
  const answer: VendorAnswer = { ...emptyAnswer(), inventoryUpdated: 0, inventoryOnly: [] }
  const { read: all, silent, refused: unreadable, ignored } = await readAll(vendor, adapter, records)
  const { read, refused: unknown } = await knownOf({ actor, vendor }, all, records)
  const refused = [...unreadable, ...unknown]
  // Values that are not records of the vendor go to the quarantine like every rejected record.
  if (refused.length > 0)
    await inOrganisation(wholeOrganisation(actor.orgId), (db) =>
      keepRejected(db, { orgId: actor.orgId, kind: "heartbeat", rejected: refused }),
    )
  answer.rejected += refused.length
  answer.errors.push(...refused.map(({ rejection }) => rejection))

  const entries = read.map(({ entry }) => entry)
  if (read.length > 0) await upsertTerminals({ actor: systemActor(actor.orgId), by: actor, entries })
  answer.inventoryUpdated = new Set(entries.map(({ serial }) => serial)).size

  const { beats, sales } = recordsOf(read, now)
  for (const verb of [recordHeartbeats, recordTransactions]) {
    const { ignored: leftOut } = await send(verb, actor, verb === recordHeartbeats ? beats : sales, answer)
    for (const name of leftOut) ignored.add(name)
  }
  const withRecords = new Set([...beats, ...sales].map(({ index }) => index))
  answer.inventoryOnly = [...read.map(({ index }) => index), ...silent]
    .filter((index) => !withRecords.has(index))
    .toSorted((a, b) => a - b)
  answer.errors = answer.errors.toSorted((a, b) => a.index - b.index).slice(0, mostErrors)
  answer.ignored = [...ignored].slice(0, mostIgnored).map((path) => maskPans(path))
  return answer
}

/** Reads each record. `silent` has the indexes of records that are not about a terminal. */
async function readAll(vendor: Vendor, adapter: Adapter, records: unknown[]) {
  const read: Read[] = []
  const silent: number[] = []
  const refused: Rejected[] = []
  const ignored = new Set<string>()
  const pace = new Pace()
  for (const [index, value] of records.entries()) {
    if (pace.isDue) await pace.giveWay()
    const result = readOne(adapter, value)
    if ("reading" in result) {
      if (result.reading !== null) read.push({ index, ...result })
      else silent.push(index)
      for (const path of unusedPaths(value, adapter.uses)) ignored.add(path)
    } else refused.push(rejected(value, { ...result, index, message: `${vendor}: ${result.message}` }))
  }
  return { read, silent, refused, ignored }
}

/** Separates the records of unknown terminals and those with a placeholder for a serial number. */
async function knownOf({ actor, vendor }: Sender, read: Read[], records: unknown[]) {
  const serials = read.map(({ entry }) => entry.serial)
  const { missing, isPlaceholder } = await inOrganisation(wholeOrganisation(actor.orgId), async (db) => ({
    missing: await unknownSerials(db, serials),
    isPlaceholder: await ownPlaceholderTest(db),
  }))
  const reasonOf = (serial: string): Pick<Rejection, "code" | "message"> | null => {
    if (isPlaceholder(serial)) return { code: "placeholder_serial", message: placeholderMessage(serial) }
    if (!missing.has(serial)) return null
    return {
      code: "unknown_terminal",
      message: "no terminal has this serial number: add it, then send the record again",
    }
  }
  const refused = read.flatMap(({ index, entry }) => {
    const reason = reasonOf(entry.serial)
    if (reason === null) return []
    const message = `${vendor}: ${reason.message}`
    return [rejected(records[index], { index, code: reason.code, field: null, message })]
  })
  return { read: read.filter(({ entry }) => reasonOf(entry.serial) === null), refused }
}

/** The heartbeats and transactions in a vendor's records. */
function recordsOf(read: Read[], now: Date): { beats: Numbered[]; sales: Numbered[] } {
  const beats = read.flatMap(({ index, reading: { heartbeat, inventory } }) =>
    heartbeat && isRecent(heartbeat.at, now)
      ? { index, record: defined({ ...heartbeat, terminal: inventory.serial }) }
      : [],
  )
  const sales = read.flatMap(({ index, reading: { transaction, inventory } }) =>
    transaction ? { index, record: defined({ ...transaction, terminal: inventory.serial }) } : [],
  )
  return { beats, sales }
}

// The sender chose the field's name, and the message may have the value.
const rejected = (value: unknown, { index, code, field, message }: Rejection): Rejected => ({
  raw: {
    index,
    text: isTooLong(value) ? '"longer than 64 KiB"' : (JSON.stringify(value) ?? ""),
    parse: () => value,
  },
  rejection: { index, code, field: field && maskPans(field), message: maskPans(message) },
})

type RecordError = Omit<Rejection, "index">

/**
 * The adapter's own messages are used as they are; messages of zod are replaced by one that has the value.
 */
function messageOf(issue: z.core.$ZodIssue | undefined, value: unknown): string {
  if (!issue) return "is not a record of this vendor"
  return valueAt(value, issue.path) === undefined || issue.code === "invalid_union"
    ? issue.message
    : describeIssue(issue, value)
}

type OneRead = { reading: Reading; entry: TerminalEntry } | { reading: null }

function readOne(adapter: Adapter, value: unknown): RecordError | OneRead {
  const invalid = (field: string | null, message: string): RecordError => ({
    code: "invalid",
    field,
    message,
  })
  if (isTooLong(value)) return invalid(null, "is longer than 64 KiB")
  const shaped = adapter.schema.safeParse(value)
  const [issue] = shaped.error?.issues ?? []
  if (!shaped.success) return invalid(issue?.path.join(".") || null, messageOf(issue, value))
  const reading = adapter.read(shaped.data as never)
  if (typeof reading === "string") return invalid(null, reading)
  if (reading === null) return { reading }
  const entry = TerminalEntry.safeParse(defined(reading.inventory))
  if (!entry.success)
    return invalid(
      entry.error.issues[0]?.path.join(".") ?? null,
      entry.error.issues[0]?.message ?? "does not fit",
    )
  if (holdsPan(JSON.stringify(entry.data))) {
    return {
      code: "pan_suspected",
      field: null,
      message: "holds what looks like a full card number: send a token or the first six and last four digits",
    }
  }
  return { reading, entry: entry.data }
}

const isRecent = (at: string | undefined, now: Date): boolean =>
  at !== undefined && now.getTime() - Date.parse(at) < oldestMeasurementMs

type Numbered = { index: number; record: object }

/**
 * Sends the translated records through ingest, and adds its answer under the indexes of the vendor's records.
 */
async function send(
  verb: typeof recordHeartbeats,
  actor: Actor,
  records: Numbered[],
  answer: VendorAnswer,
): Promise<{ ignored: readonly string[] }> {
  if (records.length === 0) return { ignored: [] }
  const { accepted, duplicates, rejected, errors, ignored } = await verb({
    actor,
    upload: uploadOfLines(records.map(({ record: one }) => JSON.stringify(one))),
  })
  answer.accepted += accepted
  answer.duplicates += duplicates
  answer.rejected += rejected
  answer.errors.push(
    ...errors.map((error) => ({ ...error, index: records[error.index]?.index ?? error.index })),
  )
  return { ignored }
}
