import sql, { empty } from "sql-template-tag"
import { byInsert } from "@/lib/base/db/by-insert"
import { rawFrom } from "@/lib/base/db/kept"
import { ownOrg } from "@/lib/base/db/own-org"
import { statesOf } from "@/lib/base/db/states-of"
import type { Db } from "@/lib/base/db/transaction"
import { reachDays } from "@/lib/base/time/look-back"
import { rebatch } from "@/lib/fleet/rebatch/rebatch"
import type { CurrentAssignments } from "@/lib/fleet/terminals/life/life"
import { nameKey } from "@/lib/fleet/terminals/name-key"

/** The stores of the actor's reach. Null for all. */
type Within = { stores: readonly number[] | null }
const inReach = (column: "p.store_id" | "s.id", { stores }: Within) =>
  stores === null
    ? empty
    : column === "s.id"
      ? sql`and s.id = any(${[...stores]}::bigint[])`
      : sql`and p.store_id = any(${[...stores]}::bigint[])`

type CurrentRow = Omit<CurrentAssignments, "tids"> & {
  tids: { tid: string; acquirerId: number | null; from: string }[]
}

/**
 * Locks terminals in the actor's reach until the transaction ends, in id order, and returns their current
 * assignments. A merged terminal does not change any more.
 */
export const lockTerminals = async (
  db: Db,
  { ids, ...within }: Within & { ids: readonly number[] },
): Promise<CurrentAssignments[]> => {
  await db.query(sql`select id from terminal where id = any(${[...ids]}::bigint[]) order by id for update`)
  const rows = await db.query<CurrentRow>(sql`
    select t.id, t.serial, p.store_id as "storeId", s.code as "storeCode", p.from_at as "storeFrom",
           u.status, u.from_at as "statusFrom",
           coalesce(t.labels, '{}') as labels, greatest(st.last_beat_at, st.last_sale_at) as "newestAt",
           coalesce((select jsonb_agg(jsonb_build_object('tid', a.tid, 'acquirerId', a.acquirer_id, 'from',
             a.from_at) order by a.tid)
                       from terminal_tid a where a.terminal_id = t.id and a.to_at is null), '[]') as tids
      from terminal t
      join terminal_store p on p.terminal_id = t.id and p.to_at is null
      join store s on s.id = p.store_id
      join terminal_status u on u.terminal_id = t.id and u.to_at is null
      left join ${statesOf} st on st.terminal_id = t.id
     where t.id = any(${[...ids]}::bigint[]) and t.merged_into is null ${inReach("p.store_id", within)}
     order by t.id`)
  return rows.map(({ tids, ...row }) => ({
    ...row,
    tids: tids.map((tid) => ({ ...tid, from: new Date(tid.from) })),
  }))
}

export const storeWithin = (db: Db, { storeId, ...within }: Within & { storeId: number }) =>
  db.query<{ code: string }>(sql`
  select s.code from store s where s.id = ${storeId}::bigint ${inReach("s.id", within)}`)

/** Since when raw rows are complete, so that days can be recounted. `db:check` uses the same bound. */
export const recountableFrom = (db: Db) =>
  db.query<{ oldest: Date }>(sql`
  select greatest(${rawFrom}, raw_deleted_before + ${reachDays}::int * interval '1 day') as oldest
  from organisation where id = ${ownOrg}`)

type Assigned = { ids: number[]; at: Date; note: string | null; by: string }

/** Puts terminals into a store from `at` on. */
export const assignStore = async (
  db: Db,
  { ids, storeId, at, note, by }: Assigned & { storeId: number },
): Promise<void> => {
  await db.query(
    sql`
      update terminal_store set to_at = ${at}::timestamptz where terminal_id = any(${ids}::bigint[])
        and to_at is null`,
  )
  await db.query(sql`
    insert into terminal_store (org_id, terminal_id, store_id, from_at, note, by_name)
    select ${ownOrg}, t.id, ${storeId}::bigint, ${at}::timestamptz, ${note}, ${by}
    from unnest(${ids}::bigint[]) as t (id) order by 2
    ${byInsert}`)
}

/** Gives terminals a status from `at` on. */
export const assignStatus = async (
  db: Db,
  { ids, status, at, note, by }: Assigned & { status: string },
): Promise<void> => {
  await db.query(
    sql`
      update terminal_status set to_at = ${at}::timestamptz where terminal_id = any(${ids}::bigint[])
        and to_at is null`,
  )
  await db.query(sql`
    insert into terminal_status (org_id, terminal_id, status, from_at, note, by_name)
    select ${ownOrg}, t.id, ${status}, ${at}::timestamptz, ${note}, ${by}
    from unnest(${ids}::bigint[]) as t (id) order by 2
    ${byInsert}`)
}

export const endTids = (db: Db, { ids, at }: { ids: number[]; at: Date }) =>
  db.query<{ tid: string; acquirer_id: number | null }>(sql`
  update terminal_tid set to_at = ${at}::timestamptz where terminal_id = any(${ids}::bigint[])
    and to_at is null returning tid, acquirer_id`)

type Tid = { terminalId: number; tid: string; acquirerId: number | null }

export const endTid = (db: Db, { terminalId, acquirerId, at }: Omit<Tid, "tid"> & { at: Date }) =>
  db.query(sql`
  update terminal_tid set to_at = ${at}::timestamptz
   where terminal_id = ${terminalId}::bigint and acquirer_id is not distinct from ${acquirerId}::bigint
     and to_at is null`)

export const assignTid = (
  db: Db,
  { terminalId, tid, acquirerId, at, note, by }: Tid & Omit<Assigned, "ids">,
) =>
  db.query(sql`
  insert into terminal_tid (org_id, terminal_id, acquirer_id, tid, from_at, note, by_name)
  values (${ownOrg}, ${terminalId}::bigint, ${acquirerId}::bigint, ${tid}, ${at}::timestamptz, ${note},
    ${by})`)

type TidHolder = { serial: string; is_held: boolean; is_seen: boolean; until: Date | null }

/**
 * The last terminal that had the TID at this acquirer, and whether the actor may see it. Records may name a
 * TID without its acquirer, so another terminal that has it counts too if either has no acquirer.
 */
export const lastHolder = (
  db: Db,
  { tid, acquirerId, serial, stores }: Within & Omit<Tid, "terminalId"> & { serial: string },
) =>
  db.query<TidHolder>(sql`
  select t.serial, a.to_at is null as is_held, a.to_at as until,
         exists (select 1 from terminal_store p where p.terminal_id = t.id
           and p.to_at is null ${inReach("p.store_id", { stores })}) as is_seen
    from terminal_tid a join terminal t on t.id = a.terminal_id
   where a.tid_key = ${nameKey(tid)}
     and (a.acquirer_id is not distinct from ${acquirerId}::bigint
       or ((a.acquirer_id is null or ${acquirerId}::bigint is null)
         and a.to_at is null and t.serial <> ${serial}))
   order by a.to_at desc nulls first limit 1`)

export const serialTaken = (db: Db, serial: string) =>
  db.query<{ id: number }>(sql`select id from terminal where serial_key = ${nameKey(serial)}`)
export const acquirerCode = (db: Db, id: number) =>
  db.query<{ code: string }>(sql`select code from acquirer where id = ${id}::bigint`)
export const modelName = (db: Db, id: number) =>
  db.query<{ name: string }>(sql`select name from terminal_model where id = ${id}::bigint`)

type Added = { serial: string; modelId: number | null; labels: string[] }

export const insertTerminal = (db: Db, { serial, modelId, labels }: Added) =>
  db.query<{ id: number }>(sql`
  insert into terminal (org_id, serial, model_id, labels)
  values (${ownOrg}, ${serial}, ${modelId}::bigint, ${labels}::text[])
  on conflict do nothing returning id`)

export const setLabels = (db: Db, ids: readonly number[], labels: readonly string[]) =>
  db.query(sql`
  update terminal set labels = ${[...labels]}::text[] where id = any(${[...ids]}::bigint[])`)

type Edited = { model: string | null; codeSystem: string | null }
export const editedFields = (db: Db, id: number) =>
  db.query<Edited>(sql`
  select m.name as model, t.code_system as "codeSystem" from terminal t
  left join terminal_model m on m.id = t.model_id where t.id = ${id}::bigint`)
export const setModel = (db: Db, id: number, modelId: number | null) =>
  db.query(sql`update terminal set model_id = ${modelId}::bigint where id = ${id}::bigint`)
export const setCodeSystem = (db: Db, id: number, codeSystem: string | null) =>
  db.query(sql`update terminal set code_system = ${codeSystem} where id = ${id}::bigint`)

/**
 * Puts the terminals' rows since `at` into new batches, so that the fold recounts them at their new place. A
 * clock may be off by up to seven days. An update on a cluster cannot compute corrected times; a row too many
 * is only counted again.
 */
export const recountTerminals = async (db: Db, { ids, at }: { ids: number[]; at: Date }): Promise<void> => {
  const where = sql`
    h.at >= ${at}::timestamptz - interval '7 days' and h.at < now() + interval '8 days'
    and (h.clock_offset_ms <> 0 or h.at >= ${at}::timestamptz)`
  for (const table of ["heartbeat", "transaction"] as const) await rebatch(db, { ids, table, where })
}
