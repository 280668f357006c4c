import type { Db } from "@/lib/base/db/transaction"
import {
  byPlace,
  maintenanceWithin,
  spanAt,
  type MaintenanceWindow,
  type Place,
  type Windows,
} from "@/lib/fleet/maintenance/spans"
import { storePlaces, terminalPlaces, windowsFrom } from "@/lib/fleet/maintenance/sql"

type TimesRow = Awaited<ReturnType<typeof windowsFrom>>[number]

export const windowOf = (row: TimesRow): MaintenanceWindow => ({
  kind: row.place_kind,
  placeId: row.place_id,
  starts: row.starts,
  ends: row.ends,
  isWeekly: row.is_weekly,
  lastOn: row.last_on,
  endedAt: row.ended_at?.getTime() ?? Infinity,
})

/** An organisation's maintenance windows from an instant on. */
export const readWindows = async (db: Db, asked: { orgId: string; from: Date }): Promise<Windows> =>
  byPlace((await windowsFrom(db, asked)).map(windowOf))

type Asked = { orgId: string; ids: readonly number[]; at: Date }

/** Those of these terminals that are in maintenance at an instant. */
export const terminalsInMaintenance = async (db: Db, asked: Asked): Promise<ReadonlySet<number>> =>
  new Set((await inMaintenance(db, asked, terminalPlaces)).map(({ place }) => place.terminal_id))

/** Those of these stores that are in maintenance at an instant, with its end. */
export const storesInMaintenance = async (db: Db, asked: Asked): Promise<ReadonlyMap<number, number>> =>
  new Map((await inMaintenance(db, asked, storePlaces)).map(({ place, until }) => [place.store_id, until]))

async function inMaintenance(
  db: Db,
  { orgId, ids, at }: Asked,
  placesOf: typeof terminalPlaces,
): Promise<{ place: Place; until: number }[]> {
  const windows = await readWindows(db, { orgId, from: at })
  if (windows.size === 0) return []
  const now = at.getTime()
  const maintenanceOf = maintenanceWithin(windows, { from: now, to: now + 1 })
  return (await placesOf(db, ids)).flatMap((place) => {
    const span = spanAt(maintenanceOf(place), now)
    return span ? [{ place, until: span.to }] : []
  })
}
