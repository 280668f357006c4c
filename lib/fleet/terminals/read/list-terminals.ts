import { z } from "zod"
import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"
import {
  acquirerNames,
  countTerminals,
  labelNames,
  merchantNames,
  modelNames,
  storeNames,
  supplierNames,
  terminalPage,
} from "@/lib/fleet/terminals/read/sql"
import type { TerminalFacets, TerminalPage, TerminalQuery } from "@/lib/fleet/terminals/schemas"
import type { TerminalSort } from "@/lib/fleet/terminals/words"

const textSorts: readonly TerminalSort[] = ["serial", "store"]
const listBy = ({ sort, order }: TerminalQuery) => `terminals by ${sort} ${order}`
const cursorBy = ({ sort }: TerminalQuery) =>
  z.tuple([textSorts.includes(sort) ? z.string() : z.number(), z.int()])

/** Returns a page of terminals, filtered and sorted by the database. */
export async function listTerminals({
  actor,
  query,
}: {
  actor: Actor
  query: TerminalQuery
}): Promise<TerminalPage> {
  requirePermission(actor, "fleet:read")
  const { cursor, ...filters } = query
  const page = {
    ...filters,
    after: cursor === undefined ? null : decodeCursor(listBy(query), cursor, cursorBy(query)),
  }
  return inOrganisation(actor, async (db) => {
    const rows = await terminalPage(db, page)
    const [counted] = await countTerminals(db, page)
    const shown = rows.slice(0, query.limit)
    const last = shown.at(-1)
    return {
      data: shown.map((row) => ({
        id: row.id,
        serial: row.serial,
        tid: row.tid,
        status: row.status,
        onlineState: row.online_state,
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
      })),
      nextCursor:
        rows.length > shown.length && last ? encodeCursor(listBy(query), [last.sort_value, last.id]) : null,
      total: counted?.count ?? 0,
    }
  })
}

/** Lists the values that the filters offer. */
export async function terminalFacets({ actor }: { actor: Actor }): Promise<TerminalFacets> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => ({
    merchants: await merchantNames(db),
    stores: await storeNames(db),
    models: await modelNames(db),
    acquirers: await acquirerNames(db),
    suppliers: await supplierNames(db),
    labels: (await labelNames(db)).map(({ label }) => label),
  }))
}
