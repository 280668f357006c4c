import { closingAfter } from "@/lib/fleet/stores/closing"
import type { Calendar } from "@/lib/fleet/stores/opening-hours"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { hourMs, type Rule } from "@/lib/insight/flags/rule"

/** Many terminals settle by themselves in the night. */
const graceMs = 8 * hourMs
/** Not every heartbeat need name the batch. */
const namedWithinMs = 2 * hourMs
/** A terminal that sends heartbeats names the batch soon after it is due. */
const soonMs = hourMs / 12

/** When a batch must be closed. */
export const batchDueAt = (calendar: Calendar, openedAt: number): number =>
  closingAfter(calendar, openedAt) + graceMs

/** Whether the last heartbeats still name the batch. A terminal without one names none. */
const isOpen = ({ batch, lastBeatAt }: TerminalFacts): boolean =>
  batch !== null &&
  batch.namedAt !== null &&
  lastBeatAt !== null &&
  batch.namedAt > lastBeatAt - namedWithinMs

/** The batch of a business day is still open long after its store has closed. */
export const dayNotClosed: Rule = {
  name: "day_not_closed",
  evaluate: (terminal) => {
    const { batch } = terminal
    if (batch === null || batch.namedAt === null || batch.namedAt < batch.dueAt || !isOpen(terminal))
      return null
    const openedAt = new Date(batch.openedAt).toISOString()
    return {
      kind: "maintenance",
      observedAt: batch.dueAt,
      dueAt: null,
      reasons: [{ code: "day_not_closed", openedAt }],
    }
  },
  changesAt: (terminal, { clock: { now } }) => {
    const { batch } = terminal
    if (batch === null) return []
    if (batch.dueAt > now) return [batch.dueAt]
    if (!isOpen(terminal)) return []
    const isAwaited = (batch.namedAt ?? 0) < batch.dueAt && now < batch.dueAt + namedWithinMs
    return [now + (isAwaited ? soonMs : hourMs)]
  },
}
