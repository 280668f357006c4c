import { z } from "zod"
import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { inOrganisation } from "@/lib/db/transaction"
import { decodeCursor, encodeCursor } from "@/lib/http/cursor"
import { summaryOf } from "@/lib/imports/get-import"
import type { ImportPage, ImportQuery } from "@/lib/imports/schemas"
import { runPage } from "@/lib/imports/sql"

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
  const [uploadedAt, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, Cursor)
  const before = uploadedAt === undefined || id === undefined ? null : { uploadedAt, id }
  const rows = await inOrganisation(actor, (db) => runPage(db, { before, limit: query.limit }))
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  return {
    data: shown.map(summaryOf),
    nextCursor:
      rows.length > shown.length && last ? encodeCursor([last.uploaded_at.toISOString(), last.id]) : null,
  }
}
