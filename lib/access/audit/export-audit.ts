import { stringify } from "csv-stringify/sync"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { entryOf } from "@/lib/access/audit/list-audit"
import type { AuditEntry, AuditExportQuery } from "@/lib/access/audit/schemas"
import { entryOrder, entryPage, type Filter } from "@/lib/access/audit/sql"
import { inOrganisation } from "@/lib/base/db/transaction"
import { readPages } from "@/lib/base/pages/read-page"

const pageSize = 1_000

/**
 * Exports all audit entries that match the filters, as CSV or a JSON array. Reads page by page; entries
 * made during the export are left out.
 */
export function exportAudit({
  actor,
  query,
}: {
  actor: Actor
  query: AuditExportQuery
}): AsyncGenerator<string> {
  requirePermission(actor, "audit:read")
  const { format, lang, ...filter } = query
  return format === "csv" ? csv(actor, filter, lang) : json(actor, filter)
}

const rowsOf = (actor: Actor, filter: Filter) =>
  readPages(entryOrder, pageSize, (slice) => inOrganisation(actor, (db) => entryPage(db, filter, slice)))

async function* pages(actor: Actor, filter: Filter): AsyncGenerator<AuditEntry[]> {
  for await (const rows of rowsOf(actor, filter)) if (rows.length > 0) yield rows.map(entryOf)
}

const headers = {
  en: [
    "time",
    "who",
    "kind",
    "id",
    "address",
    "action",
    "subject",
    "subject kind",
    "subject id",
    "before",
    "after",
  ],
  zh: ["时间", "操作人", "类型", "标识", "来源地址", "操作", "对象", "对象类型", "对象标识", "之前", "之后"],
} as const

/** Excel needs the byte order mark to read UTF-8. Formulas are escaped. */
async function* csv(actor: Actor, filter: Filter, lang: AuditExportQuery["lang"]): AsyncGenerator<string> {
  yield stringify([headers[lang]], { bom: true })
  const text = (values: object | null) => (values ? JSON.stringify(values) : "")
  for await (const entries of pages(actor, filter)) {
    yield stringify(
      entries.map(({ at, by, address, action, subject, before, after }) => [
        at,
        by.name,
        by.kind,
        by.id,
        address ?? "",
        action,
        subject.name,
        subject.kind,
        subject.id,
        text(before),
        text(after),
      ]),
      { escape_formulas: true },
    )
  }
}

async function* json(actor: Actor, filter: Filter): AsyncGenerator<string> {
  let separator = "["
  for await (const entries of pages(actor, filter)) {
    for (const entry of entries) {
      yield `${separator}${JSON.stringify(entry)}`
      separator = ",\n"
    }
  }
  yield separator === "[" ? "[]\n" : "]\n"
}
