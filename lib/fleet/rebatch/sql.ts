import sql, { raw, type Sql } from "sql-template-tag"
import { batchByInsert } from "@/lib/base/db/by-insert"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"

/** Rows `h` of a raw table. `where` bounds `h.at`. */
export type RawRows = { table: "heartbeat" | "transaction"; where: Sql }
type OfTerminals = RawRows & { ids: readonly number[] }
export type DayOfRows = { day: string; count: number }

const ofTerminals = ({ ids, where }: Omit<OfTerminals, "table">) =>
  sql`h.terminal_id = any(${[...ids]}::bigint[]) and ${where}`
const startOf = (day: string, add = 0) => sql`(${day}::date + ${add}::int)::timestamp at time zone 'UTC'`

/** The days (UTC, as sent) of the rows. */
export const daysOfRows = (db: Db, { table, ...rows }: OfTerminals) =>
  db.query<DayOfRows>(sql`
  select (h.at at time zone 'UTC')::date as day, count(*) as count
    from ${raw(table)} h
   where ${ofTerminals(rows)}
   group by 1
   order by 1`)

export const terminalsOfRows = (db: Db, { table, where }: RawRows) =>
  db.query<{ terminal_id: number }>(sql`
  select distinct h.terminal_id from ${raw(table)} h where ${where}`)

export const newBatchIds = (db: Db, count: number) =>
  db.query<{ id: number }>(sql`
  select nextval(pg_get_serial_sequence('ingest_batch', 'id')) as id from generate_series(1, ${count}::int)`)

type Move = OfTerminals & { day: string; batchId: number; set: Sql }

/** Puts the day's rows into a batch. `set` changes more of them. */
export const moveRows = (db: Db, { table, day, batchId, set, ...rows }: Move) =>
  db.query(sql`
  update ${raw(table)} h set batch_id = ${batchId}::bigint ${set}
   where h.at >= ${startOf(day)} and h.at < ${startOf(day, 1)} and ${ofTerminals(rows)}`)

type Batch = { id: number; day: string; rowCount: number; terminalId: number }

/** Queues whole days: rows that came in meanwhile may have moved too. */
export const queueDays = (db: Db, table: string, batches: Batch[]) =>
  db.query(sql`
  insert into ingest_batch (id, org_id, kind, row_count, min_at, max_at, terminal_id)
  select b.id, ${ownOrg}, ${table}, b."rowCount", b.day::timestamp at time zone 'UTC',
         (b.day + 1)::timestamp at time zone 'UTC', b."terminalId"
    from jsonb_to_recordset(${JSON.stringify(batches)}::jsonb)
      as b (id bigint, day date, "rowCount" int, "terminalId" bigint)
  ${batchByInsert}`)
