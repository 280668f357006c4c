import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { earliestTime } from "@/lib/base/time/earliest"
import { localDay } from "@/lib/base/time/zone"
import type { Restated } from "@/lib/rollups/fold/sql/tables"
import { makeTemporary } from "@/lib/rollups/fold/sql/temporary"

type RawTable = "heartbeat" | "transaction"
export const rawTables: readonly RawTable[] = ["heartbeat", "transaction"]

/** The terminal that a merged one leads to now, which may have been merged further. */
export const keptTerminal = (db: Db, { from, to }: { from: number; to: number }) =>
  db.query<{ id: number }>(sql`
  select coalesce(k.merged_into, k.id) as id
    from terminal k join terminal m on m.id = ${from}::bigint
   where k.id = ${to}::bigint and m.merged_into is not null`)

/** The days of a terminal's rollups, in the zones of its stores. */
export const daysOfRollups = (db: Db, terminalId: number) =>
  db.query<{ day: string }>(sql`
  select distinct day from terminal_day
   where terminal_id = ${terminalId}::bigint and day >= ${localDay(new Date(earliestTime), "UTC")}::date
   order by 1`)

type Move = { from: number; to: number; day: string }

const ofDay = ({ from, day }: Omit<Move, "to">) => sql`
  h.terminal_id = ${from}::bigint and h.at >= ${day}::date::timestamp at time zone 'UTC'
  and h.at < (${day}::date + 1)::timestamp at time zone 'UTC'`

/**
 * Copies a day's raw rows to another terminal, in their batches. Of a record that both have, the other's
 * stays. Citus cannot change the terminal of a row, so that rows are copied and deleted.
 */
export const copyRows = (db: Db, table: RawTable, move: Move) =>
  db.query(sql`
  insert into ${raw(table)}
  select r.*
    from ${raw(table)} h
   cross join lateral jsonb_populate_record(h, jsonb_build_object('terminal_id', ${move.to}::bigint)) r
   where ${ofDay(move)}
   order by r.terminal_id, r.at
  on conflict do nothing`)

export const deleteRows = (db: Db, table: RawTable, move: Omit<Move, "to">) =>
  db.query(sql`delete from ${raw(table)} h where ${ofDay(move)}`)

/** Moves a day's verdicts to another terminal, where they are judged again. */
export const copyVerdicts = (db: Db, move: Move) =>
  db.query(sql`
  insert into verdict
  select r.*
    from verdict h
   cross join lateral jsonb_populate_record(h,
     jsonb_build_object('terminal_id', ${move.to}::bigint, 'due_at', '-infinity')) r
   where ${ofDay(move)}
   order by r.terminal_id, r.id, r.at
  on conflict do nothing`)

export const deleteVerdictsOf = (db: Db, move: Omit<Move, "to">) =>
  db.query<{ happened_at: Date }>(sql`delete from verdict h where ${ofDay(move)} returning h.happened_at`)

/** Where a merged terminal's cards were seen is where the other's were. */
export const moveSightings = (db: Db, { from, to }: Omit<Move, "day">) =>
  db.query(sql`
  with moved as (
    delete from card_sighting where terminal_id = ${from}::bigint returning *)
  insert into card_sighting
  select r.*
    from moved m
   cross join lateral jsonb_populate_record(null::card_sighting,
     to_jsonb(m) || jsonb_build_object('terminal_id', ${to}::bigint)) r
   order by r.card_ref, r.id, r.at
  on conflict do nothing`)

/** Terminals whose newest values are looked up again. */
export const makeRestatedOf = (db: Db, terminalIds: readonly number[]): Promise<Restated> =>
  makeTemporary(db, "restated", sql`select unnest(${[...terminalIds]}::bigint[]) as terminal_id`)

/** The newest sale and heartbeat of any of the terminals. */
export const newestOf = (db: Db, terminalIds: readonly number[]) =>
  db.query<{ last_sale_at: Date | null; last_beat_at: Date | null }>(sql`
  select max(last_sale_at) as last_sale_at, max(last_beat_at) as last_beat_at
    from terminal_state where terminal_id = any(${[...terminalIds]}::bigint[])`)

export const setLastSale = (db: Db, { terminalId, at }: { terminalId: number; at: Date | null }) =>
  db.query(sql`
  update terminal_state set last_sale_at = ${at}::timestamptz where terminal_id = ${terminalId}::bigint`)

export const fillLastBeat = (db: Db, { terminalId, at }: { terminalId: number; at: Date | null }) =>
  db.query(sql`
  update terminal_state set last_beat_at = coalesce(last_beat_at, ${at}::timestamptz)
   where terminal_id = ${terminalId}::bigint`)
