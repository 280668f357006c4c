import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { placesOf, storesByCode, type PlaceRow } from "@/lib/access/actor/reach-sql"
import {
  placeKinds,
  type NamedReach,
  type PlaceChoices,
  type Places,
  type Reach,
} from "@/lib/access/actor/schemas"
import { inOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

const ofKind = (rows: PlaceRow[], kind: keyof Places) => rows.filter((row) => row.kind === kind)

/** Lists the places that the actor sees, to choose a reach from. */
export async function listPlaces({ actor }: { actor: Actor }): Promise<PlaceChoices> {
  requirePermission(actor, "fleet:read")
  const rows = await inOrganisation(actor, (db) => placesOf(db, null))
  const choices = (kind: keyof Places) =>
    ofKind(rows, kind).map(({ id, name, merchant }) => ({ id, name, merchant }))
  return {
    merchants: choices("merchants").map(({ id, name }) => ({ id, name })),
    regions: choices("regions"),
    stores: choices("stores"),
  }
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
