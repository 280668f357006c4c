import { asWorker, type Db } from "@/lib/base/db/transaction"
import type { Day } from "@/lib/base/time/zone"
import { alone, type Alone } from "@/lib/rollups/fold/alone"
import {
  newestUnfilledDay,
  noteBeatHours,
  setPlacesFrom,
  unfilledOrganisations,
} from "@/lib/rollups/fold/sql/fill"
import { clearPlaces, sumPlaces } from "@/lib/rollups/fold/sql/places"

type Filled = { organisation: string; day: Day }
type Fill = { onProgress?: (filled: Filled) => void; signal?: AbortSignal }

/**
 * Sums the days that places do not hold yet, newest first, a day of an organisation in a transaction. It goes
 * on where an interrupted run ended, while everything else goes on. Returns the number of days.
 */
export async function fillPlaces({ onProgress, signal }: Fill = {}): Promise<number> {
  let days = 0
  for (const { org_id: orgId, name: organisation } of await asWorker(unfilledOrganisations)) {
    for (;;) {
      signal?.throwIfAborted()
      const day = await alone(orgId, fillNewestDay)
      if (day === null) break
      days += 1
      onProgress?.({ organisation, day })
    }
  }
  return days
}

async function fillNewestDay({ db, kept, inGroups }: Alone): Promise<Day | null> {
  const orgId = kept.org_id
  const [newest] = await newestUnfilledDay(db, kept)
  const day = newest?.day ?? null
  if (day !== null)
    await inGroups(async (group) => {
      await noteBeatHours(group, { orgId, day })
      await replacePlaces(group, { orgId, day })
    })
  await setPlacesFrom(db, { orgId, from: day })
  return day
}

/** Replaces the places of a day by the sums of the terminals' rollups. The caller has the fold lock. */
export async function replacePlaces(db: Db, one: { orgId: string; day: Day }): Promise<void> {
  for (const width of ["hours", "days"] as const) {
    await clearPlaces(db, width, one)
    await sumPlaces(db, width, one)
  }
}
