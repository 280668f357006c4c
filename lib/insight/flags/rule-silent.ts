import type { TerminalFacts } from "@/lib/insight/flags/facts"
import { hourMs, type Rule } from "@/lib/insight/flags/rule"
import type { Reason } from "@/lib/insight/flags/schemas"

const normalGapsToRecover = 3

/** Whether heartbeats come at the usual interval again; always true without an open flag. */
export const beatsNormally = ({ normalGaps }: TerminalFacts): boolean => normalGaps >= normalGapsToRecover

/** While its whole store is silent, which is an incident, it is looked at again after so long. */
const siteAgainMs = hourMs / 6

/** The terminal is offline, and not because its whole store is. */
export const silent: Rule = {
  name: "silent",
  evaluate: (terminal) => {
    if (terminal.onlineState !== "offline" || terminal.lastBeatAt === null) return null
    if (terminal.isSiteSilent) return null
    const seconds = terminal.silentSeconds
    const common = {
      lastBeatAt: new Date(terminal.lastBeatAt).toISOString(),
      intervalMinutes: Math.round(terminal.intervalSeconds / 60),
    }
    const reason: Reason = terminal.hasHours
      ? { code: "silent", ...common, openMinutes: Math.floor(seconds / 60) }
      : { code: "silent_unknown_hours", ...common, hours: Math.floor(seconds / 3600) }
    return { kind: "maintenance", observedAt: terminal.lastBeatAt, dueAt: null, reasons: [reason] }
  },
  // How long the silence has lasted is shown, and need not be exact to the minute.
  changesAt: ({ onlineState, isSiteSilent }, { clock }) =>
    onlineState === "offline" ? [clock.now + (isSiteSilent ? siteAgainMs : hourMs)] : [],
  hasRecovered: (terminal) =>
    terminal.onlineState !== "unknown" && !terminal.isSiteSilent && beatsNormally(terminal),
}
