import type { Sql } from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { economicsBy, type Costs, type EconomicsOf } from "@/lib/insight/replacement/economics"
import { costsOf, modelLives, modelPrices } from "@/lib/insight/replacement/sql"

/** `key` is the same as long as the economics are. */
type Read = { costs: Costs; economicsOf: EconomicsOf; key: string }

/** What terminals of each of an organisation's models cost. */
export async function readEconomics(db: Db, org: Sql): Promise<Read> {
  const [costs] = await costsOf(db, org)
  if (!costs) throw new Error("there is no such organisation")
  const known = { costs, prices: await modelPrices(db, org), lives: await modelLives(db, org) }
  return { costs, economicsOf: economicsBy(known), key: JSON.stringify(known) }
}
