import { Random } from "@/lib/run/simulation/random"
import { geometric, indexOf, lognormal, poisson, runningShares } from "@/lib/run/simulation/world/draws"
import { isDead, type Effects } from "@/lib/run/simulation/world/effects"
import type { Fleet, Terminal } from "@/lib/run/simulation/world/fleet"
import { loggedAs, type Logged, type Mechanism } from "@/lib/run/simulation/world/logged"
import type { Parameters } from "@/lib/run/simulation/world/parameters"

/** One customer at one terminal. */
export type Sale = {
  /** Share of the day's opening hours. */
  place: number
  operator: number
  issuer: number
  entry: number
  /** Which sale of the terminal's day this is. */
  number: number
  /** A card that has been elsewhere; else `cardOf` tells it. */
  card: string | null
  mechanism: Mechanism | null
  logged: Logged | null
  /** Failed attempts that a bad card makes in one presentment. */
  attempts: number
}

/** A customer who comes with a known card: to a neighbouring terminal, or days later to another store. */
export type Visit = { card: string; issuer: number; entry: number; place: number | null; isBad: boolean }

export type TerminalDay = {
  terminal: Terminal
  day: number
  effects: Effects
  operators: [number, number]
  sales: Sale[]
}

type Context = { parameters: Parameters; seed: number; fleet: Fleet; dayFactors: number[] }

const testedShare = 0.85
const keysShare = 0.35
const pinShare = 0.1
const clockShare = 0.2

/** All sales of a terminal's day, in no order of time. */
export function salesOf(
  { parameters, seed, fleet, dayFactors }: Context,
  {
    terminal,
    day,
    effects,
    visits,
    drift,
  }: Pick<TerminalDay, "terminal" | "day" | "effects"> & {
    visits: Visit[]
    drift: ArrayLike<number>
  },
): TerminalDay {
  const random = new Random(seed, "sales", terminal.index, day)
  const { store } = terminal
  const first = random.below(store.operators.length)
  const second = (first + 1 + random.below(Math.max(1, store.operators.length - 1))) % store.operators.length
  const operators: [number, number] = [first, second]
  const mean =
    terminal.salesPerDay *
    (parameters.weekdays[weekdayOf(parameters, day)] ?? 1) *
    lognormal(random, parameters.salesPerDay.daySigma)
  const chances = new Chances({ parameters, fleet, terminal, effects, operators, dayFactors, drift, random })
  const entries = runningShares(parameters.entryShares)
  const sales: Sale[] = []
  const count = poisson(random, mean)
  for (let i = 0; i < count; i += 1) {
    const place = (random.fraction() + random.fraction()) / 2
    if (effects.maintenance.some(({ from, to }) => day + place >= from && day + place < to)) continue
    const issuer = indexOf(store.issuers, random.fraction())
    const entry = indexOf(entries, random.fraction())
    const slot = random.fraction() < parameters.firstOperatorShare ? 0 : 1
    const mechanism = chances.draw(random, { place: day + place, issuer, entry, slot })
    sales.push({
      place,
      operator: operators[slot],
      issuer,
      entry,
      number: i,
      card: null,
      mechanism,
      logged: mechanism && loggedAs(random, mechanism, entry, parameters),
      attempts:
        mechanism === "bad card"
          ? geometric(random, parameters.badCards.attemptsGoOn, parameters.badCards.attemptsMost)
          : 1,
    })
  }
  for (const visit of visits)
    sales.push(visited(parameters, random, { visit, operator: first, number: sales.length }))
  for (const sale of testing({ fleet, effects, operator: first, random, count: sales.length }))
    sales.push(sale)
  const made = sales.filter(({ place }) => !isDead(effects, day + place))
  return { terminal, day, effects, operators, sales: made }
}

/** Monday is 0. */
export const weekdayOf = ({ startOn }: Parameters, day: number): number =>
  (new Date(`${startOn}T00:00:00Z`).getUTCDay() + 6 + day) % 7

function visited(
  parameters: Parameters,
  random: Random,
  { visit, operator, number }: { visit: Visit; operator: number; number: number },
): Sale {
  const { card, issuer, entry, isBad } = visit
  const mechanism = isBad ? ("bad card" as const) : null
  return {
    place: visit.place ?? (random.fraction() + random.fraction()) / 2,
    operator,
    issuer,
    entry,
    number,
    card,
    mechanism,
    logged: mechanism && loggedAs(random, mechanism, entry, parameters),
    attempts: isBad
      ? geometric(random, parameters.badCards.attemptsGoOn, parameters.badCards.attemptsMost)
      : 1,
  }
}

type Testing = {
  fleet: Fleet
  effects: Effects
  operator: number
  random: Random
  count: number
}

/** Somebody tries stolen card numbers. */
function testing({ fleet, effects, operator, random, count }: Testing): Sale[] {
  const begin = 0.8 * random.fraction()
  return Array.from({ length: effects.testing?.attempts ?? 0 }, (_, i): Sale => {
    const issuer = random.below(fleet.issuers.length)
    const mechanism = random.fraction() < testedShare ? ("testing" as const) : null
    return {
      place: begin + 0.2 * random.fraction(),
      operator,
      issuer,
      entry: 3,
      number: count + i,
      card: null,
      mechanism,
      logged: mechanism && "issuer",
      attempts: 1,
    }
  })
}

type Setting = {
  parameters: Parameters
  fleet: Fleet
  terminal: Terminal
  effects: Effects
  operators: [number, number]
  dayFactors: number[]
  drift: ArrayLike<number>
  random: Random
}
type Moment = { place: number; issuer: number; entry: number; slot: number }

/** The chances of each mechanism for a terminal on a day. */
class Chances {
  readonly #setting: Setting
  /** Read failures of the terminal itself: contactless, chip, swipe, manual. */
  readonly #reads: number[]
  readonly #badCard: number[]
  readonly #user: [number, number] = [1, 1]
  readonly #hand: [number, number] = [0, 0]

  constructor(setting: Setting) {
    const { parameters, terminal, effects, operators, drift, random } = setting
    this.#setting = setting
    const { seenElsewhere } = parameters.badCards
    // Those that come from another terminal's bad card are part of the rate.
    const own = 1 / (1 + spreadOf(seenElsewhere, parameters))
    this.#badCard = parameters.badCards.byEntry.map((rate) => rate * own)
    this.#reads = parameters.reads.byEntry.map((rate, k) => {
      const noise = lognormal(random, parameters.reads.daySigma)
      return rate * (terminal.reads[k] ?? 0) * (effects.reads[k] ?? 1) * noise * (drift[k] ?? 1)
    })
    for (const slot of [0, 1] as const) {
      this.#user[slot] = terminal.store.operators[operators[slot]]?.factor ?? 1
      for (const one of effects.untrained)
        if (one.operator === operators[slot]) {
          this.#user[slot] *= one.user
          this.#hand[slot] += one.read
        }
    }
  }

  draw(random: Random, { place, issuer, entry, slot }: Moment): Mechanism | null {
    const { parameters, fleet, terminal, effects, dayFactors } = this.#setting
    for (const { from, to, chance } of effects.lines)
      if (place >= from && place < to && random.fraction() < chance) return "line"
    for (const one of effects.issuers)
      if (one.issuer === issuer && place >= one.from && place < one.to && random.fraction() < one.chance)
        return "outage"
    const isCard = entry < 3
    const read = this.#reads[entry] ?? 0
    let rest = random.fraction()
    if ((rest -= effects.communication) < 0) return "comms"
    if ((rest -= read) < 0) return "reader"
    if ((rest -= read * ((effects.release[entry] ?? 1) - 1)) < 0) return "release"
    const hand = (parameters.reads.byOperator[entry] ?? 0) + (isCard ? (this.#hand[slot] ?? 0) : 0)
    if ((rest -= hand) < 0) return "hand"
    if ((rest -= this.#badCard[entry] ?? 0) < 0) return "bad card"
    const { userFailures, issuerDeclines, technical } = parameters
    if ((rest -= userFailures.rate * (userFailures.byEntry[entry] ?? 1) * (this.#user[slot] ?? 1)) < 0)
      return "user"
    const bank = fleet.issuers[issuer]
    if ((rest -= technical.rate * (bank?.technical ?? 1) * terminal.store.technical * terminal.technical) < 0)
      return "host"
    const decline =
      issuerDeclines.rate *
      (issuerDeclines.byEntry[entry] ?? 1) *
      (bank?.factor ?? 1) *
      terminal.store.declines *
      (dayFactors[issuer] ?? 1)
    if ((rest -= decline) < 0) return "decline"
    return effects.fault ? faultDraw(effects, { random, entry, place }) : null
  }
}

/** Faults outside of readers and lines, which end sales that would have been good. */
function faultDraw(
  { fault }: Effects,
  { random, entry, place }: { random: Random; entry: number; place: number },
): Mechanism | null {
  if (!fault || place < fault.from) return null
  if (fault.cls === "keys" && random.fraction() < keysShare * (0.5 + fault.size)) return "keys"
  if (
    fault.cls === "pinpad" &&
    (entry === 1 || entry === 2) &&
    random.fraction() < pinShare * (1 + 2 * fault.size)
  )
    return "pinpad"
  if (fault.cls === "clock" && entry !== 3 && random.fraction() < clockShare * (0.5 + fault.size))
    return "clock"
  return null
}

/**
 * How many other terminals a bad card goes to, on average, so that this share of its failures is seen at
 * more than one. Both must be logged as what they are.
 */
export const spreadOf = (share: number, { logging }: Parameters): number =>
  share / (2 * logging.reads - share)
