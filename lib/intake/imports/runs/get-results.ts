import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"
import { runOrThrow } from "@/lib/intake/imports/runs/get-import"
import type { ResultPage, ResultQuery } from "@/lib/intake/imports/runs/schemas"
import { resultCounts, resultPage } from "@/lib/intake/imports/runs/sql"

const list = "import results"
const Cursor = z.tuple([z.int32()])

/** What became of the rows of a file of terminals, or would become of them by its dry run. */
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
  const [after] = query.cursor === undefined ? [0] : decodeCursor(list, query.cursor, Cursor)
  return inOrganisation(actor, async (db) => {
    await runOrThrow(db, importId)
    const rows = await resultPage(db, {
      importId,
      outcome: query.outcome ?? null,
      after,
      limit: query.limit + 1,
    })
    const counted = await resultCounts(db, importId)
    const data = rows.slice(0, query.limit)
    const last = data.at(-1)
    return {
      data,
      nextCursor: rows.length > data.length && last ? encodeCursor(list, [last.line]) : null,
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
