import { spanAt } from "@/lib/fleet/maintenance/spans"
import { advance, keyOf, paused, quietKeyOf, type LiveFlag } from "@/lib/insight/flags/advance"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Context } from "@/lib/insight/flags/rule"
import { findingsOf, nextLookAt, rulesFor, subjectOf } from "@/lib/insight/flags/rules"

/** When a terminal is looked at again; null: not before something about it changes. */
export type Look = {
  terminalId: number
  nextLookAt: number | null
  isRecovering: boolean
  /** The end of the maintenance that goes on. */
  mutedUntil: number | null
}

/** The flags that change, and when each terminal is looked at again. */
export type Evaluated = { changed: LiveFlag[]; looks: Look[] }

/**
 * Evaluates terminals with their candidates and open flags. Quiet flags do not open. A terminal is recovering
 * while its `silent` flag waits for more heartbeats. During maintenance nothing is found and nothing clears.
 */
export function evaluateTerminals(
  terminals: TerminalFacts[],
  live: LiveFlag[],
  context: Context & { quiet: ReadonlySet<string> },
): Evaluated {
  const { quiet, clock } = context
  const { now } = clock
  const pauses = new Map(terminals.map((facts) => [facts.terminalId, spanAt(facts.maintenance, now)]))
  const isPaused = ({ terminalId }: { terminalId: number | null }) => Boolean(pauses.get(terminalId ?? 0))
  const looked = terminals.filter((facts) => !isPaused(facts))
  const flagged = new Set(live.map(keyOf))
  const notRecovered = new Set(looked.flatMap((facts) => unrecovered(facts, context, flagged)))
  return {
    changed: [
      ...live.filter(isPaused).flatMap((flag) => paused(flag, now)),
      ...advance({
        live: live.filter((flag) => !isPaused(flag)),
        findings: looked
          .flatMap((facts) => findingsOf(facts, context))
          .filter((one) => !quiet.has(quietKeyOf(one))),
        notRecovered,
        now,
      }),
    ],
    looks: terminals.map((facts) => ({
      terminalId: facts.terminalId,
      nextLookAt: pauses.get(facts.terminalId)?.to ?? nextLookAt(facts, context),
      mutedUntil: pauses.get(facts.terminalId)?.to ?? null,
      isRecovering: notRecovered.has(silentKey(facts)),
    })),
  }
}

const silentKey = (terminal: TerminalFacts) => keyOf({ rule: "silent", subject: subjectOf(terminal) })

/** The keys of its flags that stay open although their condition may be gone. */
const unrecovered = (terminal: TerminalFacts, context: Context, flagged: ReadonlySet<string>): string[] =>
  rulesFor(terminal, context).flatMap(({ name, hasRecovered }) => {
    const key = keyOf({ rule: name, subject: subjectOf(terminal) })
    return flagged.has(key) && hasRecovered?.(terminal, context) === false ? [key] : []
  })
