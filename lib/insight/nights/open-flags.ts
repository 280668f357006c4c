import type { Db } from "@/lib/base/db/transaction"
import { terminalsInMaintenance } from "@/lib/fleet/maintenance/read-windows"
import { quietKeyOf } from "@/lib/insight/flags/advance"
import { quietFlags } from "@/lib/insight/flags/quiet-flags"
import { insertFlags, type NewFlag } from "@/lib/insight/nights/flags-sql"
import { countOpenFlags } from "@/lib/insight/standings/note-changes"

type Opening = { orgId: string; at: Date; flags: readonly NewFlag[] }

/**
 * Opens flags that are not open yet, that no finding has closed lately, and whose terminals are not in
 * maintenance. Returns how many.
 */
export async function openFlags(db: Db, { orgId, at, flags }: Opening): Promise<number> {
  if (flags.length === 0) return 0
  const ids = flags.map((one) => one.terminal_id)
  const quiet = await quietFlags(db, { ids, now: at })
  const paused = await terminalsInMaintenance(db, { orgId, ids, at })
  const isQuiet = ({ rule, terminal_id: id }: NewFlag) =>
    paused.has(id) || quiet.has(quietKeyOf({ rule, kind: "maintenance", subject: `terminal:${id}` }))
  const wanted = flags.filter((one) => !isQuiet(one))
  const opened = await insertFlags(db, { orgId, at, flags: wanted })
  if (opened.length > 0)
    await countOpenFlags(
      db,
      opened.map((one) => one.terminal_id),
    )
  return opened.length
}
