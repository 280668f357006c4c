import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { addDays, dayStart, localDay, type Day } from "@/lib/base/time/zone"

/** Late records come within hours of the day's end, or days later. */
const graceMs = 2 * 3_600_000
/** An engine that is new to an organisation learns from so many days of what is there already. */
const mostDaysBack = 35

export type Begun = {
  zone: string
  settled_on: Day | null
  /** The first day with sales that has its expected counts. */
  first_on: Day | null
  zones: string[]
  /** When the oldest batch that waits for the fold came in. */
  waiting_since: Date | null
}

const settingsOf = (db: Db, orgId: string) =>
  db.query<{ zone: string; settled_on: Day | null; expected_from: Day | null; zones: string[] }>(sql`
    select o.time_zone as zone, e.settled_on, o.expected_from,
           (select array_agg(distinct z.zone)
              from (select o.time_zone as zone union
                    select s.time_zone from store s
                     where s.org_id = o.id and s.closed_on is null) z) as zones
      from organisation o
      left join engine_state e on e.org_id = o.id
     where o.id = ${orgId}::uuid and coalesce(o.demo_progress_pct, 100) = 100`)

const firstDayOf = (db: Db, { orgId, from }: { orgId: string; from: Day | null }) =>
  db.query<{ day: Day | null }>(sql`
    select min(day) as day from place_day
     where org_id = ${orgId}::uuid and store_id = 0 and beats + raw_attempts > 0
       and day >= coalesce(${from}::date, '-infinity')`)

const waitingSince = (db: Db, orgId: string) =>
  db.query<{ at: Date | null }>(sql`
    select min(received_at) as at from ingest_batch where org_id = ${orgId}::uuid and folded_at is null`)

/** Where the nights of an organisation have got to. Null while its demo data are still coming in. */
export async function readBegun(db: Db, orgId: string): Promise<Begun | null> {
  const [settings] = await settingsOf(db, orgId)
  if (!settings) return null
  const { expected_from: from, ...begun } = settings
  const [first] = begun.settled_on === null ? await firstDayOf(db, { orgId, from }) : []
  const [waiting] = await waitingSince(db, orgId)
  return { ...begun, first_on: first?.day ?? null, waiting_since: waiting?.at ?? null }
}

/** When a day is over in all of these zones and late records have had their time. */
export const settlesAt = (day: Day, zones: readonly string[]): Date =>
  new Date(Math.max(...zones.map((zone) => dayStart(addDays(day, 1), zone).getTime())) + graceMs)

/** The last day that is over in all of these zones, and whose late records have had their time. */
export function lastDay(zones: readonly string[], at: Date): Day | null {
  const [least] = zones.map((zone) => localDay(new Date(at.getTime() - graceMs), zone)).toSorted()
  return least === undefined ? null : addDays(least, -1)
}

/** The next day that is over at `at` and not settled yet, if all that had come in by then is folded. */
export function nextDay(begun: Begun, at: Date): Day | null {
  const last = lastDay(begun.zones, at)
  if (last === null) return null
  const earliest = addDays(last, 1 - mostDaysBack)
  const first = begun.first_on !== null && begun.first_on < earliest ? earliest : begun.first_on
  const next = begun.settled_on === null ? first : addDays(begun.settled_on, 1)
  if (next === null || next > last) return null
  const isFolded = begun.waiting_since === null || begun.waiting_since > settlesAt(next, begun.zones)
  return isFolded ? next : null
}
