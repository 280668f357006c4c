import sql, { type Sql } from "sql-template-tag"
import { asOwner } from "@/lib/base/db/client"
import { dbOf, type Db } from "@/lib/base/db/transaction"
import { addDays, dayStart, type Day } from "@/lib/base/time/zone"
import { dayNumber } from "@/lib/insight/night-sums/night-sums"
import { sumPlaces } from "@/lib/rollups/fold/sql/places"
import { givenBeatingFleet } from "@/tests/bench/silent-fleet"
import type { Organisation } from "@/tests/support/factories"

/** Sales of a terminal's day; two in a hundred fail. */
const salesADay = 50
/** A night reads the raw sales of so many terminals at most. */
const mostSampled = 10_000

type Fleet = {
  terminals: number
  days: readonly Day[]
  /** So many of the last days have expected counts, and are settled by the engine. */
  expectedDays: number
}

/**
 * An organisation with this many terminals in stores of four with two operators, and a row for each day of
 * each terminal and operator: about 1 kB a terminal-day on disk. Of the last day the raw sales are there too
 * that a night reads.
 */
export async function givenSellingFleet({ terminals, days, expectedDays }: Fleet): Promise<Organisation> {
  const organisation = await givenBeatingFleet(terminals)
  const { orgId } = organisation
  await asOwner(async (client) => {
    const db = dbOf(client)
    await db.query(sql`
      update organisation set expected_from = ${days.at(-expectedDays) ?? null}::date
       where id = ${orgId}::uuid`)
    for (const day of days) await addDay(db, orgId, day)
    for (const day of days.slice(-expectedDays)) await sumPlaces(db, "days", { orgId, day })
    await addSales(db, orgId, { terminals, day: days.at(-1) ?? "" })
    await client.query("vacuum (analyze)")
  })
  return organisation
}

const placed = (orgId: string): Sql => sql`
  terminal t join terminal_store p on p.terminal_id = t.id and p.org_id = ${orgId}::uuid`

/** Some terminals have a broken chip reader. */
async function addDay(db: Db, orgId: string, day: Day): Promise<void> {
  await db.query(sql`
    insert into terminal_day (terminal_id, day, store_id, org_id, model_id, beats, beat_hours, presentments,
      raw_attempts, ch_issuer, ch_user, ch_tech, ch_chip, ch_contactless, e_issuer, e_user, e_tech, e_chip,
      e_contactless, e_magstripe, chip_reads, chip_failures, tap_reads, tap_failures, app_crashes)
    select t.id, ${day}::date, p.store_id, ${orgId}::uuid, t.model_id, 96, 16777215, ${salesADay}::int,
           ${salesADay}::int, r & 3, (r >> 2 & 3) / 3, (r >> 4 & 7) / 7, (r >> 7 & 7) / 7 + broken,
           (r >> 10 & 7) / 7, 1500000, 250000, 125000, 125000, 125000, 20000, 16, (r >> 13 & 3) / 2 + broken,
           31, (r >> 15 & 3) / 2, 0
      from ${placed(orgId)}
     cross join lateral (
       select hashint8extended(t.id, ${day}::date - date '2000-01-01') as r,
              case when t.id % 500 = 7 then 4 else 0 end as broken) x
     where t.org_id = ${orgId}::uuid`)
  await db.query(sql`
    insert into operator_day (terminal_id, day, store_id, operator, org_id, presentments, ch_user, ch_chip,
      e_user, e_chip, e_contactless)
    select t.id, ${day}::date, p.store_id, operator, ${orgId}::uuid, ${salesADay / 2}::int,
           (r & 7) / 7, (r >> 3 & 15) / 15, 125000, 62500, 62500
      from ${placed(orgId)}
     cross join unnest(array['01', '02']) operator
     cross join lateral (
       select hashint8extended(t.id + operator::int, ${day}::date - date '2000-01-01') as r) x
     where t.org_id = ${orgId}::uuid`)
}

function addSales(db: Db, orgId: string, { terminals, day }: { terminals: number; day: Day }) {
  const parts = Math.max(1, Math.ceil(terminals / mostSampled))
  const begins = dayStart(day, "UTC")
  return db.query(sql`
    insert into transaction (terminal_id, id, at, org_id, batch_id, outcome, code_system, code, entry_mode,
      amount_minor, currency, issuer_bin, card_ref, scheme, operator, duration_ms)
    select t.id, 'sale ' || n, ${begins}::timestamptz + n * interval '12 minutes', ${orgId}::uuid, 1,
           case when n % 50 = 7 then 'declined' else 'approved' end, 'unionpay',
           case when n % 50 = 7 then '51' else '00' end,
           case when n % 3 = 0 then 'chip' else 'contactless' end, 1200, 'CNY',
           (622200 + t.id * 7 % 40 + n % 9)::text, 'card ' || t.id || ' ' || n, 'unionpay', '01', 900
      from terminal t
     cross join generate_series(1, ${salesADay}::int) n
     where t.org_id = ${orgId}::uuid
       and t.id % ${parts}::bigint = ${dayNumber(day) % parts}::bigint`)
}

/** The days before today, oldest first. */
export const daysBefore = (today: Day, count: number): Day[] =>
  Array.from({ length: count }, (_, i) => addDays(today, i - count))
