import { Busy } from "@/lib/base/db/busy"
import { isLateAnswer, isUnavailable } from "@/lib/base/db/failures"
import { describe } from "@/lib/base/log/describe"
import { log } from "@/lib/base/log/log"
import { metrics } from "@/lib/base/metrics"

/** An organisation's work in steps, with the time that a step may wait for another process. */
type Work<T> = (orgId: string, mayWaitMs: number) => AsyncIterator<T, unknown>

type Turns<T> = {
  loop: string
  orgIds: readonly string[]
  work: Work<T>
  /** How long the round goes on in all with organisations at which another process is at work. */
  patienceMs?: number
}

/** A usual round of the fold is shorter. */
const longestWaitMs = 500
const longestRestMs = 60_000

/** When the work of an organisation that failed is tried again, by loop and organisation. */
const resting = new Map<string, { failures: number; until: number }>()

/** The database is away, so nothing can be said of the organisation. */
const isAway = (error: unknown) => isUnavailable(error) && !isLateAnswer(error)

type Step<T> = { kind: "done" | "busy" } | { kind: "more"; result: T }

/**
 * Does the work of organisations in turn, a step each, until none has more. So no organisation waits for all
 * work of another. One that fails is logged, ends its own work, and rests longer after each failure. One that
 * would wait for another process is tried again at the end, within a short time in all.
 */
export async function inTurns<T>({ loop, orgIds, work, patienceMs = 0 }: Turns<T>): Promise<T[]> {
  const results: T[] = []
  const take = async (orgId: string, steps: AsyncIterator<T, unknown>): Promise<Step<T>["kind"]> => {
    const step = await stepOf({ loop, orgId, steps })
    if (step.kind === "more") results.push(step.result)
    return step.kind
  }
  const busy: string[] = []
  let waiting = orgIds
    .filter((orgId) => !isResting(loop, orgId))
    .map((orgId) => ({ orgId, steps: work(orgId, 0) }))
  while (waiting.length > 0) {
    const next: typeof waiting = []
    for (const one of waiting) {
      const kind = await take(one.orgId, one.steps)
      if (kind === "more") next.push(one)
      if (kind === "busy") busy.push(one.orgId)
    }
    waiting = next
  }
  const until = Date.now() + patienceMs
  for (const orgId of fromAnywhere(busy)) {
    const steps = work(orgId, longestWaitMs)
    while (Date.now() < until && (await take(orgId, steps)) === "more");
  }
  return results
}

/** Beginning at a random place, so that none is always the last. */
function fromAnywhere(list: string[]): string[] {
  const first = Math.floor(Math.random() * list.length)
  return [...list.slice(first), ...list.slice(0, first)]
}

const keyOf = (loop: string, orgId: string) => `${loop} ${orgId}`
const isResting = (loop: string, orgId: string) => (resting.get(keyOf(loop, orgId))?.until ?? 0) > Date.now()

type One<T> = { loop: string; orgId: string; steps: AsyncIterator<T, unknown> }

async function stepOf<T>({ loop, orgId, steps }: One<T>): Promise<Step<T>> {
  try {
    const step = await steps.next()
    resting.delete(keyOf(loop, orgId))
    return step.done ? { kind: "done" } : { kind: "more", result: step.value }
  } catch (error) {
    // Other locks than the fold's are not held for long, so waiting for one in vain is a failure.
    if (error instanceof Busy) return { kind: "busy" }
    if (isAway(error)) throw error
    rest({ loop, orgId, error })
    return { kind: "done" }
  }
}

function rest({ loop, orgId, error }: { loop: string; orgId: string; error: unknown }): void {
  const key = keyOf(loop, orgId)
  const failures = (resting.get(key)?.failures ?? 0) + 1
  const retryInMs = Math.min(longestRestMs, 1000 * 2 ** failures)
  resting.set(key, { failures, until: Date.now() + retryInMs })
  metrics.organisationFailures.inc({ loop })
  log.error({ loop, orgId, error: describe(error), retryInMs }, "the work of one organisation failed")
}
