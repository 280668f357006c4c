import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { organisationZone } from "@/lib/access/organisation/own-organisation"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { groupBy } from "@/lib/base/group-by"
import { rangeOf, type Days } from "@/lib/base/time/range"
import type { LostSales, LostSalesQuery } from "@/lib/insight/lost-sales/schemas"
import { lostByCause, lostByTerminal, type LostRow } from "@/lib/insight/lost-sales/sql"

type Asked = { actor: Actor; query: LostSalesQuery; now?: Date }

/**
 * Failed sales that were not followed by a sale of the same card or amount in the store within ten minutes,
 * with their amounts.
 */
export async function lostSales({ actor, query, now = new Date() }: Asked): Promise<LostSales> {
  requirePermission(actor, "fleet:read")
  const { groupBy, store, terminal, ...wanted } = query
  return inOrganisation(actor, async (db) => {
    const zone = await organisationZone(db)
    const { from, to, days } = rangeOf({ ...wanted, zone, hoursFrom: now, daysOnly: true, at: now })
    const asked = { days, store, terminal, isWhole: actor.stores === null }
    if (groupBy === "terminal" && store === undefined)
      throw new AppError("invalid", "Lost sales by terminal are answered within a store: add store.", {
        field: "groupBy",
      })
    const data =
      groupBy === "terminal" && store !== undefined
        ? await lostByTerminal(db, { ...asked, store })
        : await lostByCause(db, asked)
    return { data, total: totalOf(data), groupBy, from, to, days }
  })
}

/** What was lost on some days, by cause. `isWhole`: of all stores. */
export async function lostOfDays(
  db: Db,
  asked: { days: Days; isWhole: boolean },
): Promise<Pick<LostSales, "data" | "total">> {
  const data = await lostByCause(db, { ...asked, store: undefined, terminal: undefined })
  return { data, total: totalOf(data) }
}

const totalOf = (rows: readonly LostRow[]): LostSales["total"] =>
  [...groupBy(rows, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    sales: own.reduce((sum, { sales }) => sum + sales, 0),
    amountMinor: own.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  }))
