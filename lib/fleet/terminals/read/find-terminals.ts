import type { Db } from "@/lib/base/db/transaction"
import { mostCounted } from "@/lib/base/pages/count"
import type { Matching } from "@/lib/fleet/terminals/read/filter-sql"
import { terminalsLabelled, terminalsNamed } from "@/lib/fleet/terminals/read/find-sql"

/**
 * Looks up the names and labels of a filter by index. If there are too many terminals of one, the order's
 * index soon meets enough of them.
 */
export async function findTerminals(
  db: Db,
  { filter, stores }: Pick<Matching, "filter" | "stores">,
): Promise<Matching> {
  const { q, label } = filter
  // A limited reader's terminals are few, and are all looked at.
  if (stores !== null) return { filter, stores, found: {} }
  const named = q === undefined ? undefined : await few((most) => terminalsNamed(db, q, most))
  const labelled = label === undefined ? undefined : await few((most) => terminalsLabelled(db, label, most))
  return { filter, stores, found: { q: named, label: labelled } }
}

async function few(find: (most: number) => Promise<{ id: number }[]>): Promise<number[] | undefined> {
  const rows = await find(mostCounted + 1)
  return rows.length > mostCounted ? undefined : rows.map(({ id }) => id)
}
