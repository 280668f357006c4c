import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import { countRows } from "@/lib/base/pages/count"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import { selected, subcause, type Selection } from "@/lib/insight/failed-sales/selected"
import type { FailureKind } from "@/lib/insight/verdicts/kind"
import type { Evidence } from "@/lib/insight/verdicts/schemas"

/** The newest first. */
export const failedSaleOrder: ListOrder = {
  list: "failed-sales",
  keys: [
    { value: sql`v.happened_at`, type: "timestamptz" },
    { value: sql`v.terminal_id`, type: "bigint" },
    { value: sql`v.id`, type: "text" },
    { value: sql`v.at`, type: "timestamptz" },
  ],
  isDescending: true,
}

export type FailedSaleRow = {
  id: string
  happened_at: Date
  outcome: "declined" | "failed"
  terminal_id: number
  serial: string
  store_id: number
  store_name: string
  code_system: string | null
  code: string | null
  meaning_en: string | null
  meaning_zh: string | null
  code_cause: Cause
  subcause: string
  entry_mode: string | null
  issuer_bin: string | null
  operator: string | null
  acquirer: string | null
  release: string | null
  amount_minor: number | null
  currency: string | null
  is_retry: boolean
  version: number
  cause: Cause
  kind: FailureKind
  remedy: string | null
  p_device: number
  p_card: number
  p_operator: number
  p_system: number
  evidence: Evidence[]
  judged_at: Date | null
}

export const failedSalePage = (db: Db, selection: Selection, slice: Slice) =>
  db.query<FailedSaleRow & { place: Place }>(sql`
  select v.id, v.happened_at, h.outcome, v.terminal_id, t.serial, v.store_id, z.name as store_name,
         h.code_system, h.code, c.meaning_en, c.meaning_zh,
         coalesce(nullif(c.cause, 'none'), 'unknown') as code_cause, ${subcause} as subcause, h.entry_mode,
         h.issuer_bin, h.operator, (select a.name from acquirer a where a.id = v.acquirer_id) as acquirer,
         h.release, h.amount_minor, h.currency, v.is_retry, v.version, v.cause, v.kind, c.remedy,
         v.p_device, v.p_card, v.p_operator, v.p_system, v.evidence, v.judged_at, ${slice.place} as place
  ${selected(selection)} and ${slice.condition}
  ${slice.ordered}`)

const mostCounted = 1_000

export const countFailedSales = (db: Db, selection: Selection) =>
  countRows(db, sql`select 1 ${selected(selection)}`, mostCounted)
