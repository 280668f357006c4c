import type { Db } from "@/lib/base/db/transaction"
import { fewIds } from "@/lib/base/pages/count"
import type { Matching } from "@/lib/fleet/terminals/read/filter-sql"
import { terminalsLabelled, terminalsNamed } from "@/lib/fleet/terminals/read/find-sql"

/** Looks up the names and labels of a filter by index. */
export async function findTerminals(
  db: Db,
  { filter, stores }: Pick<Matching, "filter" | "stores">,
): Promise<Matching> {
  const { q, label } = filter
  // A limited reader's terminals are few, and are all looked at.
  if (stores !== null) return { filter, stores, found: {} }
  const named = q === undefined ? undefined : await fewIds((most) => terminalsNamed(db, q, most))
  const labelled =
    label === undefined ? undefined : await fewIds((most) => terminalsLabelled(db, label, most))
  return { filter, stores, found: { q: named, label: labelled } }
}
