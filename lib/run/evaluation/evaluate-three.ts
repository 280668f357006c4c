import { openSpans, type Span } from "@/lib/fleet/stores/opening-hours"
import { bookDay, type TerminalDay } from "@/lib/insight/availability/book-day"
import type { Attempt, SalesHour } from "@/lib/insight/availability/failing-hours"
import { wholeHours } from "@/lib/insight/availability/whole-hours"
import { sumOfLosses } from "@/lib/insight/availability/words"
import {
  heartbeatWorld,
  type World,
  type WorldStore,
  type WorldTerminal,
  type Size,
} from "@/lib/run/evaluation/heartbeat-world"
import { Random } from "@/lib/run/simulation/random"
import { between } from "@/lib/run/simulation/world/draws"

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const salesAnHour = 6
/** Of sales that could be made, so many fail because of the card's reading, or the host. */
const usualFailures = 0.01
const acquirers = 3

/** A time in which all sales of a terminal fail. */
type Failing = Span & { what: "reads" | "tech" }

export type ThreeFigures = {
  name: string
  /** Open hours, or sales. */
  total: number
  /** Percent. */
  said: number
  true: number
  apart: number
}

type Counts = { total: number; said: number; true: number }

/**
 * The three availabilities of fleets in which it is known when a terminal was up and could sell: of the
 * opening hours that the product knows, without those of our own outages.
 */
export function evaluateThree(seed: number, size?: Size): ThreeFigures[] {
  const world = heartbeatWorld(seed, size)
  const random = new Random("sales", seed)
  const outages = acquirerOutages(random, world)
  const counts: Record<string, Counts> = {
    hardware: { total: 0, said: 0, true: 0 },
    cardholder: { total: 0, said: 0, true: 0 },
    authorisation: { total: 0, said: 0, true: 0 },
  }
  const add = (name: string, { total, said, true: is }: Counts) => {
    const sum = counts[name]
    if (sum) Object.assign(sum, { total: sum.total + total, said: sum.said + said, true: sum.true + is })
  }
  for (const store of world.stores.filter(({ known }) => known.hours !== null)) {
    const lives = store.terminals.map((terminal) => lifeOf(random, { terminal, world, outages }))
    for (let day = world.testedFrom; day < world.to; day += dayMs) countDay({ store, lives, world, day, add })
  }
  return Object.entries(counts).map(([name, { total, said, true: is }]) => {
    const percent = (count: number) => (100 * count) / total
    return { name, total, said: percent(said), true: percent(is), apart: Math.abs(percent(said - is)) }
  })
}

/** Thrice no sale of one of the acquirers is authorised. */
const acquirerOutages = (random: Random, { testedFrom, to }: World) =>
  Array.from({ length: acquirers }, (_, acquirer) => {
    const from = between(random, [testedFrom, to - dayMs])
    return { acquirer, from, to: from + between(random, [1, 6]) * hourMs, what: "tech" as const }
  })

type Life = { terminal: WorldTerminal; failing: Failing[]; beatHours: ReadonlySet<number> }
type Made = { terminal: WorldTerminal; world: World; outages: ReturnType<typeof acquirerOutages> }

function lifeOf(random: Random, { terminal, world, outages }: Made): Life {
  const breaksAt = between(random, [world.testedFrom, world.to])
  const broken = random.chance(0.03)
    ? [{ from: breaksAt, to: breaksAt + between(random, [0.5, 3]) * dayMs, what: "reads" as const }]
    : []
  const failing = [...outages.filter(({ acquirer }) => acquirer === terminal.id % acquirers), ...broken]
  const beatHours = new Set<number>()
  for (const at of terminal.beats) beatHours.add(Math.floor(at / hourMs))
  return { terminal, failing, beatHours }
}

type CountedDay = {
  store: WorldStore
  lives: readonly Life[]
  world: World
  day: number
  add: (name: string, counts: Counts) => void
}

/** Counts the open hours of a UTC day, with what the product books and what is true. */
function countDay({ store, lives, world, day, add }: CountedDay): void {
  const hours = wholeHours(openSpans(store.known, day, day + dayMs))
  const isOutage = (hour: number) => world.outages.some((one) => overlaps(one, hourOf(hour)))
  const random = new Random("sales of a day", day, lives[0]?.terminal.id ?? 0)
  const days = lives.map((life) => ({ life, ...soldOn(random, { life, hours, add }) }))
  const booked = bookDay(
    days.map(({ day: one }) => one),
    isOutage,
  )
  for (const [i, { open, down, failing }] of booked.entries()) {
    const known = hours.filter((hour) => !isOutage(hour) || (days[i]?.day.up.has(hour) ?? false))
    const total = open - down.unknown
    const up = open - sumOfLosses(down)
    const life = lives[i]
    if (!life) continue
    add("hardware", { total, said: up, true: known.filter((hour) => freeIn(life, hour, false)).length })
    add("cardholder", {
      total,
      said: up - sumOfLosses(failing),
      true: known.filter((hour) => freeIn(life, hour, true)).length,
    })
  }
}

const hourOf = (hour: number): Span => ({ from: hour * hourMs, to: (hour + 1) * hourMs })
const overlaps = (a: Span, b: Span) => a.from < b.to && b.from < a.to

/** Whether a terminal was up at some minute of an hour, and, if asked, could sell then. */
const freeIn = (life: Life, hour: number, canSell: boolean): boolean =>
  Array.from({ length: 60 }, (_, i) => (hour + (i + 0.5) / 60) * hourMs).some(
    (at) => isUp(life.terminal, at) && !(canSell && life.failing.some((one) => isIn(one, at))),
  )

const isIn = ({ from, to }: Span, at: number) => from <= at && at < to
const isUp = ({ powered, downs }: WorldTerminal, at: number): boolean =>
  powered.some((one) => isIn(one, at)) && !downs.some((one) => isIn(one, at))

type Selling = { life: Life; hours: readonly number[]; add: CountedDay["add"] }

/** What the terminal sells in these hours, as the product's rollups say it. */
function soldOn(random: Random, { life, hours, add }: Selling): { day: TerminalDay } {
  const { terminal, failing, beatHours } = life
  const attempts: Attempt[] = []
  const sales = hours.flatMap((hour): SalesHour[] => {
    const counts = { presentments: 0, cancelled: 0, failures: 0, reads: 0, tech: 0 }
    for (let rest = random.poisson(salesAnHour); rest > 0; rest -= 1) {
      const at = (hour + random.unit()) * hourMs
      if (!isUp(terminal, at)) continue
      const what = failing.find((one) => isIn(one, at))?.what ?? usually(random)
      counts.presentments += 1
      attempts.push({ at, hasWorked: what === null })
      if (what !== null) {
        counts.failures += 1
        counts[what] += 1
      }
    }
    const decided = counts.presentments - counts.failures
    add("authorisation", { total: counts.presentments, said: decided, true: decided })
    return counts.presentments > 0 ? [{ hour, ...counts }] : []
  })
  const up = new Set([...hours.filter((hour) => beatHours.has(hour)), ...sales.map(({ hour }) => hour)])
  attempts.sort((a, b) => a.at - b.at)
  const { id } = terminal
  return { day: { id, sendsBeats: true, expected: hours, up, restarts: new Set(), sales, attempts } }
}

const usually = (random: Random): Failing["what"] | null =>
  random.chance(usualFailures) ? random.pick(["reads", "tech"]) : null
