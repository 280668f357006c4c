import sql, { raw } from "sql-template-tag"
import { batchByInsert, byInsert } from "@/lib/base/db/by-insert"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { clockDays, reachDays } from "@/lib/base/time/look-back"
import type { Kept } from "@/lib/intake/ingest/too-old"

export type Found = {
  /** The stored serial number or TID, and its key for comparison. */
  name: string
  key: string
  terminal_id: number
  code_system: string | null
  lacks_model: boolean
  /** Null if the name is a serial number. */
  tid: string | null
  acquirer: string | null
  from_at: Date | null
  to_at: Date | null
}

/**
 * The terminals with one of these keys, by serial number or by a TID of any time. If several have the same
 * serial key, they are ordered by spelling. The name of a merged terminal leads to the one that is kept.
 * Terminals that are not found by their own key are looked up one by one: a join would read all of them. The
 * keys are in a select, because planning would estimate the frequency of each.
 */
export const findTerminals = (db: Db, keys: string[]) =>
  db.query<Found>(
    sql`
  with given as (select ${keys}::text[] as keys),
  named as materialized (
    select serial, serial_key, id, code_system, model_id, merged_into, spelling
      from terminal where serial_key = any((select keys from given)::text[]))
  (select n.serial as name, n.serial_key as key, n.id as terminal_id, n.code_system,
          n.model_id is null as lacks_model, null as tid, null as acquirer,
          null::timestamptz as from_at, null::timestamptz as to_at, n.spelling
     from named n where n.merged_into is null
    union all
   select n.serial, n.serial_key, k.id, k.code_system, k.model_id is null, null, null, null, null,
          n.spelling
     from named n
    cross join lateral (select id, code_system, model_id from terminal where id = n.merged_into limit 1) k
    where n.merged_into is not null
    order by spelling)
  union all
  select a.tid, a.tid_key, t.id, t.code_system, t.model_id is null, a.tid, q.code,
         nullif(a.from_at, '-infinity'), nullif(a.to_at, 'infinity'), null
    from terminal_tid a
   cross join lateral (select id, code_system, model_id from terminal where id = a.terminal_id limit 1) t
    left join acquirer q on q.id = a.acquirer_id
   where a.tid_key = any((select keys from given)::text[])`,
    "find_terminals",
  )

/** The current stores of terminals. */
export const storesOfTerminals = (db: Db, terminalIds: number[]) =>
  db.query<{ terminal_id: number; store_id: number }>(sql`
  select terminal_id, store_id from terminal_store where terminal_id = any(${terminalIds}::bigint[])
    and to_at is null`)

export type Enrolment = {
  serial: string
  serialKey: string
  tid: string | null
  tidKey: string | null
  model: string | null
  store: string | null
}

const given = (enrolments: Enrolment[]) => sql`
  jsonb_to_recordset(${JSON.stringify(enrolments)}::jsonb)
    as g (serial text, "serialKey" text, tid text, "tidKey" text, model text, store text)`
const always = raw("timestamptz '1970-01-01 00:00+00'")

/**
 * Enrols terminals in the order of their serial keys, so that two requests for the same terminals wait for
 * each other without a deadlock. A serial number that is another terminal's TID is not enrolled: it would get
 * that terminal's records.
 */
export async function enrolTerminals(db: Db, enrolments: Enrolment[]): Promise<{ id: number }[]> {
  await addModels(db, enrolments)
  const enrolled = await addTerminals(db, enrolments)
  const bySerial = new Map(enrolled.map(({ id, serial }) => [serial, id]))
  const added = enrolments.flatMap((one) => {
    const id = bySerial.get(one.serial)
    return id === undefined ? [] : [{ ...one, id }]
  })
  if (added.length === 0) return []
  await placeTerminals(db, added)
  await giveStatus(db, added)
  await giveTids(db, added)
  return added
}

/** Waits for a request that adds the same model at the same time. */
const addModels = (db: Db, named: readonly { model: string | null }[]) =>
  db.query(sql`
  insert into terminal_model (org_id, name)
  select distinct ${ownOrg}, g.model
    from jsonb_to_recordset(${JSON.stringify(named.map(({ model }) => ({ model })))}::jsonb) as g (model text)
    left join terminal_model m on m.name = g.model
   where g.model is not null and m.id is null
   order by 2
  on conflict (org_id, name) do nothing`)

export type Reported = { id: number; model: string }

/** Gives terminals without a model the one that they report. */
export async function giveModels(db: Db, reported: Reported[]): Promise<void> {
  await addModels(db, reported)
  const ids = reported.map(({ id }) => id)
  // Locked in one order, and apart: Citus cannot update copies of a table by rows that it locks.
  await db.query(sql`select id from terminal where id = any(${ids}::bigint[]) order by id for update`)
  await db.query(sql`
  update terminal t set model_id = m.id
    from jsonb_to_recordset(${JSON.stringify(reported)}::jsonb) as g (id bigint, model text)
    join terminal_model m on m.name = g.model
   where t.id = g.id and t.model_id is null`)
}

const addTerminals = (db: Db, enrolments: Enrolment[]) =>
  db.query<{ id: number; serial: string }>(sql`
  insert into terminal (org_id, serial, model_id)
  select ${ownOrg}, g.serial, m.id
    from ${given(enrolments)}
    left join terminal_model m on m.name = g.model
   order by g."serialKey"
  on conflict do nothing
  returning id, serial`)

type Enrolled = Enrolment & { id: number }

const enrolledAs = (enrolled: Enrolled[]) => sql`
  jsonb_to_recordset(${JSON.stringify(enrolled)}::jsonb)
    as g (id bigint, tid text, "tidKey" text, store text)`

const placeTerminals = (db: Db, enrolled: Enrolled[]) =>
  db.query(sql`
  insert into terminal_store (org_id, terminal_id, store_id, from_at)
  select ${ownOrg}, g.id, coalesce(s.id, u.id), ${always}
    from ${enrolledAs(enrolled)}
    left join store s on s.code = g.store
    left join store u on u.is_unassigned
   order by 2
  ${byInsert}`)

const giveStatus = (db: Db, enrolled: Enrolled[]) =>
  db.query(sql`
  insert into terminal_status (org_id, terminal_id, status, from_at)
  select ${ownOrg}, g.id, 'pending', ${always} from ${enrolledAs(enrolled)} order by 2
  ${byInsert}`)

/** Gives TIDs that no terminal holds, with or without acquirer. */
const giveTids = (db: Db, enrolled: Enrolled[]) =>
  db.query(sql`
  insert into terminal_tid (org_id, terminal_id, tid, from_at)
  select distinct on (g."tidKey") ${ownOrg}, g.id, g.tid, coalesce(max(a.to_at), ${always})
    from ${enrolledAs(enrolled)}
    left join terminal_tid a on a.tid_key = g."tidKey"
    left join terminal t on t.serial_key = g."tidKey"
   where g.tid is not null and t.id is null
   group by g.id, g.tid, g."tidKey"
  having count(*) filter (where a.id is not null and a.to_at is null) = 0
   order by g."tidKey", g.id
  on conflict do nothing`)

export type Settings = Kept & { enrol_unknown: boolean; placeholder_serials: string[] | null }

// A day is closed when the fold, which reads past its end, would miss deleted rows.
const settings = sql`
  raw_retention_days, enrol_unknown, placeholder_serials,
  raw_deleted_from - ${clockDays + 2}::int * interval '1 day' as closed_from,
  raw_deleted_before + ${reachDays}::int * interval '1 day' as closed_before`

export const readSettings = (db: Db) =>
  db.query<Settings>(sql`
  select ${settings} from organisation where id = ${ownOrg}`)

/** The settings, and ids for this many batches. */
export const beginBatches = (db: Db, count: number) =>
  db.query<Settings & { batch_ids: number[] }>(
    sql`
  select ${settings},
         (select jsonb_agg(nextval(pg_get_serial_sequence('ingest_batch', 'id')))
           from generate_series(1, ${count}::int)) as batch_ids
    from organisation
   where id = ${ownOrg}`,
    "begin_batches",
  )

export const moreBatchIds = (db: Db, count: number) =>
  db.query<{ id: number }>(sql`
  select nextval(pg_get_serial_sequence('ingest_batch', 'id')) as id from generate_series(1, ${count}::int)`)

type Batch = { id: number; rowCount: number; minAt: string; maxAt: string; terminalId: number }

/**
 * Adds batches to the fold's queue. `minAt` and `maxAt` are bounds of `at` as sent. A cluster keeps the batch
 * beside the rows of its terminal.
 */
export const insertBatches = (
  db: Db,
  { orgId, kind, batches }: { orgId: string; kind: string; batches: Batch[] },
) =>
  db.query(
    sql`
  insert into ingest_batch (id, org_id, kind, row_count, min_at, max_at, terminal_id)
  select b.id, ${orgId}::uuid, ${kind}, b."rowCount", b."minAt", b."maxAt", b."terminalId"
    from jsonb_to_recordset(${JSON.stringify(batches)}::jsonb) as b (id bigint, "rowCount" int,
      "minAt" timestamptz, "maxAt" timestamptz, "terminalId" bigint)
  ${batchByInsert}`,
    "insert_batches",
  )

export type QuarantineRow = {
  kind: string
  code: string
  field: string | null
  message: string
  record: string
  terminal: string | null
}

/**
 * Stores each record once. The same text again increments its count, whether its row is open or resolved. Ids
 * follow the given order. Rows are written in one order, so that two uploads wait for each other without a
 * deadlock.
 */
export const insertQuarantine = (db: Db, orgId: string, rows: QuarantineRow[]) =>
  db.query(sql`
  with given as (
    select distinct on (g.kind, h.hash) g.*, h.hash, count(*) over (partition by g.kind, h.hash) as seen
      from jsonb_to_recordset(${JSON.stringify(rows.map((row, place) => ({ ...row, place })))}::jsonb)
        as g (place int, kind text, code text, field text, message text, record text, terminal text)
     cross join lateral (select sha256(convert_to(g.record, 'UTF8')) as hash) h
     order by g.kind, h.hash, g.place),
  numbered as materialized (
    select nextval(pg_get_serial_sequence('quarantine', 'id')) as id, g.*
    from (select * from given order by place) g)
  insert into quarantine as q (id, org_id, kind, code, field, message, record, terminal, record_hash,
    seen_count)
  select id, ${orgId}::uuid, kind, code, field, message, record, terminal, hash, seen
    from numbered
   order by kind, hash
  on conflict (org_id, kind, record_hash) do update
     set seen_count = q.seen_count + excluded.seen_count, last_received_at = excluded.last_received_at`)
