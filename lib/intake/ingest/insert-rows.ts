import { dayPartition } from "@/lib/base/db/partitions"
import type { Copy, Db } from "@/lib/base/db/transaction"
import type { Noun } from "@/lib/intake/ingest/noun"
import type { Way } from "@/lib/intake/ingest/part"
import { asObject, copyLine, type Row } from "@/lib/intake/ingest/rows"
import { insertBatches } from "@/lib/intake/ingest/sql"

const dayMs = 86_400_000
/** Rows of more days than this are rare. Each day needs its own COPY. */
const mostDays = 8

export type Connection = { db: Db; copy: Copy }

/**
 * Inserts rows in key order and returns the number of new ones per part. Rows that look new are inserted by
 * COPY; the others by an insert that skips existing rows, with one batch per part so that they can be
 * counted. `ids` has one id more than there are parts.
 */
export async function insertRows(
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
