import { addDays, type Day } from "@/lib/base/time/zone"
import { dayOf, numberOf } from "@/lib/base/time/zone-days"
import { openSpans, type Calendar, type OpeningHours, type Span } from "@/lib/fleet/stores/opening-hours"
import { weekdays } from "@/lib/fleet/stores/words"
import { Random } from "@/lib/run/simulation/random"
import { between, lognormal } from "@/lib/run/simulation/world/draws"

const minuteMs = 60_000
const dayMs = 86_400_000
/** Three whole weeks, and a part of a day. */
const learntDays = 22
const days = learntDays + 21
/** Clocks change in two of the zones meanwhile. */
const firstDay = numberOf("2026-10-04")
/** How many stores and terminals there are. */
export type Size = { stores: number; terminals: number }
const usualSize: Size = { stores: 150, terminals: 600 }
const zones = ["Asia/Shanghai", "Europe/Berlin", "America/New_York"] as const
const faults = { dead: 25, flapping: 20 }

/** A time in which no heartbeat came from a terminal, or only now and then, by its own fault. */
export type Fault = Span & { kind: "dead" | "flapping" }

export type WorldTerminal = {
  id: number
  intervalSeconds: number
  /** Instants of the heartbeats that came in, ascending. */
  beats: number[]
  downs: Span[]
  fault: Fault | null
  /** The spans in which it had power. */
  powered: Span[]
}

export type WorldStore = {
  /** As the store keeps it, with all its holidays. */
  truth: Calendar
  /** As the product knows it: some hours and some holidays are missing. */
  known: Calendar
  /** When it was really open. */
  opened: Span[]
  terminals: WorldTerminal[]
}

export type World = { from: number; to: number; testedFrom: number; outages: Span[]; stores: WorldStore[] }

/**
 * Stores in three zones with 600 terminals that send a heartbeat every 1, 5 or 15 minutes, of which some get
 * lost; terminals sleep at closing, lose their line, or are unplugged for a while; stores open late, or have
 * a holiday that nobody entered; and some terminals die or flap. Twice nothing comes in by our own fault.
 */
export function heartbeatWorld(seed: number, size: Size = usualSize): World {
  const random = new Random("heartbeats", seed)
  const [from, to] = [firstDay * dayMs, (firstDay + days) * dayMs]
  const testedFrom = (firstDay + learntDays) * dayMs
  const outages = [5, 13].map((day) => {
    const begin = testedFrom + (day + random.unit()) * dayMs
    return { from: begin, to: begin + between(random, [1, 3]) * 3_600_000 }
  })
  const faulty = faultyTerminals(random, size)
  const sizes = storeSizes(random, size)
  let id = 0
  const made = sizes.map((size) => {
    const { truth, known } = calendars(random)
    const site = siteOutages(random, { from, to })
    const opened = openDays(random, truth, { from, to })
    const members = Array.from({ length: size }, () => {
      const kind = faulty.get(id) ?? null
      id += 1
      return terminalOf(random, { id: id - 1, kind, site, open: opened, testedFrom, from, to, outages })
    })
    return { truth, known, opened, terminals: members }
  })
  return { from, to, testedFrom, outages, stores: made }
}

function faultyTerminals(random: Random, { terminals }: Size): Map<number, Fault["kind"]> {
  const chosen = new Map<number, Fault["kind"]>()
  while (chosen.size < faults.dead + faults.flapping)
    chosen.set(random.below(terminals), chosen.size < faults.dead ? "dead" : "flapping")
  return chosen
}

/** Some stores have one terminal, some ten. */
function storeSizes(random: Random, { stores, terminals }: Size): number[] {
  const sizes = Array.from({ length: stores }, () => 1)
  const weights = sizes.map(() => lognormal(random, 0.8))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  for (let i = stores; i < terminals; i += 1) {
    let rest = random.unit() * total
    const store = weights.findIndex((weight) => (rest -= weight) < 0)
    sizes[Math.max(store, 0)] = (sizes[Math.max(store, 0)] ?? 0) + 1
  }
  return sizes
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`

function calendars(random: Random): { truth: Calendar; known: Calendar } {
  const opens = 480 + 30 * random.below(5)
  const closes = 1080 + 30 * random.below(9)
  const isClosedOnSundays = random.chance(0.3)
  const hours: OpeningHours = Object.fromEntries(
    weekdays
      .filter((day) => day !== "sun" || !isClosedOnSundays)
      .map((day) => [day, [[clock(opens), clock(closes)]]]),
  )
  const holidays = Array.from({ length: 2 }, (): Day => addDays(dayOf(firstDay), random.below(days)))
  const exceptions = Object.fromEntries(holidays.filter(() => random.chance(0.5)).map((day) => [day, []]))
  const truth: Calendar = { zone: random.pick(zones), hours, exceptions, closedOn: null }
  const isEntered = random.chance(0.5)
  return {
    truth,
    known: {
      ...truth,
      hours: random.chance(0.7) ? hours : null,
      exceptions: isEntered ? exceptions : {},
    },
  }
}

/** When the store is really open: sometimes late, rarely much later. */
function openDays(random: Random, calendar: Calendar, { from, to }: Span): Span[] {
  return openSpans(calendar, from, to).map((span) => {
    const late = random.chance(0.01) ? between(random, [60, 180]) : between(random, [0, 20])
    return { from: span.from + late * minuteMs, to: span.to + between(random, [0, 20]) * minuteMs }
  })
}

/** The line of a whole store is down once in a hundred days or so. */
const siteOutages = (random: Random, { from, to }: Span): Span[] =>
  Array.from({ length: random.poisson(days / 150) }, () => {
    const begin = from + random.unit() * (to - from)
    return { from: begin, to: begin + between(random, [30, 360]) * minuteMs }
  })

type Made = {
  id: number
  kind: Fault["kind"] | null
  site: readonly Span[]
  open: readonly Span[]
  testedFrom: number
  outages: readonly Span[]
} & Span

function terminalOf(random: Random, made: Made): WorldTerminal {
  const { id, kind, site, open, testedFrom, from, to } = made
  const intervalSeconds = random.pick([60, 300, 900])
  const powered = random.chance(0.5)
    ? [{ from, to }]
    : open.map((span) => ({ from: span.from + between(random, [0, 5]) * minuteMs, to: span.to }))
  const diesAt = testedFrom + random.unit() * (to - testedFrom - 7 * dayMs)
  const fault: Fault | null =
    kind === null
      ? null
      : { kind, from: diesAt, to: kind === "dead" ? to : diesAt + between(random, [3, 7]) * dayMs }
  const downs = [
    ...site,
    ...unplugged(random, open),
    ...(random.chance(0.3) ? lineDrops(random, { from, to }) : []),
    ...(fault ? downsOf(random, fault) : []),
  ].toSorted((a, b) => a.from - b.from)
  const beats = beatsOf(random, { intervalSeconds, powered, downs, outages: made.outages })
  return { id, intervalSeconds, beats, downs, fault, powered }
}

/** On one day in a hundred a terminal is unplugged for half an hour to two. */
const unplugged = (random: Random, open: readonly Span[]): Span[] =>
  open
    .filter(() => random.chance(0.01))
    .map((span) => {
      const begin = between(random, [span.from, span.to])
      return { from: begin, to: begin + between(random, [30, 120]) * minuteMs }
    })

/** A mobile line drops for some minutes, now and then for an hour. */
const lineDrops = (random: Random, { from, to }: Span): Span[] =>
  Array.from({ length: random.poisson(1.5) * days }, () => {
    const begin = from + random.unit() * (to - from)
    return { from: begin, to: begin + 8 * lognormal(random, 0.8) * minuteMs }
  })

function downsOf(random: Random, fault: Fault): Span[] {
  if (fault.kind === "dead") return [{ from: fault.from, to: fault.to }]
  const downs: Span[] = []
  for (let at = fault.from; at < fault.to;) {
    const down = { from: at, to: at + between(random, [20, 150]) * minuteMs }
    downs.push(down)
    at = down.to + between(random, [10, 60]) * minuteMs
  }
  return downs
}

type Beating = Pick<WorldTerminal, "intervalSeconds" | "powered" | "downs"> & { outages: readonly Span[] }

function beatsOf(random: Random, { intervalSeconds, powered, downs, outages }: Beating): number[] {
  const lost = between(random, [0.02, 0.08])
  const silent = [...downs, ...outages].toSorted((a, b) => a.from - b.from)
  const beats: number[] = []
  for (const { from, to } of powered) {
    let next = 0
    for (let at = from + random.fraction() * intervalSeconds * 1000; at < to; at += intervalSeconds * 1000) {
      while (next < silent.length && (silent[next]?.to ?? 0) <= at) next += 1
      if (!isWithin(silent, next, at) && random.fraction() >= lost) beats.push(Math.round(at))
    }
  }
  return beats
}

/** Whether an instant is in one of the spans from a place on, which are in order and may overlap. */
function isWithin(spans: readonly Span[], place: number, at: number): boolean {
  for (let i = place; i < spans.length; i += 1) {
    const span = spans[i]
    if (!span || span.from > at) return false
    if (at < span.to) return true
  }
  return false
}
