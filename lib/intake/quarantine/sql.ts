import sql, { empty, type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import { rejectionCodes, type RejectionCode } from "@/lib/intake/ingest/answer"
import type { QuarantineOrder, QuarantineState, RecordKind } from "@/lib/intake/quarantine/words"

export type QuarantineRow = {
  id: number
  kind: RecordKind
  code: RejectionCode
  field: string | null
  message: string
  terminal: string | null
  seen_count: number
  received_at: Date
  last_received_at: Date
  resolved_at: Date | null
  discarded_at: Date | null
}

const columns = sql`id, kind, code, field, message, terminal, seen_count,
  received_at, last_received_at, resolved_at, discarded_at`

export type Filter = {
  code?: RejectionCode | undefined
  /** Any of several reasons. */
  codes?: readonly RejectionCode[] | undefined
  kind?: RecordKind | undefined
  terminal?: string | undefined
  state: QuarantineState
  ids?: readonly number[] | undefined
  receivedBefore?: string | undefined
}

const inState: Record<QuarantineState, Sql> = {
  open: sql`resolved_at is null`,
  resolved: sql`resolved_at is not null and discarded_at is null`,
  discarded: sql`resolved_at is not null and discarded_at is not null`,
}

const matching = ({ code, codes, kind, terminal, state, ids, receivedBefore }: Filter): Sql => sql`
  ${inState[state]}
  ${ids === undefined ? empty : sql`and id = any(${[...ids]}::bigint[])`}
  ${receivedBefore === undefined ? empty : sql`and received_at < ${receivedBefore}::timestamptz`}
  ${code === undefined ? empty : sql`and code = ${code}`}
  ${codes === undefined ? empty : sql`and code = any(${[...codes]}::text[])`}
  ${kind === undefined ? empty : sql`and kind = ${kind}`}
  ${terminal === undefined ? empty : sql`and terminal = ${terminal}`}`

/** By arrival, which is the order of ids. */
export const quarantineOrder = (order: QuarantineOrder): ListOrder => ({
  list: `quarantine ${order}`,
  keys: [{ value: sql`id`, type: "bigint" }],
  isDescending: order === "desc",
})

export const quarantinePage = (db: Db, filter: Filter, slice: Slice) =>
  db.query<QuarantineRow & { place: Place }>(sql`
  select ${columns}, ${slice.place} as place
    from quarantine
   where ${matching(filter)} and ${slice.condition}
  ${slice.ordered}`)

export const countByCode = (db: Db, { code: _code, ...filter }: Filter) =>
  db.query<{ code: RejectionCode; count: number }>(sql`
  select code, count(*) as count from quarantine where ${matching(filter)} group by code`)

export const countMatching = (db: Db, filter: Filter) =>
  db.query<{ count: number }>(sql`
  select count(*) as count from quarantine where ${matching(filter)}`)

/** Always true. Naming the reasons lets an index that begins with them find a terminal's records. */
const isOfAnyCode = sql`code = any(${[...rejectionCodes]}::text[])`

export type GroupRow = { terminal: string | null; count: number; last_received_at: Date }

/**
 * Terminals by their number of records. An index counts them. The records alone of the terminals that are
 * shown are read.
 */
export const terminalGroups = (db: Db, { limit, ...filter }: Filter & { limit: number }) =>
  db.query<GroupRow>(sql`
  with groups as materialized (
    select terminal, count(*) as count
      from quarantine
     where ${matching(filter)}
     group by terminal
     order by 2 desc, 1
     limit ${limit})
  select g.terminal, g.count,
         case when g.terminal is null
           then (select max(last_received_at) from quarantine
                  where ${matching(filter)} and ${isOfAnyCode} and terminal is null)
           else (select max(last_received_at) from quarantine
                  where ${matching(filter)} and ${isOfAnyCode} and terminal = g.terminal) end
           as last_received_at
    from groups g
   order by g.count desc, g.terminal`)

/** The record with the latest `at`: of a clock that is ahead, it shows best by how much. */
export const mostAhead = (db: Db, filter: Filter) =>
  db.query<{ record: string; received_at: Date }>(sql`
  select record, received_at
    from quarantine
   where ${matching(filter)}
   order by substring(record from '"at"\\s*:\\s*"([^"]{10,40})"') desc nulls last, id desc
   limit 1`)

export const countOpenAfter = (db: Db, { after, ...filter }: Filter & { after: number }) =>
  db.query<{ count: number }>(sql`
  select count(*) as count from quarantine where ${matching(filter)} and id > ${after}::bigint`)

export type RecordRow = QuarantineRow & { record: string; correction: string | null }

export const quarantineRecord = (db: Db, id: number) =>
  db.query<RecordRow>(sql`
  select ${columns}, record, correction from quarantine where id = ${id}::bigint`)

export type Claimed = {
  id: number
  kind: RecordKind
  code: RejectionCode
  record: string
  correction: string | null
  received_at: Date
}

// A claim ends this long after a replay that died.
const unclaimed = sql`
  resolved_at is null and (claimed_at is null or claimed_at < now() - interval '2 minutes')`

/** Claims one open record. No row if it is resolved or another replay has it. */
export const claimOne = (db: Db, id: number) =>
  db.query<Claimed>(sql`
  update quarantine set claimed_at = now()
   where id = ${id}::bigint and ${unclaimed}
  returning id, kind, code, record, correction, received_at`)

type Claim = Filter & { after: number; limit: number; mostBytes: number }

/**
 * Claims open records in the order of arrival, as many as fit into one upload. Skips those of other replays.
 */
export const claimMany = (db: Db, { after, limit, mostBytes, ...filter }: Claim) =>
  db.query<Claimed>(sql`
  with free as (
    select id, octet_length(coalesce(correction, record)) as bytes
      from quarantine
     where ${matching(filter)} and ${unclaimed} and id > ${after}::bigint
     order by id
     limit ${limit}
       for update skip locked),
  fitting as (
    select id from (select id, sum(bytes) over (order by id) - bytes as bytes_before from free) f
    where bytes_before < ${mostBytes}::bigint)
  update quarantine q set claimed_at = now()
    from fitting
   where q.id = fitting.id
  returning q.id, q.kind, q.code, q.record, q.correction, q.received_at`)

type Some = Filter & { limit: number }

/** Discards open records that no replay has claimed. */
export const discardOpen = (db: Db, { limit, ...filter }: Some) =>
  db.query<{ id: number }>(sql`
  with free as (
    select id from quarantine where ${matching(filter)} and ${unclaimed} order by id
    limit ${limit} for update skip locked)
  update quarantine q set resolved_at = now(), discarded_at = now() from free where q.id = free.id
  returning q.id`)

/** Makes discarded records open again. */
export const restoreDiscarded = (db: Db, { limit, ...filter }: Some) =>
  db.query<{ id: number }>(sql`
  with aside as (
    select id from quarantine where ${matching(filter)} order by id limit ${limit} for update skip locked)
  update quarantine q set resolved_at = null, discarded_at = null from aside where q.id = aside.id
  returning q.id`)

/** The result of a claimed record. Without a code the reason stays. */
export type ReplayResult = {
  id: number
  isResolved: boolean
  code: RejectionCode | null
  field: string | null
  message: string | null
  correction: string | null
  terminal: string | null
}

/** Releases claimed records, resolved or with the new reason. Locks rows in the same order as ingest. */
export const releaseClaims = (db: Db, results: ReplayResult[]) =>
  db.query(sql`
  with result as (
    select * from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
        as v (id bigint, "isResolved" boolean, code text, field text, message text, correction text,
          terminal text)),
  locked as (
    select q.id from quarantine q where q.id in (select id from result) and q.resolved_at is null
    order by q.kind, q.record_hash for update)
  update quarantine q
     set claimed_at = null,
         resolved_at = case when v."isResolved" then now() end,
         code = coalesce(v.code, q.code),
         field = case when v.code is null then q.field else v.field end,
         message = coalesce(v.message, q.message),
         correction = coalesce(v.correction, q.correction),
         terminal = coalesce(v.terminal, q.terminal)
    from locked join result v using (id)
   where q.id = locked.id`)

export const storeCode = (db: Db, storeId: number) =>
  db.query<{ code: string }>(sql`select code from store where id = ${storeId}::bigint`)

export const terminalSerial = (db: Db, terminalId: number) =>
  db.query<{ serial: string }>(sql`select serial from terminal where id = ${terminalId}::bigint`)

/** For all organisations, with an index of its own. Skips rows that a replay has claimed. */
export const deleteReceivedBefore = (db: Db, { before, limit }: { before: Date; limit: number }) =>
  db.query<{ id: number }>(sql`
  delete from quarantine
   where id in (
     select old.id
       from organisation o
      cross join lateral (
        select q.id from quarantine q
         where q.org_id = o.id and q.received_at < ${before}::timestamptz
         order by q.received_at
         limit ${limit}
           for update skip locked) old
      limit ${limit})
  returning id`)
