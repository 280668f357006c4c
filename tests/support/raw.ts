import sql from "sql-template-tag"
import { groupsOfTerminals, isDistributed } from "@/lib/base/db/groups"
import { asWorker, type Db } from "@/lib/base/db/transaction"
import { groupBy } from "@/lib/base/group-by"

type RawRow = { terminal_id: number; at: string } & Record<string, unknown>

type Batch = {
  orgId: string
  kind: "heartbeat" | "transaction"
  /** The terminal of each row. On a cluster each group of terminals has its part of the batch. */
  terminalIds: readonly number[]
  from: Date
  to: Date
  receivedAt: Date
}

/** Adds a batch for rows. Returns its id. */
export async function addBatch(
  db: Db,
  { orgId, kind, terminalIds, from, to, receivedAt }: Batch,
): Promise<number> {
  const [batch] = await db.query<{ id: number }>(
    sql`select nextval(pg_get_serial_sequence('ingest_batch', 'id')) as id`,
  )
  if (!batch) throw new Error("the statement returned no row")
  const isApart = await isDistributed()
  const parts = groupBy(terminalIds, await groupsOfTerminals(db, terminalIds))
  for (const part of parts.values())
    await db.query(sql`
      insert into ingest_batch (id, org_id, kind, row_count, min_at, max_at, received_at, terminal_id)
      values (${batch.id}::bigint, ${orgId}::uuid, ${kind}, ${part.length}::int, ${from}::timestamptz,
        ${to}::timestamptz, ${receivedAt}::timestamptz, ${isApart ? (part[0] ?? 0) : 0}::bigint)`)
  return batch.id
}

/** Stores raw rows like one batch of ingest, without its checks. It was received now by default. */
export const givenBatch = (
  orgId: string,
  kind: "heartbeat" | "transaction",
  rows: RawRow[],
  receivedAt = new Date(),
) =>
  asWorker(async (db) => {
    const times = rows.map(({ at }) => Date.parse(at))
    const batchId = await addBatch(db, {
      orgId,
      kind,
      terminalIds: rows.map(({ terminal_id: id }) => id),
      from: new Date(Math.min(...times)),
      to: new Date(Math.max(...times) + 1),
      receivedAt,
    })
    const whole = JSON.stringify(
      rows.map((row) => ({ clock_offset_ms: 0, ...row, org_id: orgId, batch_id: batchId })),
    )
    await db.query(
      kind === "heartbeat"
        ? sql`
          insert into heartbeat select r.* from jsonb_populate_recordset(null::heartbeat, ${whole}::jsonb) r
          on conflict do nothing`
        : sql`
          insert into transaction select r.*
          from jsonb_populate_recordset(null::transaction, ${whole}::jsonb) r on conflict do nothing`,
    )
  })

/** Whether the worker has folded all batches of the organisation. */
export const isFolded = (orgId: string): Promise<boolean> =>
  asWorker(async (db) => {
    const waiting = sql`
      select 1 from ingest_batch where org_id = ${orgId}::uuid and folded_at is null limit 1`
    return (await db.query(waiting)).length === 0
  })
