import { oneOf } from "@/lib/base/one-of"
import { entryModes } from "@/lib/fleet/code-packs/entry-mode"
import { isSubcause } from "@/lib/fleet/code-packs/subcauses"
import type {
  BadRelease,
  HourSales,
  Minutes,
  OfStore,
  PlaceVolume,
  Segment,
  TerminalReleases,
  Volume,
} from "@/lib/insight/verdicts/counts-sql"
import { DaySums } from "@/lib/insight/verdicts/day-sums"
import { kindOf, kindOfSubcause, readKinds } from "@/lib/insight/verdicts/kind"

export const countersOf = {
  chip: ["chipReads", "chipErrors"],
  contactless: ["tapReads", "tapErrors"],
  magstripe: ["swipeReads", "swipeErrors"],
} as const

/** What is counted around the sales of a slice. */
export class Tallies {
  readonly failures = new DaySums()
  readonly volumes = new DaySums()
  /** By store, issuer or acquirer, kind and quarter of an hour. */
  readonly minutes = new Map<string, Minutes[]>()
  readonly hours = new Map<string, { presentments: number; failures: number }>()
  readonly terminals = new Map<number, TerminalReleases>()
  readonly badReleases: BadRelease[] = []

  addOfStore(one: OfStore) {
    const { day, kind, failures } = one
    this.failures.add(`t${one.terminalId} ${kind}`, day, failures)
    this.failures.add(`s${one.storeId} ${kind}`, day, failures)
    if (one.operator === "") return
    this.failures.add(`o${one.operator} ${kind}`, day, failures)
    this.failures.add(`t${one.terminalId} o${one.operator} ${kind}`, day, failures)
  }

  addVolume(one: Volume) {
    this.volumes.add(`t${one.terminalId}`, one.day, one.presentments)
    this.#addCounters(`t${one.terminalId}`, one)
  }

  addPlace(one: PlaceVolume) {
    const key = one.storeId === 0 ? "all" : `s${one.storeId}`
    this.volumes.add(key, one.day, one.presentments)
    this.#addCounters(key, one)
  }

  #addCounters(key: string, one: PlaceVolume) {
    for (const kind of readKinds) {
      const [reads, errors] = countersOf[kind]
      if (one[reads] > 0) this.volumes.add(`${key} ${reads}`, one.day, one[reads])
      if (one[errors] > 0) this.volumes.add(`${key} ${errors}`, one.day, one[errors])
    }
  }

  addSegment({ dimension, value, day, subcause, presentments, failures }: Segment) {
    if (dimension !== "entryMode") this.volumes.add(`${letterOf[dimension]}${value}`, day, presentments)
    if (failures === 0 || !isSubcause(subcause)) return
    if (dimension === "entryMode" && value !== "ecommerce")
      this.failures.add(`all ${kindOf(subcause, oneOf(entryModes, value))}`, day, failures)
    if (dimension === "issuer") this.failures.add(`i${value} ${kindOfSubcause(subcause)}`, day, failures)
  }

  addMinutes(one: Minutes) {
    for (const owner of [`s${one.storeId}`, `i${one.issuer}`, `a${one.acquirerId}`]) {
      const key = `${owner} ${one.kind} ${one.quarter.getTime()}`
      const found = this.minutes.get(key)
      if (found) found.push(one)
      else this.minutes.set(key, [one])
    }
  }

  addHour(one: HourSales) {
    const owner = one.terminalId === 0 ? `s${one.storeId}` : `t${one.terminalId}`
    const key = `${owner} ${one.hour.getTime()}`
    const before = this.hours.get(key) ?? { presentments: 0, failures: 0 }
    this.hours.set(key, {
      presentments: before.presentments + one.presentments,
      failures: before.failures + one.failures,
    })
  }

  addTerminal(one: TerminalReleases) {
    this.terminals.set(one.terminalId, one)
  }
}

const letterOf = { operator: "o", issuer: "i", acquirer: "a" } as const
