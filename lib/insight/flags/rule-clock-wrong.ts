import { clockDrift } from "@/lib/fleet/terminals/read/clock-drift"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { hourMs, type Rule } from "@/lib/insight/flags/rule"

/** One late message can look like a wrong clock, but not for hours. */
const wrongForMs = 3 * hourMs

const isWrongForLong = ({ clockWrongSince: since, lastBeatAt }: TerminalFacts): boolean =>
  since !== null && lastBeatAt !== null && lastBeatAt - since >= wrongForMs

/** The clock is minutes off. Sales are refused as expired, and receipts and settlement have wrong times. */
export const clockWrong: Rule = {
  name: "clock_wrong",
  evaluate: (terminal) => {
    const { clockWrongSince: since } = terminal
    const drift = clockDrift(terminal.clockOffsetMs)
    if (since === null || drift === null || !isWrongForLong(terminal)) return null
    const reason = { code: "clock_wrong" as const, ...drift }
    return { kind: "maintenance", observedAt: since, dueAt: null, reasons: [reason] }
  },
  // From then on only a heartbeat whose time is right changes something.
  changesAt: (terminal, { clock: { now } }) =>
    terminal.clockWrongSince === null || isWrongForLong(terminal)
      ? []
      : [Math.max(terminal.clockWrongSince + wrongForMs, now + hourMs / 4)],
  // Small offsets are not corrected, and are stored as 0.
  hasRecovered: ({ clockOffsetMs }) => clockOffsetMs === 0,
}
