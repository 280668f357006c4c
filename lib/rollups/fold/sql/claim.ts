import sql, { type Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { ClaimedBeats, ClaimedSales } from "@/lib/rollups/fold/sql/tables"
import { makeTemporary } from "@/lib/rollups/fold/sql/temporary"

/** Organisations with waiting batches: those with few rows first, so that they wait for no large round. */
export const waitingOrganisations = (db: Db) =>
  db.query<{ org_id: string }>(sql`
  select org_id from ingest_batch where folded_at is null group by 1 order by sum(row_count), 1`)

/** Settings of an organisation. They are on the coordinator alone: a group of a cluster cannot read them. */
export type Kept = {
  org_id: string
  /** The first day whose hours are kept. */
  first_hour_day: string
  raw_deleted_from: Date | null
  raw_deleted_before: Date | null
  /** The first day that places hold. Null if they hold all. */
  places_from: string | null
  /** The first day whose rollups have all their expected counts. Null if all have. */
  expected_from: string | null
  /** The first day whose rollups have battery health. Null if all have. */
  battery_health_from: string | null
  /** The first day whose rollups have resets, printer errors and the signal's spread. Null if all have. */
  wear_from: string | null
  /** The first day whose rollups have the versions of all components. Null if all have. */
  versions_from: string | null
}

export async function keptOf(db: Db, orgId: string): Promise<Kept> {
  const [kept] = await db.query<Kept>(sql`
  select id as org_id, (now() - hour_retention_days * interval '1 day')::date as first_hour_day,
         raw_deleted_from, raw_deleted_before, places_from, expected_from, battery_health_from,
         wear_from, versions_from
    from organisation
   where id = ${orgId}::uuid`)
  return (
    kept ?? {
      org_id: orgId,
      first_hour_day: "infinity",
      raw_deleted_from: null,
      raw_deleted_before: null,
      places_from: null,
      expected_from: null,
      battery_health_from: null,
      wear_from: null,
      versions_from: null,
    }
  )
}

/**
 * Sorts a large round in memory. JIT is off: compiling the statements would take longer than running them. A
 * round uses one processor, because ingest and screens need the others.
 */
export const prepareSession = (db: Db) =>
  db.query(sql`
  select set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
         set_config('max_parallel_workers_per_gather', '0', true)`)

/** Batches to fold now, and those left for later. `from` and `to` bound `at` of the claimed rows. */
export type Claim = {
  ids: number[]
  /** Those of heartbeats, and those of transactions. */
  beatIds: number[]
  saleIds: number[]
  waiting: number[]
  from: Date
  to: Date
  rows: number
}
type Claimed = Omit<Claim, "from" | "to"> & { from: Date | null; to: Date | null }

/**
 * Claims the oldest waiting batches: at least one, and as many as `mostRows` rows allow. Null if none wait.
 */
export async function claimBatches(db: Db, orgId: string, mostRows: number): Promise<Claim | null> {
  const [claimed] = await db.query<Claimed>(sql`
    with unfolded as (
      select id, kind, min_at, max_at, row_count
        from ingest_batch
       where org_id = ${orgId}::uuid and folded_at is null
       order by id
         for update),
    counted as (
      select u.*,
             coalesce(sum(row_count) over (order by id rows between unbounded preceding and 1 preceding), 0)
               < ${mostRows}::int as is_claimed
        from unfolded u)
    select coalesce(array_agg(id) filter (where is_claimed), '{}') as ids,
           coalesce(array_agg(id) filter (where is_claimed and kind = 'heartbeat'), '{}') as "beatIds",
           coalesce(array_agg(id) filter (where is_claimed and kind = 'transaction'), '{}') as "saleIds",
           coalesce(array_agg(id) filter (where not is_claimed), '{}') as waiting,
           min(min_at) filter (where is_claimed) as "from",
           max(max_at) filter (where is_claimed) + interval '1 ms' as "to",
           coalesce(sum(row_count) filter (where is_claimed), 0)::int as rows
      from counted`)
  return claimed?.from && claimed.to ? { ...claimed, from: claimed.from, to: claimed.to } : null
}

export const markFolded = (db: Db, { ids }: Claim) =>
  db.query(sql`
  update ingest_batch set folded_at = now() where id = any(${ids}::bigint[])`)

/** Rows of raw table `h` from claimed batches. */
const isClaimed = ({ from, to }: Claim, ids: number[]): Sql => sql`
  h.batch_id = any(${ids}::bigint[]) and h.at >= ${from}::timestamptz and h.at < ${to}::timestamptz`

/**
 * The claimed heartbeats. They are copied, because each step would search the raw table for them again, and
 * the planner would take them for a single row: it does not know the newest batches.
 */
export const makeClaimedBeats = (db: Db, claim: Claim): Promise<ClaimedBeats> =>
  makeTemporary(db, "claimed_beat", sql`select h.* from heartbeat h where ${isClaimed(claim, claim.beatIds)}`)

/** The claimed attempts. */
export const makeClaimedSales = (db: Db, claim: Claim): Promise<ClaimedSales> =>
  makeTemporary(
    db,
    "claimed_sale",
    sql`
    select h.* from transaction h where ${isClaimed(claim, claim.saleIds)} and h.outcome <> 'reversed'`,
  )

/**
 * Rows of raw table `h` that count at the end of this fold. Rows of waiting batches are left out: a later
 * round counts them.
 */
export const counts = ({ waiting }: Pick<Claim, "waiting">): Sql =>
  sql`h.batch_id <> all(${waiting}::bigint[])`
