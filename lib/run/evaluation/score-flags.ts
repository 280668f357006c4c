import { quantile } from "@/lib/base/statistics/quantile"
import {
  healthyTerminals,
  impacts,
  isScorable,
  trueFaults,
  type Impact,
  type TrueFault,
} from "@/lib/run/evaluation/truth"
import type { Run } from "@/lib/run/simulation/world/run"

/** A terminal that a method called broken from a day on. */
export type Alert = { terminal: number; openedOn: number }
export type FlagScore = {
  flags: number
  rightFlags: number
  faults: number
  found: number
  foundByImpact: Record<Impact, { faults: number; found: number }>
  delays: number[]
  falseFlags: number
  healthyWeeks: number
  /** Flags on terminals that had nothing but a bad release. */
  releaseTickets: number
}

/** A fault that was repaired may still be in the sums of the last days. */
const afterRepair = 3

export function scoreFlags(run: Run, alerts: readonly Alert[]): FlagScore {
  const { burnIn, days } = run.parameters
  const counted = alerts.filter(({ openedOn }) => openedOn >= burnIn)
  const faults = new Map(trueFaults(run).map((fault) => [fault.terminal, fault]))
  const healthy = healthyTerminals(run)
  const isActive = ({ openedOn }: Alert, fault: TrueFault | undefined) =>
    fault !== undefined && openedOn >= Math.floor(fault.from) && openedOn <= fault.to + afterRepair
  const hasRelease = ({ terminal, openedOn }: Alert) =>
    run.troubles.badReleases.some(({ installed }) => (installed.get(terminal) ?? days) <= openedOn)
  const isOther = ({ terminal, openedOn }: Alert) =>
    run.troubles.faults.some(
      (one) => one.terminal === terminal && one.from <= openedOn && one.to + afterRepair >= openedOn,
    )
  const right = counted.filter(
    (alert) => isActive(alert, faults.get(alert.terminal)) || hasRelease(alert) || isOther(alert),
  )
  const scorable = [...faults.values()].filter((fault) => isScorable(run, fault))
  const first = new Map<number, number>()
  for (const alert of counted)
    if (isActive(alert, faults.get(alert.terminal)))
      first.set(alert.terminal, Math.min(first.get(alert.terminal) ?? days, alert.openedOn))
  const found = scorable.filter(({ terminal }) => first.has(terminal))
  const byImpact = (impact: Impact) => ({
    faults: scorable.filter((fault) => fault.impact === impact).length,
    found: found.filter((fault) => fault.impact === impact).length,
  })
  return {
    flags: counted.length,
    rightFlags: right.length,
    faults: scorable.length,
    found: found.length,
    foundByImpact: { high: byImpact("high"), middle: byImpact("middle"), low: byImpact("low") },
    delays: found.map(({ terminal, actionable }) => Math.max(0, (first.get(terminal) ?? 0) - actionable)),
    falseFlags: counted.filter(({ terminal }) => healthy.has(terminal)).length,
    healthyWeeks: (healthy.size * (days - burnIn)) / 7,
    releaseTickets: counted.filter((alert) => hasRelease(alert) && !faults.has(alert.terminal)).length,
  }
}

/** The scores of several runs together. */
export const addScores = (scores: readonly FlagScore[]): FlagScore => {
  const total = (of: (score: FlagScore) => number) => scores.reduce((sum, score) => sum + of(score), 0)
  const byImpact = (impact: Impact) => ({
    faults: total((score) => score.foundByImpact[impact].faults),
    found: total((score) => score.foundByImpact[impact].found),
  })
  return {
    flags: total(({ flags }) => flags),
    rightFlags: total(({ rightFlags }) => rightFlags),
    faults: total(({ faults }) => faults),
    found: total(({ found }) => found),
    foundByImpact: { high: byImpact("high"), middle: byImpact("middle"), low: byImpact("low") },
    delays: scores.flatMap(({ delays }) => delays),
    falseFlags: total(({ falseFlags }) => falseFlags),
    healthyWeeks: total(({ healthyWeeks }) => healthyWeeks),
    releaseTickets: total(({ releaseTickets }) => releaseTickets),
  }
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** The figures of a score, null where nothing could be counted. */
export const figuresOf = (score: FlagScore) => ({
  precision: share(score.rightFlags, score.flags),
  recall: share(score.found, score.faults),
  recallByImpact: impacts.map((impact) =>
    share(score.foundByImpact[impact].found, score.foundByImpact[impact].faults),
  ),
  medianDelay: quantile(score.delays, 0.5),
  delayOfNineInTen: quantile(score.delays, 0.9),
  falsePerThousandWeeks: share(1000 * score.falseFlags, score.healthyWeeks),
})
