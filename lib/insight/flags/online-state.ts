import { closedFrom, openSecondsBetween } from "@/lib/fleet/stores/opening-hours"
import type { OnlineState } from "@/lib/fleet/terminals/words"
import type { TerminalFacts } from "@/lib/insight/flags/facts"

/** Of a terminal whose rhythm is not learnt yet. */
export const defaultIntervalSeconds = 900
const minuteSeconds = 60
const hourSeconds = 3600

const lateAfterBeats = 2
const suspectAfterBeats = 4
const suspectAfterSeconds = 10 * minuteSeconds
/** Silence while the store is open that asks for somebody: after two hours few alarms are false. */
export const offlineAfterSeconds = 120 * minuteSeconds
/** Without opening hours a night's silence says nothing: a whole day must pass. */
export const offlineWithoutHoursSeconds = 24 * hourSeconds

type Silence = Pick<TerminalFacts, "lastReceivedAt" | "intervalSeconds" | "calendar">

/** Seconds of silence that count: those in which the store was open, or all where its hours are not known. */
export const silentSeconds = ({ lastReceivedAt, calendar }: Silence, now: number): number =>
  lastReceivedAt === null
    ? 0
    : calendar.hours
      ? openSecondsBetween(calendar, lastReceivedAt, now)
      : (now - lastReceivedAt) / 1000

/**
 * What a terminal's silence means, against its own rhythm and its store's hours. Our own outage is not its
 * silence, and in a store that is closed for good silence says nothing.
 */
export function onlineState(terminal: Silence, now: number, ourOutage: boolean): OnlineState {
  if (terminal.lastReceivedAt === null || ourOutage || closedFrom(terminal.calendar) <= now) return "unknown"
  const interval = terminal.intervalSeconds ?? defaultIntervalSeconds
  const silent = silentSeconds(terminal, now)
  const offlineAfter = Math.max(
    terminal.calendar.hours ? offlineAfterSeconds : offlineWithoutHoursSeconds,
    suspectAfterBeats * interval,
  )
  if (silent >= offlineAfter) return "offline"
  // Without hours, closing time looks like silence: late is as much as can be said.
  if (terminal.calendar.hours && silent >= Math.max(suspectAfterSeconds, suspectAfterBeats * interval))
    return "suspect"
  return silent >= lateAfterBeats * interval ? "late" : "online"
}
