import type { Db } from "@/lib/base/db/transaction"
import { quietKeyOf } from "@/lib/insight/flags/advance"
import { quietFlags } from "@/lib/insight/flags/quiet-flags"
import { insertFlags, type NewFlag } from "@/lib/insight/nights/flags-sql"
import { countOpenFlags } from "@/lib/insight/standings/note-changes"

type Opening = { orgId: string; at: Date; flags: readonly NewFlag[] }

/** Opens flags that are not open yet, and that no finding has closed lately. Returns how many. */
export async function openFlags(db: Db, { orgId, at, flags }: Opening): Promise<number> {
  if (flags.length === 0) return 0
  const quiet = await quietFlags(db, { ids: flags.map((one) => one.terminal_id), now: at })
  const isQuiet = ({ rule, terminal_id: id }: NewFlag) =>
    quiet.has(quietKeyOf({ rule, kind: "maintenance", subject: `terminal:${id}` }))
  const wanted = flags.filter((one) => !isQuiet(one))
  const opened = await insertFlags(db, { orgId, at, flags: wanted })
  if (opened.length > 0)
    await countOpenFlags(
      db,
      opened.map((one) => one.terminal_id),
    )
  return opened.length
}
