import { signalDropAt } from "@/lib/fleet/terminals/wear"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Rule } from "@/lib/insight/flags/rule"
import type { Reason } from "@/lib/insight/flags/schemas"

/** How much weaker the signal is than before, beyond what others in the store lost as well. */
const ownDrop = ({ signal }: TerminalFacts): number =>
  signal === null ? 0 : signal.drop - Math.max(0, signal.others ?? 0)

/** The signal became weak here and not at the store's other terminals: the antenna. */
export const signalWeak: Rule = {
  name: "signal_weak",
  evaluate: (terminal, { clock }) => {
    const { signal } = terminal
    if (signal === null || ownDrop(terminal) < signalDropAt) return null
    const { level, drop, others, isAlone } = signal
    const reason: Reason = {
      code: "signal_weak",
      level: Math.round(level),
      drop: Math.round(drop),
      others: others === null ? null : Math.round(others),
    }
    const reasons: Reason[] = isAlone ? [reason, { code: "alone_in_store" }] : [reason]
    return { kind: "maintenance", observedAt: clock.now, dueAt: null, reasons }
  },
  hasRecovered: (terminal) => ownDrop(terminal) < signalDropAt / 2,
}
