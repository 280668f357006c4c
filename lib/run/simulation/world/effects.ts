import { groupBy } from "@/lib/base/group-by"
import { Random } from "@/lib/run/simulation/random"
import type { Store, Terminal } from "@/lib/run/simulation/world/fleet"
import type {
  CardTesting,
  DeviceFault,
  IssuerTrouble,
  ReaderFault,
  Span,
  StoreTrouble,
  Troubles,
  Untrained,
  Wide,
} from "@/lib/run/simulation/world/troubles"

const usualApp = "5.2.1"

/** What the troubles of a run do to one terminal on one day. */
export type Effects = {
  fault: DeviceFault | null
  /** How many times as often reads fail: contactless, chip, swipe. */
  reads: [number, number, number]
  /** How many times as often they fail because of the release alone. */
  release: [number, number, number]
  communication: number
  firmware: string
  app: string
  lines: (StoreTrouble | Wide)[]
  untrained: Untrained[]
  issuers: IssuerTrouble[]
  testing: CardTesting | null
  /** When nobody can pay, on purpose. */
  maintenance: Span[]
}

const isDuring = (day: number) => (span: { from: number; to: number }) => span.from < day + 1 && span.to > day

/** How many times as often reads fail on a day. */
export function readerMultiple({ from, growsFor, multiple }: ReaderFault, day: number): number {
  const grown = growsFor === 0 ? 1 : Math.min(1, Math.max(0, (day - from) / growsFor))
  return 1 + (multiple - 1) * grown
}

/** The day from which a fault is worth a visit: a growing one when failures have doubled. */
export const actionableFrom = (fault: DeviceFault): number =>
  fault.cls === "reader" ? fault.from + fault.growsFor / (fault.multiple - 1) : fault.from

/** Whether a terminal is dead at a moment of a day with these effects. */
export const isDead = ({ fault }: Effects, moment: number): boolean =>
  fault?.cls === "dead" && fault.from <= moment

/** Finds a day's effects quickly. */
export class EffectsOfDay {
  readonly #seed: number
  readonly #troubles: Troubles
  readonly #faults: Map<number, DeviceFault[]>
  #day = -1
  #lines = new Map<number, StoreTrouble[]>()
  #untrained = new Map<number, Untrained[]>()
  #testing = new Map<number, CardTesting>()
  #issuers: IssuerTrouble[] = []
  #wide: Wide[] = []
  #maintenance: Span[] = []

  constructor(seed: number, troubles: Troubles) {
    this.#seed = seed
    this.#troubles = troubles
    this.#faults = groupBy(troubles.faults, ({ terminal }) => terminal)
  }

  begin(day: number): void {
    const during = isDuring(day)
    this.#day = day
    this.#lines = groupBy(this.#troubles.stores.filter(during), ({ store }) => store)
    this.#untrained = groupBy(this.#troubles.untrained.filter(during), ({ store }) => store)
    this.#testing = new Map(this.#troubles.cardTesting.filter(during).map((one) => [one.terminal, one]))
    this.#issuers = this.#troubles.issuers.filter(during)
    this.#wide = this.#troubles.wide.filter(during)
    this.#maintenance = this.#troubles.maintenance.filter(during)
  }

  of(terminal: Terminal, store: Store): Effects {
    const day = this.#day
    const fault = this.#faults.get(terminal.index)?.find(isDuring(day)) ?? null
    const reads: Effects["reads"] = [1, 1, 1]
    const release: Effects["release"] = [1, 1, 1]
    if (fault?.cls === "reader") reads[fault.reader] *= readerMultiple(fault, day)
    const versions = { firmware: terminal.firmware, app: usualApp }
    for (const bad of this.#troubles.badReleases)
      if ((bad.installed.get(terminal.index) ?? Number.POSITIVE_INFINITY) <= day) {
        release[0] *= bad.multiple
        versions[bad.component] = bad.version
      }
    const isReached = ({ cls, name }: Wide) =>
      name === (cls === "acquirer" ? terminal.acquirer : terminal.carrier)
    return {
      fault,
      reads,
      release,
      communication: fault?.cls === "comms" && this.#isBadDay(fault.shareOfDays, terminal) ? fault.chance : 0,
      ...versions,
      lines: [...(this.#lines.get(store.index) ?? []), ...this.#wide.filter(isReached)],
      untrained: this.#untrained.get(store.index) ?? [],
      issuers: this.#issuers,
      testing: this.#testing.get(terminal.index) ?? null,
      maintenance: this.#maintenance,
    }
  }

  #isBadDay(share: number, { index }: Terminal): boolean {
    return share === 1 || new Random(this.#seed, "bad day", index, this.#day).chance(share)
  }
}
