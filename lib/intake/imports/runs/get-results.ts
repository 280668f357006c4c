import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { readPage } from "@/lib/base/pages/read-page"
import { runOrThrow } from "@/lib/intake/imports/runs/get-import"
import { resultCounts, resultOrder, resultPage } from "@/lib/intake/imports/runs/result-sql"
import type { ResultPage, ResultQuery } from "@/lib/intake/imports/runs/schemas"

/** The results of the rows in a file of terminals, or of its dry run. */
export async function getResults({
  actor,
  importId,
  query,
}: {
  actor: Actor
  importId: string
  query: ResultQuery
}): Promise<ResultPage> {
  requirePermission(actor, "imports:write")
  return inOrganisation(actor, async (db) => {
    await runOrThrow(db, importId)
    const { rows, ...links } = await readPage(resultOrder, query, (slice) =>
      resultPage(db, { importId, outcome: query.outcome ?? null }, slice),
    )
    const counted = await resultCounts(db, importId)
    return {
      data: rows,
      ...links,
      counts: {
        created: 0,
        changed: 0,
        unchanged: 0,
        refused: 0,
        ...Object.fromEntries(counted.map(({ outcome, rows: count }) => [outcome, count])),
      },
    }
  })
}
