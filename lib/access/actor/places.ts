import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { placeOrder, placePage, placesOf, storesByCode, type PlaceRow } from "@/lib/access/actor/reach-sql"
import {
  placeKinds,
  type NamedReach,
  type PlacePage,
  type PlaceQuery,
  type Places,
  type Reach,
} from "@/lib/access/actor/schemas"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { readPage } from "@/lib/base/pages/read-page"

const ofKind = (rows: PlaceRow[], kind: keyof Places) => rows.filter((row) => row.kind === kind)

/** A page of the places of one kind that the actor sees, by name, to choose from. */
export async function listPlaces({
  actor,
  query: { kind, cursor, limit, ...filter },
}: {
  actor: Actor
  query: PlaceQuery
}): Promise<PlacePage> {
  requirePermission(actor, "fleet:read")
  return inOrganisation(actor, async (db) => {
    const { rows, ...links } = await readPage(placeOrder(kind), { cursor, limit }, (slice) =>
      placePage(db, kind, filter, slice),
    )
    return { data: rows, ...links }
  })
}

/** Refuses a reach with places that the organisation does not have. */
export async function requireKnownPlaces(db: Db, reach: Reach): Promise<void> {
  if (reach === null) return
  const rows = await placesOf(db, reach)
  for (const kind of placeKinds) {
    const known = new Set(ofKind(rows, kind).map(({ id }) => id))
    const unknown = reach[kind].filter((id) => !known.has(id))
    if (unknown.length > 0)
      throw new AppError("invalid", `Unknown ${kind}: ${unknown.slice(0, 10).join(", ")}.`, {
        field: `reach.${kind}`,
      })
  }
}

/** Finds stores by code. Refuses unknown codes. */
export async function storesOfCodes(db: Db, codes: string[]): Promise<number[]> {
  const found = await storesByCode(db, codes)
  const missing = codes.filter((code) => !found.some((row) => row.code === code))
  if (missing.length > 0) throw new AppError("not_found", `No store has the code ${missing.join(" or ")}.`)
  return found.map(({ id }) => id)
}

/** Adds the places' names to reaches. Leaves out places that were deleted. */
export async function nameReaches(db: Db, reaches: Reach[]): Promise<NamedReach[]> {
  const all = (kind: keyof Places) => [...new Set(reaches.flatMap((reach) => reach?.[kind] ?? []))]
  const rows = await placesOf(db, {
    merchants: all("merchants"),
    regions: all("regions"),
    stores: all("stores"),
  })
  const named = (kind: keyof Places, ids: number[]) =>
    ofKind(rows, kind)
      .filter(({ id }) => ids.includes(id))
      .map(({ id, name }) => ({ id, name }))
  return reaches.map(
    (reach) =>
      reach && {
        merchants: named("merchants", reach.merchants),
        regions: named("regions", reach.regions),
        stores: named("stores", reach.stores),
      },
  )
}
