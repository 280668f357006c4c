import { groupBy } from "@/lib/base/group-by"
import { Random } from "@/lib/run/simulation/random"
import { cardOf } from "@/lib/run/simulation/world/cards"
import { lognormal } from "@/lib/run/simulation/world/draws"
import { EffectsOfDay, isDead } from "@/lib/run/simulation/world/effects"
import { makeFleet, placedOn, type Fleet, type Store, type Terminal } from "@/lib/run/simulation/world/fleet"
import type { Parameters } from "@/lib/run/simulation/world/parameters"
import {
  salesOf,
  spreadOf,
  weekdayOf,
  type Sale,
  type TerminalDay,
  type Visit,
} from "@/lib/run/simulation/world/sales"
import { makeTroubles, type Troubles } from "@/lib/run/simulation/world/troubles"

export type Run = { parameters: Parameters; seed: number; fleet: Fleet; troubles: Troubles }

export function makeRun(parameters: Parameters, seed: number): Run {
  const fleet = makeFleet(parameters, seed)
  return { parameters, seed, fleet, troubles: makeTroubles(parameters, fleet, seed) }
}

const goesToNeighbour = 0.3
const latestVisitDays = 6
const sunday = 6

/** All terminals' days of a run, day by day and in the order of the fleet. Closed days are left out. */
export function* terminalDays({ parameters, seed, fleet, troubles }: Run): Generator<TerminalDay> {
  const effects = new EffectsOfDay(seed, troubles)
  const visits = new Visits(parameters, seed, fleet)
  const drift = fleet.terminals.map(() => [1, 1, 1])
  for (let day = 0; day < parameters.days; day += 1) {
    const random = new Random(seed, "day", day)
    const dayFactors = fleet.issuers.map(() => lognormal(random, parameters.issuerDeclines.daySigma))
    effects.begin(day)
    for (const one of fleet.terminals) {
      const terminal = placedOn(one, day)
      const own = drift[terminal.index] ?? []
      if (parameters.reads.driftSigma > 0)
        for (let k = 0; k < own.length; k += 1)
          own[k] = (own[k] ?? 1) * lognormal(random, parameters.reads.driftSigma)
      const found = effects.of(terminal, terminal.store)
      if (isDead(found, day) || !isOpen(parameters, terminal.store, day)) continue
      const made = salesOf(
        { parameters, seed, fleet, dayFactors },
        { terminal, day, effects: found, visits: visits.take(terminal.index, day), drift: own },
      )
      visits.plan(made)
      yield made
    }
  }
}

export const isOpen = (parameters: Parameters, store: Store, day: number): boolean =>
  day >= store.since && !(store.closedOnSundays && weekdayOf(parameters, day) === sunday)

/** After how many days a terminal's sales of a day arrive. */
export function lateness({ parameters, seed }: Run, terminal: number, day: number): number {
  const random = new Random(seed, "late", terminal, day)
  return random.chance(parameters.late) ? 1 + random.below(3) : 0
}

/** Customers whose card failed and who try another terminal. */
class Visits {
  readonly #parameters: Parameters
  readonly #seed: number
  readonly #fleet: Fleet
  readonly #ofStore: Map<Store, Terminal[]>
  readonly #planned = new Map<string, Visit[]>()

  constructor(parameters: Parameters, seed: number, fleet: Fleet) {
    this.#parameters = parameters
    this.#seed = seed
    this.#fleet = fleet
    this.#ofStore = groupBy(fleet.terminals, ({ store }) => store)
  }

  take(terminal: number, day: number): Visit[] {
    const key = `${day}/${terminal}`
    const visits = this.#planned.get(key) ?? []
    this.#planned.delete(key)
    return visits
  }

  plan({ terminal, day, sales }: TerminalDay): void {
    const random = new Random(this.#seed, "visits", terminal.index, day)
    const spread = spreadOf(this.#parameters.badCards.seenElsewhere, this.#parameters)
    for (const sale of sales)
      if (sale.mechanism === "bad card") {
        if (random.chance(spread)) this.#planBadCard(random, { terminal, day, sale })
      } else if (sale.mechanism === "reader" || sale.mechanism === "release") {
        if (random.chance(goesToNeighbour)) this.#planNeighbour(random, { terminal, day, sale })
      }
  }

  #planBadCard(
    random: Random,
    { terminal, day, sale }: { terminal: Terminal; day: number; sale: Sale },
  ): void {
    const other = random.below(this.#fleet.terminals.length)
    const later = 1 + random.below(latestVisitDays)
    if (other !== terminal.index)
      this.#add(other, day + later, {
        ...sale,
        card: this.#card(terminal, day, sale),
        place: null,
        isBad: true,
      })
  }

  #planNeighbour(
    random: Random,
    { terminal, day, sale }: { terminal: Terminal; day: number; sale: Sale },
  ): void {
    const neighbours = this.#ofStore.get(terminal.store) ?? []
    const other = neighbours[random.below(Math.max(1, neighbours.length))]
    if (!other || other.index === terminal.index) return
    // A neighbour earlier in the order has had its day already.
    const isLater = other.index > terminal.index
    const place = isLater ? Math.min(0.999, sale.place + 0.002) : null
    this.#add(other.index, isLater ? day : day + 1, {
      ...sale,
      card: this.#card(terminal, day, sale),
      place,
      isBad: false,
    })
  }

  #card(terminal: Terminal, day: number, sale: Sale): string {
    return cardOf({ terminal, day }, sale, this.#fleet.issuers)
  }

  #add(terminal: number, day: number, { card, issuer, entry, place, isBad }: Visit): void {
    const key = `${day}/${terminal}`
    const visits = this.#planned.get(key)
    if (visits) visits.push({ card, issuer, entry, place, isBad })
    else this.#planned.set(key, [{ card, issuer, entry, place, isBad }])
  }
}
