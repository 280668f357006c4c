import type { Change, Effect, Tally } from "@/lib/insight/rollouts/schemas"
import type { Advice } from "@/lib/insight/rollouts/words"

/** Of 99 % of a normal distribution: a rollout is looked at on many days. */
const sure = 2.576
/** Groups of terminals change a little differently even if nothing is wrong. */
const usualVariance = 0.03
/** With fewer sales on any side nothing is said. */
const fewestSales = 100
/** A ratio that must be ruled out before the rollout goes on. */
const worrying = 2

const add = (a: Tally, b: Tally): Tally => ({
  attempts: a.attempts + b.attempts,
  failures: a.failures + b.failures,
})
const addChanges = (a: Change, b: Change): Change => ({
  before: add(a.before, b.before),
  after: add(a.after, b.after),
})

export type Sums = Pick<Effect, "updated" | "others">
const nothing: Change = { before: { attempts: 0, failures: 0 }, after: { attempts: 0, failures: 0 } }

export const sumOf = (all: readonly Sums[]): Sums =>
  all.reduce<Sums>(
    (sum, one) => ({
      updated: addChanges(sum.updated, one.updated),
      others: addChanges(sum.others, one.others),
    }),
    { updated: nothing, others: nothing },
  )

const logRate = ({ attempts, failures }: Tally) => Math.log((failures + 0.5) / attempts)
const logChange = ({ before, after }: Change) => logRate(after) - logRate(before)

/** Difference in differences of the logarithms of failure rates. */
export function effectOf(sums: Sums): Effect {
  const tallies = [sums.updated, sums.others].flatMap(({ before, after }) => [before, after])
  if (tallies.some(({ attempts }) => attempts < fewestSales)) return { ...sums, ratio: null, interval: null }
  const log = logChange(sums.updated) - logChange(sums.others)
  const variance = tallies.reduce((sum, { failures }) => sum + 1 / (failures + 0.5), usualVariance)
  const margin = sure * Math.sqrt(variance)
  return { ...sums, ratio: Math.exp(log), interval: [Math.exp(log - margin), Math.exp(log + margin)] }
}

/** What to do with the next ring. */
export function adviceOf({
  effects,
  hasIncident,
}: {
  effects: readonly Effect[]
  hasIncident: boolean
}): Advice {
  const intervals = effects.flatMap(({ interval }) => (interval ? [interval] : []))
  if (hasIncident || intervals.some(([low]) => low > 1)) return "pause"
  return intervals.some(([, high]) => high < worrying) ? "go_on" : "wait"
}
