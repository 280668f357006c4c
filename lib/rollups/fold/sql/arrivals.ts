import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { lookBackDays } from "@/lib/base/time/look-back"
import type { Claim } from "@/lib/rollups/fold/sql/claim"
import { counters, stateFields } from "@/lib/rollups/fold/sql/columns"
import type {
  BeatArrivals,
  ClaimedBeats,
  ClaimedSales,
  Disordered,
  Restated,
  SaleArrivals,
} from "@/lib/rollups/fold/sql/tables"
import { analyse, makeTemporary } from "@/lib/rollups/fold/sql/temporary"

/** A bit for each of these columns that has a value. */
const present = (names: readonly string[], alias: string) =>
  raw(
    names
      .map((name, place) => `case when ${alias}.${name} is null then 0 else ${2 ** place} end`)
      .join(" | "),
  )

// A day begins up to 25 hours before its last beat. The look-back bridges silences up to this length.
const longestBridge = raw(`interval '${lookBackDays - 1} days'`)
const hasLongGap = sql`exists (
  select from (
    select x.at - lag(x.at) over (order by x.at) as gap from unnest(a.ats) as x (at)) spaced
   where gap > ${longestBridge})`

/**
 * The times of each terminal's claimed beats. A terminal is disordered if they cannot simply be added: some
 * are not newer than the folded ones, have a corrected clock, follow a silence longer than the look-back, or
 * report a counter only sometimes, so that its increment spans several beats. A terminal is uneven if a field
 * of its state is in some of the beats and not in all.
 */
export const makeBeatArrivals = (
  db: Db,
  { orgId, claim, claimedBeats }: { orgId: string; claim: Claim; claimedBeats: ClaimedBeats },
): Promise<BeatArrivals> =>
  makeTemporary(
    db,
    "beat_arrival",
    sql`
    with beat as (
      select h.terminal_id, h.at, h.batch_id, h.clock_offset_ms, ${present(counters, "h")} as counters,
             ${present(stateFields, "h")} as fields
        from ${claimedBeats} h
      offset 0),
    arrived as (
      select h.terminal_id, ${orgId}::uuid as org_id, min(h.at) as first_at, max(h.at) as last_at,
             max(least(b.received_at, h.at)) as last_received_at, array_agg(h.at order by h.at) as ats,
             bool_or(h.clock_offset_ms <> 0) as has_offset,
             bit_or(h.counters) as counters, bit_and(h.counters) as counters_in_all,
             bit_or(h.fields) as fields, bit_and(h.fields) as fields_in_all
        from beat h
        join ingest_batch b on b.id = h.batch_id and b.id = any(${claim.beatIds}::bigint[])
       group by 1)
    select a.terminal_id, a.org_id, a.last_at, a.last_received_at, a.ats,
           coalesce(
             a.has_offset or a.first_at <= t.last_beat_at or a.first_at > t.last_beat_at + ${longestBridge}
             or case when a.last_at > a.first_at + ${longestBridge} then ${hasLongGap} end
             or (t.last_beat_at is null and st.last_beat_at is not null)
             or (t.last_beat_at is not null and a.counters <> (${present(counters, "t")}))
             or a.counters <> a.counters_in_all, false) as is_disordered,
           a.fields <> a.fields_in_all as is_uneven
      from arrived a
      left join terminal_tail t using (terminal_id)
      left join terminal_state st using (terminal_id)`,
  )

/**
 * The times of each terminal's claimed sales. A terminal is disordered if some are not newer than the folded
 * ones, or have a corrected clock. It looks back if they may be retries of a folded sale.
 */
export const makeSaleArrivals = (
  db: Db,
  { orgId, claimedSales }: { orgId: string; claimedSales: ClaimedSales },
): Promise<SaleArrivals> =>
  makeTemporary(
    db,
    "sale_arrival",
    sql`
    with arrived as (
      select h.terminal_id, ${orgId}::uuid as org_id, min(h.at) as first_at, max(h.at) as last_at,
             bool_or(h.clock_offset_ms <> 0) as has_offset
        from ${claimedSales} h
       group by 1)
    select a.terminal_id, a.org_id, a.first_at, a.last_at,
           coalesce(a.first_at <= t.last_sale_at + interval '180 s', false) as looks_back,
           coalesce(
             a.has_offset or a.first_at <= t.last_sale_at
             or (t.last_sale_at is null and st.last_sale_at is not null), false) as is_disordered
      from arrived a
      left join terminal_tail t using (terminal_id)
      left join terminal_state st using (terminal_id)`,
  )

type Arrivals = { beatArrivals: BeatArrivals; saleArrivals: SaleArrivals }

/** Terminals with disordered beats or sales: their days are recounted. All other terminals are in order. */
export async function makeDisordered(db: Db, { beatArrivals, saleArrivals }: Arrivals): Promise<Disordered> {
  const disordered = await makeTemporary(
    db,
    "disordered",
    sql`
    select terminal_id from ${beatArrivals} where is_disordered
    union
    select terminal_id from ${saleArrivals} where is_disordered`,
  )
  await analyse(db, disordered)
  return disordered
}

/** Terminals whose last beat does not give the whole state, so that it is looked up in their newest beats. */
export async function makeRestated(
  db: Db,
  { beatArrivals, disordered }: { beatArrivals: BeatArrivals; disordered: Disordered },
): Promise<Restated> {
  const restated = await makeTemporary(
    db,
    "restated",
    sql`
    select terminal_id from ${disordered}
    union
    select terminal_id from ${beatArrivals} where is_uneven`,
  )
  await analyse(db, restated)
  return restated
}
