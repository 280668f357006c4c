import type { Db } from "@/lib/base/db/transaction"
import type { Evaluated } from "@/lib/insight/flags/evaluate-terminals"
import { isEvaluated, type TerminalFacts } from "@/lib/insight/flags/facts"
import { outcomeOf } from "@/lib/insight/flags/remote-outcome"
import {
  endActions,
  insertFixed,
  insertResults,
  type Ended,
  type PendingRow,
} from "@/lib/insight/flags/remote-sql"

type Given = Evaluated & { facts: readonly TerminalFacts[]; pending: readonly PendingRow[]; now: number }

/**
 * Which actions at evaluated terminals have ended. A flag that one has fixed closes at once, and a terminal
 * is looked at again when one must have helped. During maintenance nothing is said of them.
 */
export function judgeRemote({ changed, looks, facts, pending, now }: Given): Evaluated & { ended: Ended[] } {
  const flags = new Map(changed.map((flag) => [flag.id, flag]))
  const evaluated = new Map(
    facts.flatMap((one, i) => (looks[i]?.mutedUntil === null ? [[one.terminalId, one] as const] : [])),
  )
  const ended = pending.flatMap((row): Ended[] => {
    const terminal = evaluated.get(row.terminal_id)
    if (!terminal) return []
    const flag = flags.get(row.flag_id)
    const isGone = row.is_closed || flag?.status === "closed" || (flag?.clearRuns ?? 0) > 0
    // Where no rule applies any more, nothing has helped.
    const lastBeatAt = isEvaluated(terminal, now) ? terminal.lastBeatAt : null
    const times = { askedAt: row.asked_at.getTime(), dueAt: row.due_at.getTime() }
    const outcome = outcomeOf({ state: row.state, ...times }, { isGone, lastBeatAt, now })
    return outcome ? [{ ...row, outcome }] : []
  })
  const fixed = new Set(ended.flatMap((row) => (row.outcome === "helped" ? [row.flag_id] : [])))
  const dueOf = new Map(
    pending
      .filter((row) => evaluated.has(row.terminal_id) && ended.every(({ id }) => id !== row.id))
      .map((row) => [row.terminal_id, row.due_at.getTime()]),
  )
  return {
    ended,
    changed: changed.map((flag) =>
      fixed.has(flag.id ?? 0) ? { ...flag, status: "closed", closedAt: now } : flag,
    ),
    looks: looks.map((look) => {
      const due = dueOf.get(look.terminalId)
      return due === undefined ? look : { ...look, nextLookAt: Math.min(look.nextLookAt ?? due, due) }
    }),
  }
}

type Kept = { orgId: string; at: Date; ended: readonly Ended[] }

/** Keeps how actions ended, in the flags' history too. What has helped is a finding. */
export async function keepEnded(db: Db, kept: Kept): Promise<void> {
  if (kept.ended.length === 0) return
  const written = new Set((await endActions(db, kept)).map(({ id }) => id))
  const results = { ...kept, ended: kept.ended.filter(({ id }) => written.has(id)) }
  await insertResults(db, results, "Tillwatch")
  await insertFixed(db, results)
}
