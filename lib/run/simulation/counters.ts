import { DateTime } from "luxon"
import { lostReads, networkErrorsPerHour } from "@/lib/run/simulation/faults"
import { demoZone, type DemoTerminal } from "@/lib/run/simulation/fleet"

const dayMs = 24 * 3_600_000
/** All counters are 0 at this instant. */
const epoch = Date.parse("2025-01-01T00:00:00+08:00")
const restartEveryMs = 7 * dayMs

/** Share of a day's sales made so far, by the share of opening hours that has passed. */
function shareOfDay(share: number): number {
  const x = Math.min(1, Math.max(0, share))
  return x <= 0.5 ? 2 * x * x : 1 - 2 * (1 - x) ** 2
}

/** A terminal's counters at an instant. They depend only on the time and never decrease. */
export function countersOf(terminal: DemoTerminal, at: number, startedAt: number) {
  const { opens, closes, salesPerDay } = terminal.store
  const local = DateTime.fromMillis(at, { zone: demoZone })
  const hour = local.hour + local.minute / 60
  const tradingDays = Math.floor((at - epoch) / dayMs) + shareOfDay((hour - opens) / (closes - opens))
  const perDay = salesPerDay * terminalShare
  const lost = lostReads(terminal, at, startedAt)
  const reads = (share: number) => Math.floor(perDay * share * tradingDays)
  const failures = (share: number, rate: number, lostDays: number) =>
    Math.floor(perDay * share * (rate * tradingDays + lostDays))
  return {
    uptimeSeconds: Math.floor(((at - epoch) % restartEveryMs) / 1000),
    reboots: Math.floor((at - epoch) / restartEveryMs),
    networkErrors: Math.floor(((at - epoch) / 3_600_000) * networkErrorsPerHour(terminal)),
    printerLines: reads(1) * 24,
    chipReads: reads(0.3),
    chipFailures: failures(0.3, 0.012, lost.chip),
    tapReads: reads(0.62),
    tapFailures: failures(0.62, 0.01, lost.contactless),
    swipeReads: reads(0.03),
    swipeFailures: failures(0.03, 0.04, 0),
  }
}

/** The share of a store's daily sales that goes to one terminal. */
export const terminalShare = 0.6
