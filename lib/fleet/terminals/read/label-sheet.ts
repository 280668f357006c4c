import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { inOrganisation } from "@/lib/base/db/transaction"
import { siteAddress } from "@/lib/base/env"
import { paths } from "@/lib/base/paths"
import { qrOf } from "@/lib/base/qr"
import { helpLinkUrl } from "@/lib/fleet/terminals/help-link/token"
import type { TerminalLabel } from "@/lib/fleet/terminals/labels"
import { findTerminals } from "@/lib/fleet/terminals/read/find-terminals"
import { matchingIds } from "@/lib/fleet/terminals/read/list-sql"
import { labelRows, type LabelRow } from "@/lib/fleet/terminals/read/sql"
import type { LabelQuery } from "@/lib/fleet/terminals/schemas"
import { mostOnSheet } from "@/lib/fleet/terminals/words"

export type LabelSheet = { labels: TerminalLabel[]; isCut: boolean }

/**
 * Labels for the chosen terminals, or for those that match the filter, sorted by store, up to the limit of
 * a sheet.
 */
export async function labelSheet({
  actor,
  query: { ids, ...filter },
}: {
  actor: Actor
  query: LabelQuery
}): Promise<LabelSheet> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const matching = await findTerminals(db, { filter, actor })
    const chosen = ids ?? (await matchingIds(db, { ...matching, limit: mostOnSheet + 1 })).map(({ id }) => id)
    const rows = await labelRows(db, chosen.slice(0, mostOnSheet))
    return {
      labels: rows.map(labelOf),
      isCut: chosen.length > mostOnSheet,
    }
  })
}

function labelOf({ id, serial, tid, store, ...link }: LabelRow): TerminalLabel {
  const helpLink = helpLinkUrl(link)
  const qr = qrOf(helpLink ?? `${siteAddress()}${paths.terminal(id)}`)
  return { id, serial, tid, store, qr, hasHelpLink: helpLink !== null }
}
