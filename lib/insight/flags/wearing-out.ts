import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Rule } from "@/lib/insight/flags/rule"
import type { WearRule } from "@/lib/insight/flags/words"
import { directionOf, type KeptTrend } from "@/lib/insight/trends/signals"
import { isDueLater, isDueSoon } from "@/lib/insight/trends/trend"
import { dayOfWeeks, weeksAt } from "@/lib/insight/trends/weeks"
import type { Signal } from "@/lib/insight/trends/words"

/** A value that is so much better than its trend says that the part was replaced, or the storage freed. */
const clearlyBetter = 10

type Part = {
  name: WearRule
  signal: Signal
  /** What the terminal reports now, in per cent, where it does. Beyond the limit another rule speaks. */
  current?: (terminal: TerminalFacts) => number | null
}

/** A rule for a part that reaches its limit soon. */
export function wearingOut({ name, signal, current = () => null }: Part): Rule {
  const sign = directionOf(signal) === "falling" ? 1 : -1
  const trendOf = (terminal: TerminalFacts): KeptTrend | null => {
    const trend = terminal.trends[signal]
    const value = current(terminal)
    if (!trend || value === null) return trend ?? null
    const isSettled = (trend.limit - value) * sign >= 0 || (value - trend.level) * sign >= clearlyBetter
    return isSettled ? null : trend
  }
  return {
    name,
    evaluate: (terminal, { clock }) => {
      const trend = trendOf(terminal)
      if (!trend || !isDueSoon(trend, weeksAt(clock.now))) return null
      const { level, limit, due, early, late } = trend
      const reason = {
        code: "wears_out" as const,
        signal,
        level: Math.round(level * 10) / 10,
        limit,
        on: dayOfWeeks(due),
        early: early === null ? null : dayOfWeeks(early),
        late: late === null ? null : dayOfWeeks(late),
      }
      return { kind: "maintenance", observedAt: clock.now, dueAt: null, reasons: [reason] }
    },
    hasRecovered: (terminal, { clock }) => {
      const trend = trendOf(terminal)
      return !trend || isDueLater(trend, weeksAt(clock.now))
    },
  }
}
