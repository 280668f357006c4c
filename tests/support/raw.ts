import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"

type RawRow = { terminal_id: number; at: string } & Record<string, unknown>

/** Stores raw rows like one batch of ingest, without its checks. It was received now by default. */
export const givenBatch = (
  orgId: string,
  kind: "heartbeat" | "transaction",
  rows: RawRow[],
  receivedAt = new Date(),
) =>
  asWorker(async (db) => {
    const times = rows.map(({ at }) => Date.parse(at))
    const [batch] = await db.query<{ id: number }>(sql`
      insert into ingest_batch (org_id, kind, row_count, min_at, max_at, received_at)
      values (${orgId}::uuid, ${kind}, ${rows.length}::int, ${new Date(Math.min(...times))}::timestamptz,
        ${new Date(Math.max(...times) + 1)}::timestamptz, ${receivedAt}::timestamptz)
      returning id`)
    const whole = JSON.stringify(
      rows.map((row) => ({ clock_offset_ms: 0, ...row, org_id: orgId, batch_id: batch?.id })),
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
