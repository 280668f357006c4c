import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { countRows } from "@/lib/base/pages/count"
import { readPage } from "@/lib/base/pages/read-page"
import { summaryOf } from "@/lib/intake/imports/runs/get-import"
import type { ImportPage, ImportQuery } from "@/lib/intake/imports/runs/schemas"
import { allRuns, runOrder, runPage } from "@/lib/intake/imports/runs/sql"

/** The organisation's files, newest first. */
export async function listImports({
  actor,
  query,
}: {
  actor: Actor
  query: ImportQuery
}): Promise<ImportPage> {
  requirePermission(actor, "imports:read")
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(runOrder, query, (slice) => runPage(db, slice))
    return { data: rows.map(summaryOf), ...links, ...(await countRows(db, allRuns)) }
  })
}
