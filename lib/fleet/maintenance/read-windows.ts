import type { Db } from "@/lib/base/db/transaction"
import { maintenanceOf, spanAt, type MaintenanceWindow } from "@/lib/fleet/maintenance/spans"
import { standingsOf, windowsFrom } from "@/lib/fleet/maintenance/sql"

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
export const readWindows = async (
  db: Db,
  asked: { orgId: string; from: Date },
): Promise<MaintenanceWindow[]> => (await windowsFrom(db, asked)).map(windowOf)

type Asked = { orgId: string; ids: readonly number[]; at: Date }

/** Those of these terminals that are in maintenance at an instant. */
export async function inMaintenance(db: Db, { orgId, ids, at }: Asked): Promise<ReadonlySet<number>> {
  const windows = await readWindows(db, { orgId, from: at })
  if (windows.length === 0) return new Set()
  const now = at.getTime()
  const places = await standingsOf(db, ids)
  return new Set(
    places
      .filter((place) => spanAt(maintenanceOf(windows, place, { from: now, to: now + 1 }), now))
      .map((place) => place.terminal_id),
  )
}
