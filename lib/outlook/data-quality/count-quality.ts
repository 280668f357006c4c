import type { Actor } from "@/lib/access/actor/actor"
import type { Db } from "@/lib/base/db/transaction"
import type { countRows } from "@/lib/base/pages/count"
import type { Day } from "@/lib/base/time/zone"
import { countLackingStores } from "@/lib/fleet/stores/list-stores"
import { countMatching } from "@/lib/fleet/terminals/read/list-terminals"
import type { TerminalFilter } from "@/lib/fleet/terminals/schemas"
import { countDuplicates, countQuarantined, countUnmapped } from "@/lib/outlook/data-quality/sql"
import type { QualityKind } from "@/lib/outlook/data-quality/words"

export type QualityCount = { kind: QualityKind; count: number; isExact: boolean }
type Total = Awaited<ReturnType<typeof countRows>>

const countOf = (kind: QualityKind, { total, isTotalExact }: Total): QualityCount => ({
  kind,
  count: total,
  isExact: isTotalExact,
})

/** How many faults of each kind the data have now: as many as the lists show that mend them. */
export async function countQuality(
  db: Db,
  { actor, today }: { actor: Actor; today: Day },
): Promise<QualityCount[]> {
  const terminals = (filter: TerminalFilter) => countMatching(db, { filter, actor })
  const [duplicates] = await countDuplicates(db, today)
  return [
    countOf("quarantined", await countQuarantined(db)),
    countOf("pending", await terminals({ status: "pending" })),
    countOf("unmapped_code", await countUnmapped(db)),
    countOf("sales_gap", await countLackingStores(db, "sales")),
    countOf("clock_drift", await terminals({ clock: "wrong" })),
    countOf("counter_resets", await terminals({ counters: "reset" })),
    countOf("alike", await terminals({ alike: "true" })),
    countOf("unassigned", await terminals({ lacks: "store" })),
    countOf("terminal_without_model", await terminals({ lacks: "model" })),
    countOf("store_without_hours", await countLackingStores(db, "hours")),
    countOf("store_without_position", await countLackingStores(db, "position")),
    { kind: "duplicates", count: duplicates?.count ?? 0, isExact: true },
  ]
}
