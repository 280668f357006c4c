import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"
import type { Db } from "@/lib/base/db/transaction"
import { countRows } from "@/lib/base/pages/count"
import type { ListOrder, Place, Slice } from "@/lib/base/pages/list-order"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import {
  asksCopied,
  asksSales,
  saleOfVerdict,
  selected,
  selectedVerdicts,
  subcause,
  type Selection,
} from "@/lib/insight/failed-sales/selected"
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

const columns = sql`
  v.id, v.happened_at, h.outcome, v.terminal_id, t.serial, v.store_id, z.name as store_name,
  h.code_system, h.code, c.meaning_en, c.meaning_zh,
  coalesce(nullif(c.cause, 'none'), 'unknown') as code_cause, ${subcause} as subcause, h.entry_mode,
  h.issuer_bin, h.operator, (select a.name from acquirer a where a.id = v.acquirer_id) as acquirer,
  h.release, h.amount_minor, h.currency, v.is_retry, v.version, v.cause, v.kind, c.remedy,
  v.p_device, v.p_card, v.p_operator, v.p_system, v.evidence, v.judged_at`

/** Whether verdicts alone tell which sales are selected. Those noted before an update lack values. */
export async function isOfVerdicts(db: Db, selection: Selection): Promise<boolean> {
  if (asksSales(selection)) return false
  if (!asksCopied(selection)) return true
  const before = await db.query<{ id: string }>(sql`
  select id from verdict
   where org_id = ${ownOrg} and release is null and happened_at >= ${selection.from}::timestamptz
     and happened_at < ${selection.to}::timestamptz
   limit 1`)
  return before.length === 0
}

type Paged = FailedSaleRow & { place: Place }
type Way = { isByVerdicts: boolean }

export const failedSalePage = async (
  db: Db,
  { isByVerdicts, ...selection }: Selection & Way,
  slice: Slice,
): Promise<Paged[]> => {
  const joined = () =>
    db.query<Paged>(sql`
    select ${columns}, ${slice.place} as place ${selected(selection)} and ${slice.condition}
    ${slice.ordered}`)
  if (!isByVerdicts) return joined()
  const places = await db.query<{ place: Place }>(sql`
    select ${slice.place} as place ${selectedVerdicts(selection)} and ${slice.condition} ${slice.ordered}`)
  const sales = await salesAt(
    db,
    places.map(({ place }) => place),
  )
  // With a slow clock, a sale is deleted days before its verdict. A page that lacks one would end the list.
  return sales.length < places.length ? joined() : sales
}

/**
 * The sales at these places, in their order. Verdicts are in the order of an index; joined with the raw rows,
 * a plan would read all of those first.
 */
const salesAt = (db: Db, places: readonly Place[]) => {
  const part = (i: number) => places.map((place) => place[i])
  const [terminals, ids, times] = [
    sql`${part(1)}::bigint[]`,
    sql`${part(2)}::text[]`,
    sql`${part(3)}::timestamptz[]`,
  ]
  return db.query<Paged>(sql`
  select ${columns}, array[v.happened_at::text, v.terminal_id::text, v.id, v.at::text] as place
    from unnest(${terminals}, ${ids}, ${times}) with ordinality as k (terminal_id, id, at, place)
    join verdict v on v.terminal_id = k.terminal_id and v.id = k.id and v.at = k.at
    ${saleOfVerdict}
    join terminal t on t.id = v.terminal_id
    join store z on z.id = v.store_id
   where v.terminal_id = any(${terminals}) and v.at = any(${times})
     and h.terminal_id = any(${terminals}) and h.at = any(${times})
   order by k.place`)
}

const mostCounted = 1_000

export const countFailedSales = (db: Db, { isByVerdicts, ...selection }: Selection & Way) =>
  countRows(
    db,
    sql`select 1 ${isByVerdicts ? selectedVerdicts(selection) : selected(selection)}`,
    mostCounted,
  )
