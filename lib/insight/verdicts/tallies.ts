import type {
  HourSales,
  Minutes,
  OfAll,
  OfGroup,
  OfStore,
  PlaceVolume,
  SegmentVolume,
  TerminalReleases,
  Volume,
} from "@/lib/insight/verdicts/counts-sql"
import { DaySums } from "@/lib/insight/verdicts/day-sums"
import { readKinds } from "@/lib/insight/verdicts/kind"

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
  readonly releaseTerminals = new DaySums()
  readonly terminals = new Map<number, { model: string; releases: string[] }>()

  addOfStore(one: OfStore) {
    const { day, kind, failures } = one
    this.failures.add(`t${one.terminalId} ${kind}`, day, failures)
    this.failures.add(`s${one.storeId} ${kind}`, day, failures)
    if (one.operator === "") return
    this.failures.add(`o${one.operator} ${kind}`, day, failures)
    this.failures.add(`t${one.terminalId} o${one.operator} ${kind}`, day, failures)
  }

  addOfAll({ day, kind, issuer, failures }: OfAll) {
    this.failures.add(`all ${kind}`, day, failures)
    if (issuer !== "") this.failures.add(`i${issuer} ${kind}`, day, failures)
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

  addSegment({ dimension, value, day, presentments }: SegmentVolume) {
    const letter = { operator: "o", issuer: "i", acquirer: "a" }[dimension]
    this.volumes.add(`${letter}${value}`, day, presentments)
  }

  addRelease(one: OfGroup) {
    const [component] = one.release.split(":")
    for (const key of [`m${one.model} ${one.release}`, `m${one.model} every ${component}`])
      if (one.kind === "") this.volumes.add(key, one.day, one.count)
      else {
        this.failures.add(`${key} ${one.kind}`, one.day, one.count)
        this.releaseTerminals.add(`${key} ${one.kind}`, one.day, one.terminals)
      }
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
    const releases = [
      ...(one.firmware === null ? [] : [`firmware:${one.firmware}`]),
      ...(one.app === null ? [] : [`app:${one.app}`]),
    ]
    this.terminals.set(one.terminalId, { model: one.model, releases })
  }
}
