import {
  hasOwnWindows,
  joined,
  maintenanceWithin,
  type Standing,
  type Windows,
} from "@/lib/fleet/maintenance/spans"
import type { Span } from "@/lib/fleet/stores/opening-hours"
import { storeTimeOf, type StoreTime } from "@/lib/insight/silence/store-time"

type Row = Parameters<typeof storeTimeOf>[0] & Standing

/** A store's time without the maintenance of a terminal, which is in order and without overlaps. */
export type TerminalTime = StoreTime & { maintenance: readonly Span[] }

/** What does not count as silence from an instant on. */
type Excluded = { outages: readonly Span[]; windows: Windows; from: number; now: number }

/** Maintenance further ahead moves no deadline yet. Deadlines that have become too early are moved. */
const aheadMs = 400 * 86_400_000

/** The times of terminals. Those of a store share them, unless they have windows of their own. */
export function terminalTimes({ outages, windows, from, now }: Excluded): (row: Row) => TerminalTime {
  const shared = new Map<number, TerminalTime>()
  const maintenanceOf = maintenanceWithin(windows, { from, to: now + aheadMs })
  return (row) => {
    const hasOwn = hasOwnWindows(windows, row)
    const known = hasOwn ? undefined : shared.get(row.store_id)
    if (known) return known
    const maintenance = maintenanceOf(row)
    const excluded = maintenance.length === 0 ? outages : joined([...outages, ...maintenance])
    const time = { ...storeTimeOf(row, excluded), maintenance }
    if (!hasOwn) shared.set(row.store_id, time)
    return time
  }
}
