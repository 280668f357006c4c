import type { Actor } from "@/lib/access/actor/actor"
import type { Db } from "@/lib/base/db/transaction"
import { mostCounted } from "@/lib/base/pages/count"
import { behindVersions } from "@/lib/fleet/releases/standards-of"
import type { Found, Matching } from "@/lib/fleet/terminals/read/filter-sql"
import {
  terminalsAlike,
  terminalsBehind,
  terminalsInState,
  terminalsLabelled,
  terminalsNamed,
  terminalsWithPlaceholder,
  terminalsWithStatus,
} from "@/lib/fleet/terminals/read/find-sql"

const most = mostCounted + 1

/**
 * Looks up what an index finds of a filter. Otherwise plans would read the whole fleet to count the few
 * terminals that match.
 */
export async function findTerminals(
  db: Db,
  { filter, actor }: Pick<Matching, "filter"> & { actor: Actor },
): Promise<Matching> {
  const { q, label, state, status, alike, placeholder, behind: component } = filter
  const { stores } = actor
  const behind = component === undefined ? [] : await behindVersions(db, actor, component)
  // A limited reader's terminals are few, and are all looked at.
  if (stores !== null) return { filter, stores, found: {}, behind }
  const found: Matching["found"] = {}
  if (q !== undefined) found.q = await lookUp(() => terminalsNamed(db, q, most))
  if (label !== undefined) found.label = await lookUp(() => terminalsLabelled(db, label, most))
  // Terminals without a state are unknown too.
  if (state !== undefined && state !== "unknown")
    found.state = await lookUp(() => terminalsInState(db, state, most))
  if (status !== undefined) found.status = await lookUp(() => terminalsWithStatus(db, status, most))
  if (placeholder !== undefined) found.placeholder = await lookUp(() => terminalsWithPlaceholder(db, most))
  if (alike !== undefined) found.alike = await lookUp(() => terminalsAlike(db, most))
  if (component !== undefined)
    found.behind = await lookUp(() => terminalsBehind(db, { component, behind, most }))
  return { filter, stores, found, behind }
}

/** A terminal comes several times if its serial number and its TID have the text. */
async function lookUp(find: () => Promise<{ id: number }[]>): Promise<Found> {
  const rows = await find()
  const ids = [...new Set(rows.map(({ id }) => id))]
  if (ids.length > mostCounted) return "many"
  return rows.length < most ? ids : undefined
}
