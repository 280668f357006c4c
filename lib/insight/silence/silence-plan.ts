import { instantsAfter, openSecondsBetween, type OpenTime } from "@/lib/fleet/stores/open-time"
import { defaultIntervalSeconds, lateAfterBeats, lateAfterSeconds } from "@/lib/fleet/terminals/interval"
import type { OnlineState } from "@/lib/fleet/terminals/words"

const minuteSeconds = 60
const hourSeconds = 3600

const suspectAfterBeats = 4
const suspectAfterSeconds = 10 * minuteSeconds
/** Silence in opening hours after which a terminal is offline: few alarms are false after two hours. */
const offlineAfterSeconds = 2 * hourSeconds
/** Without opening hours, silence at night means nothing, so a whole day must pass. */
const offlineWithoutHoursSeconds = 24 * hourSeconds

/** A terminal and its store. Instants are milliseconds since 1970. */
export type Silence = {
  lastReceivedAt: number
  intervalSeconds: number | null
  /** The store's open time without our own outages. */
  open: OpenTime
  hasHours: boolean
  /** When the store closes for good. Infinity if it does not. */
  closesAt: number
}

/** From `at` on, a terminal that stays silent has this state. */
export type Step = { at: number; state: Exclude<OnlineState, "online"> }

/**
 * The states of a terminal that stays silent after its last heartbeat, in order. Only open time counts as
 * silence. From the day on which its store closes for good, its state is unknown.
 */
export function silencePlan(terminal: Silence): Step[] {
  const { lastReceivedAt, open, hasHours, closesAt } = terminal
  const interval = terminal.intervalSeconds ?? defaultIntervalSeconds
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
    open,
    lastReceivedAt,
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

/** Seconds of silence in open time. */
export const silentSeconds = ({ open, lastReceivedAt }: Silence, now: number): number =>
  openSecondsBetween(open, lastReceivedAt, now)
