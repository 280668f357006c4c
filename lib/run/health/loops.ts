import { detectEverySeconds } from "@/lib/insight/flags/words"

export type Pace = {
  /** Of all workers together, a round begins so long after the last one at the earliest. */
  everyMs?: number
  /** Pause after a round without work. */
  idleMs: number
  /** How long after its last round a loop counts as stopped: its pause and the time of a long round. */
  stoppedMs: number
}

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const detectEveryMs = detectEverySeconds * second

/** All loops of the worker and when each runs. The worker and the check of its health read it. */
export const paces = {
  fold: { idleMs: second, stoppedMs: minute },
  // A quarter of the time within which a state changes after its deadline: a round itself also takes time.
  states: { idleMs: second / 2, stoppedMs: minute },
  // Less than the pause, so that a single worker does not miss every other round.
  detect: { everyMs: detectEveryMs - 5 * second, idleMs: detectEveryMs, stoppedMs: 5 * minute },
  standings: { idleMs: 15 * second, stoppedMs: hour },
  verdicts: { idleMs: 20 * second, stoppedMs: hour },
  hours: { everyMs: 55 * minute, idleMs: 5 * minute, stoppedMs: 2 * hour },
  nights: { idleMs: minute, stoppedMs: 3 * hour },
  wear: { everyMs: 55 * minute, idleMs: 5 * minute, stoppedMs: 3 * hour },
  weeks: { everyMs: 23.5 * hour, idleMs: 10 * minute, stoppedMs: 3 * hour },
  leagues: { idleMs: 5 * minute, stoppedMs: 3 * hour },
  rollouts: { idleMs: 15 * minute, stoppedMs: 3 * hour },
  quality: { idleMs: 15 * minute, stoppedMs: 3 * hour },
  reports: { idleMs: minute, stoppedMs: 3 * hour },
  statistics: { idleMs: 5 * second, stoppedMs: hour },
  partitions: { idleMs: hour, stoppedMs: 125 * minute },
  retention: { idleMs: hour, stoppedMs: 3 * hour },
  imports: { idleMs: minute / 2, stoppedMs: 5 * minute },
} as const satisfies Record<string, Pace>

export type LoopName = keyof typeof paces

const stoppedAfter: ReadonlyMap<string, number> = new Map(
  Object.entries(paces).map(([name, { stoppedMs }]) => [name, stoppedMs]),
)

/** Whether a loop whose last round ended so long ago has stopped. Former loops have no rounds any more. */
export const hasStopped = (name: string, secondsAgo: number): boolean =>
  secondsAgo * second > (stoppedAfter.get(name) ?? Number.POSITIVE_INFINITY)
