import type { Db } from "@/lib/base/db/transaction"
import {
  makePlaceChanges,
  movePlaces,
  takeOutEmptyPlaceDays,
  takeOutEmptyPlaceHours,
} from "@/lib/rollups/fold/sql/places"
import {
  makeSegmentChanges,
  moveOrganisationSegments,
  takeOutEmptySegments,
} from "@/lib/rollups/fold/sql/segments"
import type { Changes, Rollups } from "@/lib/rollups/fold/sql/tables"
import type { Bounds } from "@/lib/rollups/fold/sql/touched"

/** Empty tables for the changes of a round. */
export const makeChanges = async (db: Db): Promise<Changes> => ({
  segmentChanges: await makeSegmentChanges(db),
  placeChanges: await makePlaceChanges(db),
})

type Moving = Changes & {
  orgId: string
  placesFrom: string | null
  rollups: Rollups
  /** The bounds of what was taken out. Null if nothing was. */
  bounds: Bounds | null
}

/** Moves the sums of stores and organisation by the changes of the round. */
export async function moveSums(db: Db, { bounds, ...moving }: Moving): Promise<void> {
  await moveOrganisationSegments(db, moving)
  await takeOutEmptySegments(db, moving)
  await movePlaces(db, "hours", moving)
  await movePlaces(db, "days", moving)
  if (!bounds) return
  await takeOutEmptyPlaceHours(db, { ...moving, ...bounds })
  await takeOutEmptyPlaceDays(db, { ...moving, ...bounds })
}
