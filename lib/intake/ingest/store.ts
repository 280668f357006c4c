import {
  hasNoCode,
  isConflict,
  isDataError,
  isMissingPartition,
  isMissingTable,
  isUniqueViolation,
} from "@/lib/base/db/failures"
import { retryConflicts } from "@/lib/base/db/retry-conflicts"
import { inOrganisationWriting, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { reject } from "@/lib/intake/ingest/check"
import { insertRows, type Connection } from "@/lib/intake/ingest/insert-rows"
import { keepRejected } from "@/lib/intake/ingest/keep-rejected"
import type { Part, Stored, Way } from "@/lib/intake/ingest/part"
import { resolveTerminals } from "@/lib/intake/ingest/resolve-terminals"
import { distinct, inKeyOrder, type Row } from "@/lib/intake/ingest/rows"
import { beginBatches } from "@/lib/intake/ingest/sql"

/**
 * Stores parts of several uploads of one organisation in one transaction, and returns a result for each. If
 * PostgreSQL refuses a value, the records are halved until the bad one is found; the others are stored.
 */
export async function storeParts(way: Way, parts: Part[]): Promise<Stored[]> {
  try {
    const { stored, rows } = await retryConflicts(() =>
      inOrganisationWriting(wholeOrganisation(way.orgId), (db, writing) =>
        write({ db, writing }, way, parts),
      ),
    )
    way.watermarks.note(rows)
    return stored
  } catch (error) {
    if (way.mayCopy && refusesCopy(error)) return storeParts({ ...way, mayCopy: false }, parts)
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

/** A row exists already, or its day has no partition of its own. */
const refusesCopy = (error: unknown): boolean =>
  isUniqueViolation(error) || isMissingTable(error) || isMissingPartition(error) || hasNoCode(error)

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

async function write(
  { db, writing }: Connection,
  way: Way,
  parts: Part[],
): Promise<{ stored: Stored[]; rows: Row[] }> {
  const stored = parts.map(({ refused }): Stored => ({ accepted: 0, duplicates: 0, rejected: [...refused] }))
  const rows = parts.some(({ ready }) => ready.length > 0)
    ? await insertParts({ db, writing }, way, parts, stored)
    : []
  const rejected = stored.flatMap((one, i) => (parts[i]?.isReplay ? [] : one.rejected))
  await keepRejected(db, { orgId: way.orgId, kind: way.noun.kind, rejected })
  return { stored, rows }
}

/** Inserts the parts' records, and counts in `stored` the new, duplicate and rejected ones. */
async function insertParts(
  { db, writing }: Connection,
  way: Way,
  parts: Part[],
  stored: Stored[],
): Promise<Row[]> {
  const [begun] = await beginBatches(db, parts.length + 1)
  if (!begun) throw new AppError("not_found", "The organisation no longer exists.")
  const { checked, owners } = await resolveTerminals(db, begun, parts, stored)
  const rows = await way.noun.rows(db, way.orgId, checked)
  rows.forEach((row, i) => (row.part = owners[i] ?? 0))
  const accepted = await insertRows(
    { db, writing },
    way,
    distinct(rows.toSorted(inKeyOrder)),
    begun.batch_ids,
  )
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
