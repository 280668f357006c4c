import { maintenanceOf, type Place, type Windows } from "@/lib/fleet/maintenance/spans"
import type { Span } from "@/lib/fleet/stores/opening-hours"

const hourMs = 3_600_000

/** Tells the hours, counted from 1970, in which a terminal is in maintenance. They are expected of nobody. */
export function maintainedHours(windows: Windows, place: Place, within: Span): (hour: number) => boolean {
  const spans = windows.size === 0 ? [] : maintenanceOf(windows, place, within)
  return (hour) => spans.some(({ from, to }) => from < (hour + 1) * hourMs && hour * hourMs < to)
}
