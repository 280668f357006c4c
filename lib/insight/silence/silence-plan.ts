import { instantsAfter, openSecondsBetween, type OpenTime } from "@/lib/fleet/stores/open-time"
import { defaultIntervalSeconds, lateAfterBeats, lateAfterSeconds } from "@/lib/fleet/terminals/interval"
import type { OnlineState } from "@/lib/fleet/terminals/words"
import { innerHours, usualDays, usualTimeOf, type UsualWeek } from "@/lib/insight/silence/usual-week"

const minuteSeconds = 60
const hourSeconds = 3600

const suspectAfterBeats = 4
const suspectAfterSeconds = 10 * minuteSeconds
/** Silence in opening hours after which a terminal is offline: few alarms are false after two hours. */
const offlineAfterSeconds = 2 * hourSeconds
/** Of a terminal that sends less, an hour without a heartbeat says nothing, but a day does. */
const longestIntervalWithWeek = hourSeconds / 2
/** Without opening hours, silence at night means nothing, so a whole day must pass. */
const offlineWithoutHoursSeconds = 24 * hourSeconds

/** A terminal and its store. Instants are milliseconds since 1970. */
export type Silence = {
  /** Its last sign of life: a heartbeat, or a sale. */
  lastSignAt: number
  intervalSeconds: number | null
  /** When it usually sends heartbeats. Null if that is not learnt yet. */
  week: UsualWeek | null
  zone: string
  /** The store's open time without our own outages. */
  open: OpenTime
  hasHours: boolean
  /** When the store closes for good. Infinity if it does not. */
  closesAt: number
}

/** From `at` on, a terminal that stays silent has this state. */
export type Step = { at: number; state: Exclude<OnlineState, "online"> }

type Expected = { time: OpenTime; interval: number; hasHours: boolean }

/**
 * The time in which a terminal is expected to send heartbeats, and how many seconds of it for each. So a
 * number of intervals is the number of heartbeats that are missing.
 */
export function expectedOf({ open, zone, week, hasHours, intervalSeconds }: Silence): Expected {
  const interval = intervalSeconds ?? defaultIntervalSeconds
  if (!week) return { time: open, interval, hasHours }
  if (interval > longestIntervalWithWeek)
    return { time: usualTimeOf(open, { zone, week: usualDays(week) }), interval, hasHours }
  // Never more heartbeats than it sends now: it may have been set to another interval since.
  const usual = Math.max(interval, hourSeconds / week.beatsPerHour)
  const hours = hasHours ? week : innerHours(week)
  return { time: usualTimeOf(open, { zone, week: hours }), interval: usual, hasHours: true }
}

/**
 * The states of a terminal that stays silent after its last sign of life, in order. Only time in which it is
 * expected to send heartbeats counts as silence. From the day on which its store closes for good, its state
 * is unknown.
 */
export function silencePlan(terminal: Silence): Step[] {
  const { lastSignAt, closesAt } = terminal
  const { time, interval, hasHours } = expectedOf(terminal)
  const suspect = Math.max(suspectAfterSeconds, suspectAfterBeats * interval)
  const offline = Math.max(
    hasHours ? offlineAfterSeconds : offlineWithoutHoursSeconds,
    suspectAfterBeats * interval,
  )
  const limits: [Step["state"], number][] = [
    ["late", Math.max(lateAfterSeconds, lateAfterBeats * interval)],
    // Without opening hours, a closed store looks like silence: the state stays late until a day has passed.
    ...(hasHours ? [["suspect", suspect] satisfies [Step["state"], number]] : []),
    ["offline", offline],
  ]
  const instants = instantsAfter(
    time,
    lastSignAt,
    limits.map(([, seconds]) => seconds),
  )
  const steps = limits.map(([state], place): Step => ({ state, at: instants[place] ?? Infinity }))
  return [...steps, { state: "unknown" as const, at: closesAt }].filter(({ at }) => at < Infinity)
}

/** The last step that has begun. Null while the terminal is online. */
export const stepAt = (plan: readonly Step[], now: number): Step | null =>
  plan.findLast(({ at }) => at <= now) ?? null

/** When the state changes next. Null if it does not. */
export const nextStepAt = (plan: readonly Step[], now: number): number | null =>
  plan.find(({ at }) => at > now)?.at ?? null

/** Seconds of silence in the time in which it is expected to send heartbeats. */
export const silentSeconds = (terminal: Silence, now: number): number =>
  openSecondsBetween(expectedOf(terminal).time, terminal.lastSignAt, now)
