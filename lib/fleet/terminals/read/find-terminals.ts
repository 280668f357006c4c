import { LRUCache } from "lru-cache"
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
/** Look-ups that found too many terminals a moment ago, and would find too many again. */
const tooMany = new LRUCache<string, true>({ max: 1_000, ttl: 60_000 })

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
  const keyOf = (...asked: unknown[]) => JSON.stringify([actor.orgId, ...asked])
  if (q !== undefined) found.q = await lookUp(keyOf("q", q), () => terminalsNamed(db, q, most))
  if (label !== undefined)
    found.label = await lookUp(keyOf("label", label), () => terminalsLabelled(db, label, most))
  // Terminals without a state are unknown too, and the overview counts them so.
  if (state !== undefined && state !== "unknown")
    found.state = await lookUp(keyOf("state", state), () => terminalsInState(db, state, most))
  if (status !== undefined)
    found.status = await lookUp(keyOf("status", status), () => terminalsWithStatus(db, status, most))
  if (placeholder !== undefined)
    found.placeholder = await lookUp(keyOf("placeholder"), () => terminalsWithPlaceholder(db, most))
  if (alike !== undefined) found.alike = await lookUp(keyOf("alike"), () => terminalsAlike(db, most))
  if (component !== undefined) {
    // Without how many terminals run them, which changes all the time.
    const versions = behind.map(({ model, version, zone }) => [model, version, zone])
    found.behind = await lookUp(keyOf("behind", component, versions), () =>
      terminalsBehind(db, { component, behind, most }),
    )
  }
  return { filter, stores, found, behind }
}

async function lookUp(key: string, find: () => Promise<{ id: number }[]>): Promise<Found> {
  if (tooMany.has(key)) return "many"
  const rows = await find()
  // A terminal comes twice if its serial number and its TID are placeholders.
  const ids = [...new Set(rows.map(({ id }) => id))]
  if (ids.length > mostCounted) tooMany.set(key, true)
  if (ids.length > mostCounted) return "many"
  return rows.length < most ? ids : undefined
}
