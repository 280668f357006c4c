import {
  isConflict,
  isDataError,
  isMissingPartition,
  isMissingTable,
  isUniqueViolation,
} from "@/lib/base/db/failures"
import { dayPartition } from "@/lib/base/db/partitions"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { inOrganisationWithCopy, type Copy, type Db, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { placeholderMessage, placeholderTest } from "@/lib/fleet/terminals/placeholder"
import { reject, type Rejected } from "@/lib/intake/ingest/check"
import { keepRejected } from "@/lib/intake/ingest/keep-rejected"
import type { Checked, Noun } from "@/lib/intake/ingest/noun"
import { asObject, copyLine, distinct, inKeyOrder, type Ready, type Row } from "@/lib/intake/ingest/rows"
import { beginBatches, insertBatches, storesOfTerminals, type Settings } from "@/lib/intake/ingest/sql"
import { directoryOf, type Named, type Resolution } from "@/lib/intake/ingest/terminals"
import { tooOld } from "@/lib/intake/ingest/too-old"
import type { Watermarks } from "@/lib/intake/ingest/watermarks"

/** A slice of one upload: the records that passed the checks without the database, and the rejected ones. */
export type Part<RecordSummary extends Named = Named> = {
  ready: Ready<RecordSummary>[]
  refused: Rejected[]
  receivedAt: number
  /** Files may bring records of any age. */
  isImport: boolean
  /** A replay from the quarantine. Records that are rejected again are already stored there. */
  isReplay: boolean
  /**
   * The stores whose terminals the sender may write for. Null means all; then unknown terminals may be
   * enrolled.
   */
  stores: readonly number[] | null
}

/** The result of a part. */
export type Stored = { accepted: number; duplicates: number; rejected: Rejected[] }

const dayMs = 86_400_000
/** Rows of more days than this are rare. Each day needs its own COPY. */
const mostDays = 8

export type Way = { noun: Noun; orgId: string; watermarks: Watermarks; mayCopy: boolean }

/**
 * Stores parts of several uploads of one organisation in one transaction, and returns a result for each. If
 * PostgreSQL refuses a value, the records are halved until the bad one is found; the others are stored.
 */
export async function storeParts(way: Way, parts: Part[]): Promise<Stored[]> {
  try {
    const { stored, rows } = await retryConflicts(() =>
      inOrganisationWithCopy(wholeOrganisation(way.orgId), (db, copy) => write({ db, copy }, way, parts)),
    )
    way.watermarks.note(rows)
    return stored
  } catch (error) {
    // A row exists already, or its day has no partition of its own.
    if (way.mayCopy && (isUniqueViolation(error) || isMissingTable(error) || isMissingPartition(error)))
      return storeParts({ ...way, mayCopy: false }, parts)
    if (isConflict(error))
      throw new AppError(
        "unavailable",
        "Too many uploads wrote the same records at once: send it again later.",
      )
    if (isMissingPartition(error))
      throw new AppError(
        "unavailable",
        "The days of these records are not prepared yet (npm run worker prepares them): send it again later.",
      )
    if (!isDataError(error)) throw error
    return storeApart(way, parts, error)
  }
}

async function storeApart(way: Way, parts: Part[], error: unknown): Promise<Stored[]> {
  const [part] = parts
  if (!part) throw error
  if (parts.length > 1) {
    const stored: Stored[] = []
    for (const one of parts) stored.push(...(await storeParts(way, [one])))
    return stored
  }
  const { ready, refused } = part
  const [only] = ready
  if (!only) throw error
  if (ready.length === 1) {
    return storeParts(way, [
      {
        ...part,
        ready: [],
        refused: [...refused, reject(only.raw, "invalid", null, "holds a value that cannot be stored")],
      },
    ])
  }
  const middle = Math.ceil(ready.length / 2)
  const [first] = await storeParts(way, [{ ...part, ready: ready.slice(0, middle) }])
  const [second] = await storeParts(way, [{ ...part, ready: ready.slice(middle), refused: [] }])
  if (!first || !second) throw error
  return [
    {
      accepted: first.accepted + second.accepted,
      duplicates: first.duplicates + second.duplicates,
      rejected: [...first.rejected, ...second.rejected],
    },
  ]
}

type Connection = { db: Db; copy: Copy }

async function write(
  { db, copy }: Connection,
  way: Way,
  parts: Part[],
): Promise<{ stored: Stored[]; rows: Row[] }> {
  const stored = parts.map(({ refused }): Stored => ({ accepted: 0, duplicates: 0, rejected: [...refused] }))
  const rows = parts.some(({ ready }) => ready.length > 0)
    ? await insertParts({ db, copy }, way, parts, stored)
    : []
  const rejected = stored.flatMap((one, i) => (parts[i]?.isReplay ? [] : one.rejected))
  await keepRejected(db, { orgId: way.orgId, kind: way.noun.kind, rejected })
  return { stored, rows }
}

/** Inserts the parts' records, and counts in `stored` the new, duplicate and rejected ones. */
async function insertParts(
  { db, copy }: Connection,
  way: Way,
  parts: Part[],
  stored: Stored[],
): Promise<Row[]> {
  const [begun] = await beginBatches(db, parts.length + 1)
  if (!begun) throw new AppError("not_found", "The organisation no longer exists.")
  const { checked, owners } = await findTerminals(db, begun, parts, stored)
  const rows = await way.noun.rows(db, way.orgId, checked)
  rows.forEach((row, i) => (row.part = owners[i] ?? 0))
  const accepted = await insert({ db, copy }, way, distinct(rows.toSorted(inKeyOrder)), begun.batch_ids)
  for (const part of owners) {
    const one = stored[part]
    if (one) one.duplicates += 1
  }
  for (const [part, count] of accepted) {
    const one = stored[part]
    if (!one) continue
    one.accepted = count
    one.duplicates -= count
  }
  return rows
}

/** Finds or enrols the terminals of all parts' records. `owners` has the part of each checked record. */
async function findTerminals(
  db: Db,
  settings: Settings,
  parts: Part[],
  stored: Stored[],
): Promise<{ checked: Checked<Named>[]; owners: number[] }> {
  const checked: Checked<Named>[] = []
  const owners: number[] = []
  const isPlaceholder = placeholderTest(settings.placeholder_serials)
  const taken = parts.map(({ ready, receivedAt, isImport }, i) =>
    ready.filter(({ raw, summary: { at, terminal } }) => {
      const age = tooOld({ at, receivedAt, isImport, kept: settings })
      if (age !== null) stored[i]?.rejected.push(reject(raw, "too_old", "at", age))
      else if (isPlaceholder(terminal))
        stored[i]?.rejected.push(reject(raw, "placeholder_serial", "terminal", placeholderMessage(terminal)))
      else return true
      return false
    }),
  )
  const named = taken.map((records) =>
    records.map(({ summary }) => withoutPlaceholders(summary, isPlaceholder)),
  )
  const strangers = settings.enrol_unknown ? named.filter((_, i) => parts[i]?.stores === null).flat() : []
  const directory = await directoryOf(db, named.flat(), strangers)
  const found = named.map((names) => names.map((name) => directory.resolve(name)))
  const mayNot = await outOfReach(db, parts, found)
  for (const [i, records] of taken.entries()) {
    for (const [j, ready] of records.entries()) {
      const one = found[i]?.[j] ?? "unknown_terminal"
      const terminal = typeof one !== "string" && mayNot(i, one.terminalId) ? "unknown_terminal" : one
      if (typeof terminal === "string")
        stored[i]?.rejected.push(reject(ready.raw, terminal, "terminal", unresolved[terminal]))
      else {
        checked.push({ ready, terminal })
        owners.push(i)
      }
    }
  }
  return { checked, owners }
}

/** Removes placeholders from the master data. */
function withoutPlaceholders(named: Named, isPlaceholder: (name: string) => boolean): Named {
  const { serial, tid } = named
  const isOne = (name: string | undefined): boolean => name !== undefined && isPlaceholder(name)
  return isOne(serial) || isOne(tid)
    ? { ...named, serial: isOne(serial) ? undefined : serial, tid: isOne(tid) ? undefined : tid }
    : named
}

/**
 * Returns a test whether the sender of a part may not write for a terminal. The terminal's current store
 * decides.
 */
async function outOfReach(
  db: Db,
  parts: Part[],
  found: Resolution[][],
): Promise<(part: number, terminalId: number) => boolean> {
  const limited = found
    .filter((_, i) => parts[i]?.stores !== null)
    .flat()
    .flatMap((terminal) => (typeof terminal === "string" ? [] : [terminal.terminalId]))
  const rows = limited.length === 0 ? [] : await storesOfTerminals(db, [...new Set(limited)])
  const storeOf = new Map(rows.map(({ terminal_id: terminalId, store_id: storeId }) => [terminalId, storeId]))
  return (part, terminalId) => {
    const stores = parts[part]?.stores ?? null
    const store = storeOf.get(terminalId)
    return stores !== null && (store === undefined || !stores.includes(store))
  }
}

const unresolved = {
  unknown_terminal: "no terminal has this serial number or TID: add it, then replay",
  ambiguous_terminal: "several terminals have this TID: send the serial number, or name the acquirer",
}

/**
 * Inserts rows in key order and returns the number of new ones per part. Rows that look new are inserted by
 * COPY; the others by an insert that skips existing rows, with one batch per part so that they can be
 * counted. `ids` has one id more than there are parts.
 */
async function insert(
  connection: Connection,
  way: Way,
  rows: Row[],
  ids: number[],
): Promise<Map<number, number>> {
  const accepted = new Map<number, number>()
  if (rows.length === 0) return accepted
  const { fresh, doubtful } =
    way.mayCopy && daysOf(rows).size <= mostDays ? way.watermarks.part(rows) : { fresh: [], doubtful: rows }
  const byPart = grouped(doubtful, ({ part }) => part)

  const batches: Batch[] = []
  if (fresh.length > 0) batches.push({ id: ids.pop() ?? 0, rowCount: fresh.length, rows: fresh })
  const parts = new Map<number, Batch & { part: number }>()
  for (const [part, own] of byPart) {
    const id = ids.pop() ?? 0
    parts.set(id, { id, rowCount: 0, rows: own, part })
  }
  for (const { id, rows: own } of [...batches, ...parts.values()]) for (const row of own) row.batchId = id

  if (doubtful.length > 0) {
    for (const { batch_id: id, count } of await way.noun.insert(
      connection.db,
      doubtful.map((row) => asObject(row, way.noun)),
    )) {
      const batch = parts.get(id)
      if (!batch) continue
      batches.push({ ...batch, rowCount: count })
      accepted.set(batch.part, count)
    }
  }
  if (fresh.length > 0) {
    await copyFresh(connection, way.noun, fresh)
    for (const { part } of fresh) accepted.set(part, (accepted.get(part) ?? 0) + 1)
  }
  if (batches.length > 0)
    await insertBatches(connection.db, {
      orgId: way.orgId,
      kind: way.noun.kind,
      batches: batches.map(bounded),
    })
  return accepted
}

type Batch = { id: number; rowCount: number; rows: Row[] }

// Milliseconds lose the microseconds, so the upper bound is one millisecond later.
function bounded({ id, rowCount, rows }: Batch) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { at } of rows) {
    if (at < least) least = at
    if (at > most) most = at
  }
  return { id, rowCount, minAt: new Date(least).toISOString(), maxAt: new Date(most + 1).toISOString() }
}

function grouped(rows: Row[], by: (row: Row) => number): Map<number, Row[]> {
  const groups = new Map<number, Row[]>()
  for (const row of rows) {
    const group = groups.get(by(row))
    if (group) group.push(row)
    else groups.set(by(row), [row])
  }
  return groups
}

/** Days since 1970 in UTC. */
const dayOf = ({ at }: Row): number => Math.floor(at / dayMs)
const daysOf = (rows: Row[]): Set<number> => new Set(rows.map(dayOf))

async function copyFresh({ db, copy }: Connection, noun: Noun, fresh: Row[]): Promise<void> {
  for (const [day, rows] of grouped(fresh, dayOf)) {
    const name = dayPartition(noun.kind, new Date(day * dayMs).toISOString().slice(0, 10))
    await copy(name, noun.columns, rows.map((row) => copyLine(row)).join(""))
  }
  await noun.afterCopy?.(db, fresh)
}
