import { z } from "zod"
import { locales } from "@/lib/base/i18n/locale"
import { pageLinks, pageTotal } from "@/lib/base/pages/schemas"
import { calendarInstant, searched, writtenCursor } from "@/lib/base/text/fields"

const text = searched(200).min(1).optional()
const instant = calendarInstant.optional()

const filters = {
  /** The id of a user or key. */
  by: text,
  action: text,
  /** Part of the subject's name, or its id. */
  subject: text,
  from: instant,
  to: instant,
}

export const AuditQuery = z.strictObject({
  ...filters,
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type AuditQuery = z.infer<typeof AuditQuery>

export const AuditExportQuery = z.strictObject({
  ...filters,
  format: z.enum(["csv", "json"]).default("csv"),
  lang: z.enum(locales).default("en"),
})
export type AuditExportQuery = z.infer<typeof AuditExportQuery>

const Values = z.record(z.string(), z.unknown()).nullable()

/** Who changed what, when and from where. */
export const AuditEntry = z.object({
  id: z.number(),
  at: z.string(),
  by: z.object({ kind: z.enum(["user", "key", "system"]), id: z.string(), name: z.string() }),
  address: z.string().nullable(),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  before: Values,
  after: Values,
})
export type AuditEntry = z.infer<typeof AuditEntry>

export const AuditPage = z.object({ data: z.array(AuditEntry), ...pageLinks, ...pageTotal })
export type AuditPage = z.infer<typeof AuditPage>

/** The values that the filters offer. */
export const AuditFacets = z.object({
  by: z.array(z.object({ kind: z.enum(["user", "key", "system"]), id: z.string(), name: z.string() })),
  actions: z.array(z.string()),
})
export type AuditFacets = z.infer<typeof AuditFacets>
