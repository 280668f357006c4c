import { groupBy } from "@/lib/base/group-by"
import { quantile } from "@/lib/base/statistics/quantile"
import { impacts, type Impact } from "@/lib/run/simulation/world/impact"

// Terminals are numbers here, and days are counted from the first one; a fraction is a part of a day.

/** Something wrong with one terminal. */
export type Fault = {
  terminal: number
  cls: string
  from: number
  to: number
  /** From when it is worth a visit. */
  actionable: number
  /** Null where nobody knows. */
  impact: Impact | null
  /** Whether a method of failed sales or of silence could find it. */
  isFindable: boolean
}
/** What was true of a fleet, as far as flags are concerned. */
export type Facts = {
  burnIn: number
  days: number
  faults: readonly Fault[]
  healthy: ReadonlySet<number>
  /** Whether the terminal runs a bad release on a day. */
  hasBadRelease: (terminal: number, day: number) => boolean
}
/** A terminal that a method called broken from a day on; `isSilence` because it sends nothing. */
export type Alert = { terminal: number; openedOn: number; isSilence?: boolean }

type Found = { faults: number; found: number }
export type FlagScore = {
  flags: number
  rightFlags: number
  faults: number
  found: number
  foundByImpact: Record<Impact, Found>
  foundByClass: Record<string, Found>
  delays: number[]
  falseFlags: number
  healthyWeeks: number
  /** Flags on terminals that had nothing but a bad release. */
  releaseTickets: number
}

/** A fault that was repaired may still be in the sums of the last days. */
const afterRepair = 3
const fewestDays = 7
/** What silence is a sign of. */
const silentClasses: readonly string[] = ["dead", "comms"]

/** A fault that a method should find: it is worth a visit for a week at least, after the burn-in. */
export const isScorable = ({ burnIn, days }: Pick<Facts, "burnIn" | "days">, fault: Fault): boolean =>
  fault.isFindable && fault.actionable >= burnIn && Math.min(days, fault.to) - fault.actionable >= fewestDays

const isOf = ({ openedOn, isSilence = false }: Alert, { from, to, cls }: Fault): boolean =>
  openedOn >= Math.floor(from) && openedOn <= to + afterRepair && (!isSilence || silentClasses.includes(cls))

export function scoreFlags(facts: Facts, alerts: readonly Alert[]): FlagScore {
  const { burnIn, days, healthy, hasBadRelease } = facts
  const counted = alerts.filter(({ openedOn }) => openedOn >= burnIn)
  const faultsOf = groupBy(facts.faults, ({ terminal }) => terminal)
  const isRight = (alert: Alert) => faultsOf.get(alert.terminal)?.some((fault) => isOf(alert, fault)) ?? false
  const isRelease = ({ terminal, openedOn }: Alert) => hasBadRelease(terminal, openedOn)
  const alertsOf = groupBy(counted, ({ terminal }) => terminal)
  const scored = facts.faults
    .filter((fault) => isScorable(facts, fault))
    .map((fault) => {
      const own = (alertsOf.get(fault.terminal) ?? []).filter((alert) => isOf(alert, fault))
      return { ...fault, foundOn: own.length > 0 ? Math.min(...own.map(({ openedOn }) => openedOn)) : null }
    })
  const count = (some: typeof scored): Found => ({
    faults: some.length,
    found: some.filter(({ foundOn }) => foundOn !== null).length,
  })
  const byImpact = (impact: Impact) => count(scored.filter((fault) => fault.impact === impact))
  return {
    flags: counted.length,
    rightFlags: counted.filter((alert) => isRight(alert) || isRelease(alert)).length,
    ...count(scored),
    foundByImpact: { high: byImpact("high"), middle: byImpact("middle"), low: byImpact("low") },
    foundByClass: Object.fromEntries(
      [...groupBy(scored, ({ cls }) => cls)].map(([cls, some]) => [cls, count(some)]),
    ),
    delays: scored.flatMap(({ foundOn, actionable }) =>
      foundOn === null ? [] : Math.max(0, foundOn - actionable),
    ),
    falseFlags: counted.filter(({ terminal }) => healthy.has(terminal)).length,
    healthyWeeks: (healthy.size * (days - burnIn)) / 7,
    releaseTickets: counted.filter((alert) => isRelease(alert) && !faultsOf.has(alert.terminal)).length,
  }
}

/** The scores of several runs together. */
export const addScores = (scores: readonly FlagScore[]): FlagScore => {
  const total = (of: (score: FlagScore) => number) => scores.reduce((sum, score) => sum + of(score), 0)
  const found = (of: (score: FlagScore) => Found | undefined): Found => ({
    faults: total((score) => of(score)?.faults ?? 0),
    found: total((score) => of(score)?.found ?? 0),
  })
  const byImpact = (impact: Impact) => found((score) => score.foundByImpact[impact])
  const classes = [...new Set(scores.flatMap(({ foundByClass }) => Object.keys(foundByClass)))]
  return {
    flags: total(({ flags }) => flags),
    rightFlags: total(({ rightFlags }) => rightFlags),
    ...found((score) => score),
    foundByImpact: { high: byImpact("high"), middle: byImpact("middle"), low: byImpact("low") },
    foundByClass: Object.fromEntries(
      classes.map((cls) => [cls, found(({ foundByClass }) => foundByClass[cls])]),
    ),
    delays: scores.flatMap(({ delays }) => delays),
    falseFlags: total(({ falseFlags }) => falseFlags),
    healthyWeeks: total(({ healthyWeeks }) => healthyWeeks),
    releaseTickets: total(({ releaseTickets }) => releaseTickets),
  }
}

export const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

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
