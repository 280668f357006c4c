import { closedFrom, openSecondsBetween } from "@/lib/fleet/stores/opening-hours"
import type { OnlineState } from "@/lib/fleet/terminals/words"
import type { TerminalFacts } from "@/lib/insight/flags/facts"

/** The interval of a terminal whose own is not learnt yet. */
export const defaultIntervalSeconds = 900
const minuteSeconds = 60
const hourSeconds = 3600

const lateAfterBeats = 2
const suspectAfterBeats = 4
const suspectAfterSeconds = 10 * minuteSeconds
/** Silence in opening hours after which a terminal is offline: few alarms are false after two hours. */
export const offlineAfterSeconds = 120 * minuteSeconds
/** Without opening hours, silence at night means nothing, so a whole day must pass. */
export const offlineWithoutHoursSeconds = 24 * hourSeconds

type Silence = Pick<TerminalFacts, "lastReceivedAt" | "intervalSeconds" | "calendar">

/** Seconds of silence in opening hours, or all seconds of it where the opening hours are unknown. */
export const silentSeconds = ({ lastReceivedAt, calendar }: Silence, now: number): number =>
  lastReceivedAt === null
    ? 0
    : calendar.hours
      ? openSecondsBetween(calendar, lastReceivedAt, now)
      : (now - lastReceivedAt) / 1000

/**
 * A terminal's online state, from its silence, its own interval and its store's opening hours. It is unknown
 * during our own outage and in a store that is closed for good.
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
  // Without opening hours, a closed store looks like silence: the state stays late until a day has passed.
  if (terminal.calendar.hours && silent >= Math.max(suspectAfterSeconds, suspectAfterBeats * interval))
    return "suspect"
  return silent >= lateAfterBeats * interval ? "late" : "online"
}
