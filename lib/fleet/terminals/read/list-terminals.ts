import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { readPage } from "@/lib/base/pages/read-page"
import { keptCounts } from "@/lib/fleet/catalogue/kept-counts"
import { terminalsInMaintenance } from "@/lib/fleet/maintenance/read-windows"
import { storeNames } from "@/lib/fleet/stores/namesakes"
import { findTerminals } from "@/lib/fleet/terminals/read/find-terminals"
import {
  countTerminals,
  listRows,
  pageIds,
  rankedAt,
  terminalOrder,
  type ListRow,
} from "@/lib/fleet/terminals/read/list-sql"
import {
  acquirerNames,
  labelNames,
  merchantNames,
  modelNames,
  namesOfStores,
  supplierNames,
} from "@/lib/fleet/terminals/read/sql"
import type { TerminalFacets, TerminalPage, TerminalQuery, TerminalRow } from "@/lib/fleet/terminals/schemas"

/** Returns a page of terminals, filtered and sorted by the database. */
export async function listTerminals({
  actor,
  query: { sort, order, cursor, limit, ...filter },
}: {
  actor: Actor
  query: TerminalQuery
}): Promise<TerminalPage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const chosen = await findTerminals(db, { filter, actor })
    const { rows, ...links } = await readPage(terminalOrder({ sort, order }), { cursor, limit }, (slice) =>
      pageIds(db, { ...chosen, sort, order }, slice),
    )
    const ids = rows.map(({ id }) => id)
    const page = await listRows(db, ids)
    const paused = await terminalsInMaintenance(db, { orgId: actor.orgId, ids, at: new Date() })
    const [ranked] = await rankedAt(db)
    return {
      data: page.map((row) => rowOf(row, row.status === "active" && paused.has(row.id))),
      ...links,
      ...(await countTerminals(db, chosen)),
      asOf: ranked?.at?.toISOString() ?? null,
    }
  })
}

/** How many terminals a filter finds, exact up to 10,000. */
export const countMatching = async (
  db: Db,
  asked: Parameters<typeof findTerminals>[1],
): Promise<{ total: number; isTotalExact: boolean }> => countTerminals(db, await findTerminals(db, asked))

const rowOf = (row: ListRow, isInMaintenance: boolean): TerminalRow => ({
  id: row.id,
  serial: row.serial,
  tid: row.tid,
  status: row.status,
  onlineState: row.online_state,
  isInMaintenance,
  lastBeatAt: row.last_beat_at?.toISOString() ?? null,
  model: row.model,
  supplier: row.supplier,
  warrantyUntil: row.warranty_until,
  isWarrantyOver: row.is_warranty_over,
  store: { id: row.store_id, name: row.store_name },
  merchant: row.merchant,
  app: row.app,
  openFlags: row.open_flags,
  clockOffsetMs: row.clock_offset_ms,
  labels: row.labels,
  attempts: row.attempts,
  failures: row.failures,
})

const readLabels = keptCounts(labelNames)

async function stores(db: Db) {
  const all = await namesOfStores(db)
  const nameOf = await storeNames(
    db,
    all.map(({ id }) => id),
  )
  return all.map(({ id, name }) => ({ id, name: nameOf(id, name) }))
}

/** What the list can be filtered by. */
export async function terminalFacets({ actor }: { actor: Actor }): Promise<TerminalFacets> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({
    merchants: await merchantNames(db),
    stores: await stores(db),
    models: await modelNames(db),
    acquirers: await acquirerNames(db),
    suppliers: await supplierNames(db),
    labels: (await readLabels(db, actor)).map(({ label }) => label),
  }))
}
