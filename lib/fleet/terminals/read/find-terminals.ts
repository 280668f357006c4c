import { LRUCache } from "lru-cache"
import type { Actor } from "@/lib/access/actor/actor"
import type { Db } from "@/lib/base/db/transaction"
import { mostCounted } from "@/lib/base/pages/count"
import { behindVersions } from "@/lib/fleet/releases/standards-of"
import type { Found, Matching } from "@/lib/fleet/terminals/read/filter-sql"
import {
  terminalsAlike,
  terminalsBehind,
  terminalsFlagged,
  terminalsInState,
  terminalsLabelled,
  terminalsNamed,
  terminalsWithPlaceholder,
  terminalsWithoutState,
  terminalsWithStatus,
  terminalsWithWarranty,
  waitingTerminals,
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
  const { q, label, state, status, flagged, warranty, alike, placeholder, behind: component } = filter
  const { stores } = actor
  const behind = component === undefined ? [] : await behindVersions(db, actor, component)
  // A limited reader's terminals are few, and are all looked at.
  if (stores !== null) return { filter, stores, found: {}, behind }
  const found: Matching["found"] = {}
  const keyOf = (...asked: unknown[]) => JSON.stringify([actor.orgId, ...asked])
  if (q !== undefined) found.q = await lookUp(keyOf("q", q), () => terminalsNamed(db, q, most))
  if (label !== undefined)
    found.label = await lookUp(keyOf("label", label), () => terminalsLabelled(db, label, most))
  if (state !== undefined) {
    const find = state === "unknown" ? unknownTerminals : () => terminalsInState(db, state, most)
    found.state = await lookUp(keyOf("state", state), () => find(db))
  }
  if (status !== undefined)
    found.status = await lookUp(keyOf("status", status), () => terminalsWithStatus(db, status, most))
  if (flagged !== undefined) found.flagged = await lookUp(keyOf("flagged"), () => terminalsFlagged(db, most))
  if (warranty !== undefined && warranty !== "unknown")
    found.warranty = await lookUp(keyOf("warranty", warranty), () =>
      terminalsWithWarranty(db, warranty, most),
    )
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

/** Those without a state too, as the overview counts them: new ones, which wait for the worker. */
async function unknownTerminals(db: Db): Promise<{ id: number }[] | null> {
  const waiting = await waitingTerminals(db, most)
  if (waiting.length === most) return null
  const ids = waiting.map(({ id }) => id)
  const without = ids.length > 0 ? await terminalsWithoutState(db, ids) : []
  return [...(await terminalsInState(db, "unknown", most)), ...without]
}

/** What `find` finds. Null: a look-up would take longer than looking at all. */
async function lookUp(key: string, find: () => Promise<{ id: number }[] | null>): Promise<Found> {
  if (tooMany.has(key)) return "many"
  const rows = await find()
  if (rows === null) return undefined
  // A terminal comes twice if its serial number and its TID are placeholders.
  const ids = [...new Set(rows.map(({ id }) => id))]
  if (ids.length > mostCounted) tooMany.set(key, true)
  if (ids.length > mostCounted) return "many"
  return rows.length < most ? ids : undefined
}
