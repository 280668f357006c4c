import type { Alert } from "@/lib/run/evaluation/score-flags"
import type { Arrived } from "@/lib/run/simulation/world/cells"

// What people do without an engine: fixed limits and z scores over a week. Each gets presentments, so that
// retries do not count against it, and the codes where it says so.

const weekDays = 7
const fewestSales = 30
/** An alert closes after this many clear days. */
const clearDays = 3
const fewestDaysOfHistory = 14

/** A terminal's day: sales, all failures, failures with device codes, errors of readers and their reads. */
export type NaiveDay = { sales: number; failed: number; technical: number; errors: number; reads: number }
type Day = NaiveDay
const nothing: Day = { sales: 0, failed: 0, technical: 0, errors: 0, reads: 0 }

const sumOf = (days: readonly Day[]): Day => {
  const sum = { ...nothing }
  for (const { sales, failed, technical, errors, reads } of days) {
    sum.sales += sales
    sum.failed += failed
    sum.technical += technical
    sum.errors += errors
    sum.reads += reads
  }
  return sum
}

type Fleet = { failed: number; technical: number; errors: number }
type Rule = (week: Day, fleet: Fleet, before: readonly Day[], today: Day) => boolean

const z = (observed: number, count: number, rate: number): number =>
  count === 0 ? 0 : (observed - count * rate) / Math.sqrt(Math.max(1e-9, count * rate * (1 - rate)))

function isFarFromOwn(before: readonly Day[], today: Day): boolean {
  const rates = before.filter(({ sales }) => sales > 0).map(({ sales, failed }) => failed / sales)
  if (rates.length < fewestDaysOfHistory || today.sales === 0) return false
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
  const variance = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / rates.length
  return today.failed / today.sales > mean + 3 * Math.sqrt(variance)
}

const byCodes =
  (limit: number): Rule =>
  (week, fleet) =>
    z(week.technical, week.sales, fleet.technical) > limit
const withCounters =
  (limit: number): Rule =>
  (week, fleet) =>
    byCodes(limit)(week, fleet, [], nothing) || z(week.errors, week.reads, fleet.errors) > limit

export const naiveRules = {
  "failure rate > 5 %": (week) => week.failed > 0.05 * week.sales,
  "failure rate > 10 %": (week) => week.failed > 0.1 * week.sales,
  "z > 3 against the fleet": (week, fleet) => z(week.failed, week.sales, fleet.failed) > 3,
  "own history: mean + 3 sigma": (_week, _fleet, before, today) => isFarFromOwn(before, today),
  "codes: technical rate > 5 %": (week) => week.technical > 0.05 * week.sales,
  "codes: z > 3": byCodes(3),
  "codes: z > 6": byCodes(6),
  "codes: z > 10": byCodes(10),
  "codes and counters: z > 3": withCounters(3),
  "codes and counters: z > 6": withCounters(6),
  "codes and counters: z > 10": withCounters(10),
} as const satisfies Record<string, Rule>
export type NaiveRule = keyof typeof naiveRules
export const naiveNames = Object.keys(naiveRules).filter((name): name is NaiveRule => name in naiveRules)

/** Plays all naive rules day by day. */
export class Naive {
  readonly alerts: Record<NaiveRule, Alert[]>
  readonly #days: Day[][]
  /** By rule and terminal: days since it was last true, or null while it is closed. */
  readonly #open: Map<NaiveRule, (number | null)[]>

  constructor(terminals: number) {
    this.alerts = Object.fromEntries(naiveNames.map((name) => [name, []])) as unknown as Record<
      NaiveRule,
      Alert[]
    >
    this.#days = Array.from({ length: terminals }, () => [])
    this.#open = new Map(naiveNames.map((name) => [name, Array.from({ length: terminals }, () => null)]))
  }

  /** Adds a day of all terminals, in the order of their numbers. */
  add(day: number, today: readonly NaiveDay[]): void {
    for (const [terminal, own] of today.entries()) this.#days[terminal]?.push(own)
    const weeks = this.#days.map((days) => sumOf(days.slice(-weekDays)))
    const all = sumOf(weeks)
    const fleet = {
      failed: all.failed / Math.max(1, all.sales),
      technical: all.technical / Math.max(1, all.sales),
      errors: all.errors / Math.max(1, all.reads),
    }
    for (const [terminal, week] of weeks.entries()) this.#judge(day, terminal, week, fleet)
  }

  #judge(day: number, terminal: number, week: Day, fleet: Fleet): void {
    const days = this.#days[terminal] ?? []
    const before = days.slice(-1 - 4 * weekDays, -1)
    for (const name of naiveNames) {
      const rule: Rule = naiveRules[name]
      const isBad = week.sales >= fewestSales && rule(week, fleet, before, days.at(-1) ?? nothing)
      const open = this.#open.get(name)
      const since = open?.[terminal] ?? null
      if (isBad && since === null) this.alerts[name].push({ terminal, openedOn: day })
      if (open) open[terminal] = isBad ? 0 : since === null || since + 1 >= clearDays ? null : since + 1
    }
  }
}

/** A simulated day, as it arrived. */
export function naiveDays({ sums }: Arrived, terminals: number): NaiveDay[] {
  const today = Array.from({ length: terminals }, () => ({ ...nothing }))
  for (const { terminal, cells, counted } of sums) {
    const own = today[terminal]
    if (!own) continue
    for (const { presentments, failures } of cells) {
      own.sales += presentments
      const { tech = 0, chip = 0, contactless = 0, magstripe = 0, issuer = 0, user = 0 } = failures
      own.technical += tech + chip + contactless + magstripe
      own.failed += tech + chip + contactless + magstripe + issuer + user
    }
    own.errors += (counted?.errors ?? []).reduce((sum, count) => sum + count, 0)
    own.reads += (counted?.reads ?? []).reduce((sum, count) => sum + count, 0)
  }
  return today
}
