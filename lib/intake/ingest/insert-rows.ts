import { groupsOfTerminals, isDistributed } from "@/lib/base/db/groups"
import { dayPartition } from "@/lib/base/db/partitions"
import type { Copy, Db, Writing } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"
import type { SentCode } from "@/lib/fleet/code-packs/resolve-codes"
import type { Noun } from "@/lib/intake/ingest/noun"
import type { Way } from "@/lib/intake/ingest/part"
import { asObject, copyLine, type Row } from "@/lib/intake/ingest/rows"
import { insertBatches, moreBatchIds } from "@/lib/intake/ingest/sql"

const dayMs = 86_400_000
/** Rows of more days than this are rare. Each day needs its own COPY. */
const mostDays = 8

export type Connection = { db: Db; writing: Writing }

/**
 * Inserts rows in key order and returns the number of new ones per part. Rows that look new are inserted by
 * COPY; the others by an insert that skips existing rows, with one batch per part so that they can be
 * counted. On a cluster each group of terminals has batches of its own.
 */
export async function insertRows(
  { db, writing }: Connection,
  way: Way,
  rows: Row[],
  ids: number[],
): Promise<Map<number, number>> {
  const accepted = new Map<number, number>()
  if (rows.length === 0) return accepted
  const { fresh, doubtful } =
    way.mayCopy && daysOf(rows).size <= mostDays ? way.watermarks.part(rows) : { fresh: [], doubtful: rows }
  const groupOf = await groupsOfTerminals(
    db,
    rows.map(({ terminalId }) => terminalId),
  )
  const inGroup = ({ terminalId }: Row) => groupOf(terminalId)
  const batches = [...groupBy(fresh, inGroup).values()].map((own): Batch => ({ id: 0, rows: own }))
  const parts = [...groupBy(doubtful, ({ part }) => part)].flatMap(([part, own]) =>
    [...groupBy(own, inGroup).values()].map((some) => ({ id: 0, rows: some, part })),
  )
  await number(db, [...batches, ...parts], ids)

  const inserted = await writing((copy) => write({ db, copy }, way, { batches, parts, fresh, doubtful }))
  for (const { part, count } of inserted.counts) accepted.set(part, (accepted.get(part) ?? 0) + count)
  for (const { part } of fresh) accepted.set(part, (accepted.get(part) ?? 0) + 1)
  await way.noun.noteUnmapped?.(db, [
    ...inserted.unmapped,
    ...fresh.flatMap(({ unmapped }) => unmapped ?? []),
  ])
  return accepted
}

type Batch = { id: number; rows: Row[] }

/** Gives batches and their rows ids, and asks for more ids where a cluster's groups need them. */
async function number(db: Db, batches: Batch[], ids: number[]): Promise<void> {
  const more = batches.length - ids.length
  const all = more > 0 ? [...ids, ...(await moreBatchIds(db, more)).map(({ id }) => id)] : ids
  for (const [i, batch] of batches.entries()) {
    batch.id = all[i] ?? 0
    for (const row of batch.rows) row.batchId = batch.id
  }
}

type Sorted = { batches: Batch[]; parts: (Batch & { part: number })[]; fresh: Row[]; doubtful: Row[] }
type Written = { counts: { part: number; count: number }[]; unmapped: SentCode[] }

/** Writes the rows and then their batches, with their number of new rows. */
async function write(
  { db, copy }: { db: Db; copy: Copy },
  { noun, orgId }: Way,
  { batches, parts, fresh, doubtful }: Sorted,
): Promise<Written> {
  const objects = doubtful.map((row) => asObject(row, noun))
  const inserted = doubtful.length > 0 ? await noun.insert(db, objects) : []
  await copyFresh(copy, noun, fresh)
  const countOf = new Map(inserted.map(({ batch_id: id, count }) => [id, count]))
  const filled = [
    ...batches.map((batch) => ({ ...batch, rowCount: batch.rows.length })),
    ...parts.map((batch) => ({ ...batch, rowCount: countOf.get(batch.id) ?? 0 })),
  ].filter(({ rowCount }) => rowCount > 0)
  const isApart = await isDistributed()
  if (filled.length > 0)
    await insertBatches(db, { orgId, kind: noun.kind, batches: filled.map((one) => bounded(one, isApart)) })
  return {
    counts: parts.map(({ id, part }) => ({ part, count: countOf.get(id) ?? 0 })),
    unmapped: inserted.flatMap(({ unmapped }) => unmapped ?? []),
  }
}

// Milliseconds lose the microseconds, so the upper bound is one millisecond later.
function bounded({ id, rowCount, rows }: Batch & { rowCount: number }, isApart: boolean) {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { at } of rows) {
    if (at < least) least = at
    if (at > most) most = at
  }
  const [minAt, maxAt] = [new Date(least).toISOString(), new Date(most + 1).toISOString()]
  return { id, rowCount, minAt, maxAt, terminalId: isApart ? (rows[0]?.terminalId ?? 0) : 0 }
}

/** Days since 1970 in UTC. */
const dayOf = ({ at }: Row): number => Math.floor(at / dayMs)
const daysOf = (rows: Row[]): Set<number> => new Set(rows.map(dayOf))

async function copyFresh(copy: Copy, noun: Noun, fresh: Row[]): Promise<void> {
  for (const [day, rows] of groupBy(fresh, dayOf)) {
    const name = dayPartition(noun.kind, new Date(day * dayMs).toISOString().slice(0, 10))
    await copy(name, noun.columns, rows.map((row) => copyLine(row)).join(""))
  }
}
