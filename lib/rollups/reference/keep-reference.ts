import { DateTime } from "luxon"
import type { Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import { entryModes } from "@/lib/fleet/code-packs/entry-mode"
import { kinds } from "@/lib/fleet/code-packs/kind"
import { millionths } from "@/lib/rollups/reference/rate-names"
import { ratesIn, type RateRow, type Rates } from "@/lib/rollups/reference/rate-row"
import { shippedRates } from "@/lib/rollups/reference/shipped-rates"
import { replaceTable, tableOn } from "@/lib/rollups/reference/sql"

/** The zone that is furthest ahead, and what a terminal's clock may be ahead of ours. */
const mostAhead = { hours: 14, minutes: 5 }

/** The first day that has begun in no store: no sale of it can have been folded. */
export function firstDayToCome(now: Date): Day {
  const furthest = DateTime.fromJSDate(now, { zone: "utc" }).plus(mostAhead)
  return furthest.plus({ days: 1 }).toISODate() ?? ""
}

/** With a row of all issuers for each entry mode, because the fold looks no further. */
function completed(rows: readonly RateRow[]): RateRow[] {
  const rates = ratesIn(rows)
  const known = new Set(rows.filter(({ issuer }) => issuer === "").map(({ entryMode }) => entryMode))
  const missing = ["", ...entryModes].filter((entryMode) => !known.has(entryMode))
  return [...rows, ...missing.map((entryMode) => ({ issuer: "", entryMode, rates: rates("", entryMode) }))]
}

/**
 * Keeps a table of rates from the first day to come on. Tables of days that have begun never change, so that
 * a late sale, and a sale that is counted again, finds the rates that its day began with.
 */
export const keepReference = (
  db: Db,
  { orgId, rows, now }: { orgId: string; rows: readonly RateRow[]; now: Date },
) => replaceTable(db, { orgId, day: firstDayToCome(now), rows: completed(rows) })

/** What the fold expects of an organisation's sales of a day. */
export async function ratesOn(db: Db, one: { orgId: string; day: Day }): Promise<Rates> {
  const kept = await tableOn(db, one)
  if (kept.length === 0)
    return ratesIn([{ issuer: "", entryMode: "", rates: kinds.map((kind) => shippedRates[kind]) }])
  return ratesIn(
    kept.map(({ issuer, entry_mode: entryMode, rates }) => ({
      issuer,
      entryMode,
      rates: rates.map((rate) => rate / millionths),
    })),
  )
}
