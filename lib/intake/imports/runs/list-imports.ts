import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"
import { summaryOf } from "@/lib/intake/imports/runs/get-import"
import type { ImportPage, ImportQuery } from "@/lib/intake/imports/runs/schemas"
import { runPage } from "@/lib/intake/imports/runs/sql"

const list = "imports"
const Cursor = z.tuple([z.iso.datetime(), z.uuid()])

/** The organisation's files, newest first. */
export async function listImports({
  actor,
  query,
}: {
  actor: Actor
  query: ImportQuery
}): Promise<ImportPage> {
  requirePermission(actor, "imports:read")
  const [uploadedAt, id] = query.cursor === undefined ? [] : decodeCursor(list, query.cursor, Cursor)
  const before = uploadedAt === undefined || id === undefined ? null : { uploadedAt, id }
  const rows = await inOrganisation(actor, (db) => runPage(db, { before, limit: query.limit }))
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    data: shown.map(summaryOf),
    nextCursor:
      rows.length > shown.length && last
        ? encodeCursor(list, [last.uploaded_at.toISOString(), last.id])
        : null,
  }
}
