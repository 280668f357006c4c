import sql, { raw } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { entryModes } from "@/lib/fleet/code-packs/entry-mode"
import { kinds } from "@/lib/fleet/code-packs/kind"
import type { Rates } from "@/lib/rollups/fold/sql/tables"
import { analyse, makeTemporary } from "@/lib/rollups/fold/sql/temporary"
import { millionths, rateNames } from "@/lib/rollups/reference/rate-names"
import { shippedRates } from "@/lib/rollups/reference/shipped-rates"

const names = raw(rateNames.join(", "))
const shipped = raw(kinds.map((kind) => `${shippedRates[kind] * millionths}::int`).join(", "))
const everyMode = ["", ...entryModes]

type Days = { orgId: string; firstDay: string; lastDay: string }

/**
 * What sales of each day are expected to fail with: the newest table that began by then, and the shipped
 * rates before the first one.
 */
export async function makeRates(db: Db, { orgId, firstDay, lastDay }: Days): Promise<Rates> {
  const rates = await makeTemporary(
    db,
    "rate",
    sql`
    with day as (
      select d.day::date as day,
             (select max(r.day) from reference_rate r
               where r.org_id = ${orgId}::uuid and r.day <= d.day::date) as began_on
        from generate_series(${firstDay}::date, ${lastDay}::date, interval '1 day') d (day))
    select d.day, r.issuer, r.entry_mode, ${names}
      from day d
      join reference_rate r on r.org_id = ${orgId}::uuid and r.day = d.began_on
    union all
    select d.day, '', m.entry_mode, ${shipped}
      from day d
     cross join unnest(${everyMode}::text[]) as m (entry_mode)
     where d.began_on is null`,
  )
  await db.query(sql`create index on ${rates} (day, entry_mode, issuer)`)
  await analyse(db, rates)
  return rates
}

/** The columns of a sale's rates, by `joinedRates`. They are null for a sale that is expected nothing of. */
export const saleRates = raw(
  rateNames.map((name) => `coalesce(own.${name}, others.${name}, every.${name}) as ${name}`).join(", "),
)

/** The issuer as far as it has rates of its own, else its scheme's other issuers. */
export const issuerGroup = raw("coalesce(own.issuer, 'other:' || coalesce(lower(m.scheme), ''))")

/**
 * Joins the rates of sale `m`: its issuer's, else those of its scheme's other issuers, else those of its
 * entry mode. `ratesIn` reads a table in the same order. A retry is no presentment, and in ecommerce no card
 * meets a terminal.
 */
export const joinedRates = (rates: Rates) => {
  const joined = (alias: string, issuer: string) => sql`
    left join ${rates} ${raw(alias)} on ${raw(alias)}.day = m.day and not m.is_retry
     and ${raw(alias)}.entry_mode = coalesce(m.entry_mode, '') and m.entry_mode is distinct from 'ecommerce'
     and ${raw(alias)}.issuer = ${raw(issuer)}`
  return sql`
    ${joined("own", "m.issuer_bin")}
    ${joined("others", "'other:' || coalesce(lower(m.scheme), '')")}
    ${joined("every", "''")}`
}
