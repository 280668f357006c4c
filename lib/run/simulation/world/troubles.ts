import { Random } from "@/lib/run/simulation/random"
import { between } from "@/lib/run/simulation/world/draws"
import { acquirers, carriers, dayBetween, type Fleet } from "@/lib/run/simulation/world/fleet"
import type { Parameters } from "@/lib/run/simulation/world/parameters"

// Everything that goes wrong in a run. Times are days since its first day; a fraction is a share of the
// day's opening hours. `to` is not included.

export type Span = { from: number; to: number }
export type ReaderFault = Span & {
  cls: "reader"
  terminal: number
  reader: 0 | 1 | 2
  multiple: number
  /** Days until the failures have grown to the multiple; 0 is at once. */
  growsFor: number
}
export type CommsFault = Span & { cls: "comms"; terminal: number; chance: number; shareOfDays: number }
export const otherClasses = ["keys", "pinpad", "dead", "clock", "crashes", "slow"] as const
export type OtherFault = Span & { cls: (typeof otherClasses)[number]; terminal: number; size: number }
export type DeviceFault = ReaderFault | CommsFault | OtherFault
export type BadRelease = Span & {
  cls: "firmware"
  model: string
  component: Parameters["badVersion"]["component"]
  version: string
  multiple: number
  /** When each terminal got it. */
  installed: Map<number, number>
}
export type StoreTrouble = Span & { cls: "store network"; store: number; chance: number }
export type Untrained = Span & {
  cls: "operator"
  store: number
  operator: number
  user: number
  read: number
}
export type IssuerTrouble = Span & { cls: "issuer"; issuer: number; chance: number }
export type CardTesting = Span & { cls: "card-testing"; terminal: number; attempts: number }
export type Wide = Span & { cls: "acquirer" | "carrier"; name: string; chance: number }

export type Troubles = {
  faults: DeviceFault[]
  badReleases: BadRelease[]
  stores: StoreTrouble[]
  untrained: Untrained[]
  issuers: IssuerTrouble[]
  cardTesting: CardTesting[]
  wide: Wide[]
  /** A store's network is switched off on purpose: closed days with nobody at fault. */
  maintenance: Span[]
}

/** The size of the fleet that counts are for. */
export const perFleet = 2000
const untrainedUser = 6
/** Faults begin so long before the end at the latest. */
export const fewestDaysSeen = 10

/** Counts for 2,000 terminals, brought to the size of this fleet. */
const scaled = (random: Random, count: number, terminals: number): number => {
  const exact = (count * terminals) / perFleet
  return Math.floor(exact) + (random.chance(exact % 1) ? 1 : 0)
}

/** What goes wrong in a run, by its seed. */
export function makeTroubles(parameters: Parameters, fleet: Fleet, seed: number): Troubles {
  const healthy = shuffled(new Random(seed, "faulty"), fleet.terminals.length)
  const badReleases = makeBadReleases(parameters, fleet, seed)
  // A terminal has one fault at most.
  const taken = new Set(badReleases.flatMap(({ installed }) => [...installed.keys()]))
  const free = healthy.filter((terminal) => !taken.has(terminal))
  const next = () => free.pop() ?? 0
  const { confounders, burnIn, days } = parameters
  const many = <T>(name: string, count: number, make: (random: Random) => T): T[] => {
    const random = new Random(seed, name)
    return Array.from({ length: scaled(random, count, fleet.terminals.length) }, () => make(random))
  }
  const anyStore = (random: Random) => random.below(fleet.stores.length)
  const start = (random: Random) => dayBetween(random, burnIn, days - fewestDaysSeen)
  return {
    faults: makeFaults(parameters, seed, { next, terminals: fleet.terminals.length }),
    badReleases,
    stores: [
      ...many("store outage", confounders.storeOutages, (random) => ({
        cls: "store network" as const,
        store: anyStore(random),
        chance: 0.6,
        ...partOfDay(random, start(random), [0.1, 0.5]),
      })),
      ...many("store line", confounders.storeLines, (random) => ({
        cls: "store network" as const,
        store: anyStore(random),
        chance: between(random, [0.03, 0.08]),
        ...daysFrom(start(random), Math.round(between(random, [10, 25])), days),
      })),
    ],
    untrained: many("untrained", confounders.untrained, (random) => {
      const store = anyStore(random)
      return {
        cls: "operator" as const,
        store,
        operator: random.below(fleet.stores[store]?.operators.length ?? 1),
        user: untrainedUser,
        read: between(random, [0.02, 0.04]),
        ...daysFrom(start(random), Math.round(between(random, [20, 40])), days),
      }
    }),
    cardTesting: many("card testing", confounders.cardTesting, (random) => ({
      cls: "card-testing" as const,
      terminal: random.below(fleet.terminals.length),
      attempts: Math.round(between(random, [80, 400])),
      ...daysFrom(start(random), 1 + random.below(2), days),
    })),
    ...makeWideTroubles(parameters, fleet, seed),
  }
}

function makeWideTroubles(parameters: Parameters, fleet: Fleet, seed: number) {
  const random = new Random(seed, "wide")
  const { confounders, burnIn, days, complete } = parameters
  const start = () => dayBetween(random, burnIn, days - 3)
  const outage = (): IssuerTrouble => ({
    cls: "issuer",
    issuer: random.below(fleet.issuers.length),
    chance: 0.7,
    ...partOfDay(random, start(), [0.15, 0.6]),
  })
  const degraded = (): IssuerTrouble => ({
    cls: "issuer",
    issuer: random.below(Math.min(4, fleet.issuers.length)),
    chance: 0.1,
    ...daysFrom(start(), 5, days),
  })
  const wide = (cls: Wide["cls"], name: string): Wide => ({
    cls,
    name,
    chance: 0.6,
    ...partOfDay(random, start(), [0.1, 0.3]),
  })
  return {
    issuers: [
      ...Array.from({ length: confounders.issuerOutages }, outage),
      ...Array.from({ length: confounders.issuerDegraded }, degraded),
    ],
    wide: [
      ...Array.from({ length: complete?.acquirerOutages ?? 0 }, () =>
        wide("acquirer", random.pick(acquirers)),
      ),
      ...Array.from({ length: complete?.carrierOutages ?? 0 }, () => wide("carrier", random.pick(carriers))),
    ],
    maintenance: Array.from({ length: complete?.maintenanceWindows ?? 0 }, () =>
      partOfDay(random, start(), [0.02, 0.05]),
    ),
  }
}

const daysFrom = (from: number, count: number, days: number): Span => ({
  from,
  to: Math.min(days, from + count),
})

function partOfDay(random: Random, day: number, shares: [number, number]): Span {
  const share = between(random, shares)
  const from = day + (1 - share) * random.unit()
  return { from, to: from + share }
}

type Places = { next: () => number; terminals: number }

function makeFaults(parameters: Parameters, seed: number, { next, terminals }: Places): DeviceFault[] {
  const { faults, burnIn, days, complete } = parameters
  const make = (name: string, count: number, one: (random: Random, from: number) => DeviceFault) => {
    const random = new Random(seed, "fault", name)
    return Array.from({ length: scaled(random, count, terminals) }, () =>
      repaired(parameters, random, one(random, dayBetween(random, burnIn, days - fewestDaysSeen))),
    )
  }
  return [
    ...make("wear", faults.wear, (random, from) => ({
      cls: "reader",
      terminal: next(),
      reader: random.chance(2 / 3) ? 1 : 0,
      multiple: between(random, [4, 10]),
      growsFor: Math.round(between(random, [20, 45])),
      from,
      to: days,
    })),
    ...make("sudden", faults.sudden, (random, from) => ({
      cls: "reader",
      terminal: next(),
      reader: random.chance(0.5) ? 1 : 0,
      multiple: between(random, [5, 15]),
      growsFor: 0,
      from,
      to: days,
    })),
    ...[1, 0.4].flatMap((shareOfDays) =>
      make(
        shareOfDays === 1 ? "communication" : "intermittent",
        shareOfDays === 1 ? faults.communication : faults.intermittent,
        (random, from) => ({
          cls: "comms",
          terminal: next(),
          chance: between(random, [0.03, 0.15]),
          shareOfDays,
          from,
          to: days,
        }),
      ),
    ),
    ...otherClasses.flatMap((cls) =>
      make(cls, complete?.faults[cls] ?? 0, (random, from) => ({
        cls,
        terminal: next(),
        size: random.unit(),
        from,
        to: days,
      })),
    ),
  ]
}

/** Some faults are repaired, whoever found them; a few repairs change nothing. */
function repaired(parameters: Parameters, random: Random, fault: DeviceFault): DeviceFault {
  const repairs = parameters.complete?.repairs
  if (!repairs || !random.chance(repairs.share * (1 - repairs.noFaultFound) * repairs.effect)) return fault
  return {
    ...fault,
    to: Math.min(fault.to, fault.from + Math.round(between(random, repairs.days)) + fixedAfter(fault)),
  }
}
const fixedAfter = (fault: DeviceFault) => (fault.cls === "reader" ? Math.round(fault.growsFor / 2) : 0)

function makeBadReleases(parameters: Parameters, fleet: Fleet, seed: number): BadRelease[] {
  const random = new Random(seed, "bad release")
  return Array.from({ length: parameters.faults.badRelease }, () => {
    const from = dayBetween(random, parameters.burnIn + 5, parameters.days - 15)
    const members = fleet.terminals.filter(({ modelIndex }) => modelIndex === 1)
    const installed = new Map<number, number>()
    for (const { index } of members) if (random.chance(0.4)) installed.set(index, from + random.below(3))
    return {
      cls: "firmware" as const,
      model: members[0]?.model ?? "",
      ...parameters.badVersion,
      multiple: 3,
      installed,
      from,
      to: parameters.days,
    }
  })
}

function shuffled(random: Random, length: number): number[] {
  const order = Array.from({ length }, (_, i) => i)
  for (let i = length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1)
    ;[order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0]
  }
  return order
}
