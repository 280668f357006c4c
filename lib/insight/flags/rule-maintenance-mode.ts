import { instantsAfter } from "@/lib/fleet/stores/open-time"
import type { TerminalFacts } from "@/lib/insight/flags/facts"
import type { Rule } from "@/lib/insight/flags/rule"

const hourSeconds = 3600
/** Maintenance takes less of the opening hours. Without known hours a whole day must pass. */
const forgottenAfterSeconds = 4 * hourSeconds
const forgottenWithoutHoursSeconds = 24 * hourSeconds

const forgottenAt = ({ maintenanceSince, open, hasHours }: TerminalFacts): number =>
  maintenanceSince === null
    ? Infinity
    : (instantsAfter(open, maintenanceSince, [
        hasHours ? forgottenAfterSeconds : forgottenWithoutHoursSeconds,
      ])[0] ?? Infinity)

/** The terminal has been in maintenance mode for so long that somebody has forgotten it. */
export const maintenanceMode: Rule = {
  name: "maintenance_mode",
  evaluate: (terminal, { clock }) => {
    const { maintenanceSince: since } = terminal
    if (since === null || forgottenAt(terminal) > clock.now) return null
    const reason = { code: "maintenance_mode" as const, since: new Date(since).toISOString() }
    return { kind: "maintenance", observedAt: since, dueAt: null, reasons: [reason] }
  },
  changesAt: (terminal) => [forgottenAt(terminal)],
  hasRecovered: ({ mode }) => mode !== "maintenance",
}
