import { dayAt, demoRun } from "@/lib/run/demo/run"
import { DemoScript } from "@/lib/run/demo/script"
import { beatsOf } from "@/lib/run/simulation/world/beats"
import { fleetDays, type FleetDay } from "@/lib/run/simulation/world/fleet-days"
import type { Run } from "@/lib/run/simulation/world/run"
import { transactionsOf } from "@/lib/run/simulation/world/transactions"

type Sent = Record<string, unknown>
export type Window = {
  from: number
  to: number
  /** Whether records are sent as they happen. Only then can `sentAt` show a wrong clock. */
  isLive: boolean
}

const beatSeconds = 900
/** The day that a window begins on, and the one that it ends on. */
const daysAtHand = 2

/** The demo's records. The same window of time always has the same ones. */
export class DemoRecords {
  readonly run: Run
  readonly #script: DemoScript
  readonly #walk: Generator<FleetDay, void>
  readonly #days = new Map<number, FleetDay>()
  readonly #atHand = new Map<number, { beats: Sent[]; sales: Sent[] }>()
  #walked = 0

  constructor(startedAt: number) {
    this.run = demoRun(startedAt)
    this.#script = new DemoScript(this.run, startedAt)
    this.#walk = fleetDays(this.run)
  }

  /** Heartbeats and sales in [from, to), by terminal within each day. */
  between({ from, to, isLive }: Window): { beats: Sent[]; sales: Sent[] } {
    const days: number[] = []
    for (let day = Math.max(0, dayAt(this.run, from)); day <= dayAt(this.run, to - 1); day += 1)
      days.push(day)
    const isWithin = ({ at }: Sent) => Date.parse(String(at)) >= from && Date.parse(String(at)) < to
    const made = days.map((day) => this.#recordsOf(day))
    return {
      beats: made
        .flatMap(({ beats }) => beats.filter(isWithin))
        .flatMap((beat) => this.#script.played(beat, { isLive })),
      sales: made.flatMap(({ sales }) => sales.filter(isWithin)),
    }
  }

  /** Days before this instant are not asked for again. */
  forgetBefore(at: number): void {
    for (const day of this.#days.keys()) if (day < dayAt(this.run, at)) this.#days.delete(day)
  }

  #recordsOf(day: number): { beats: Sent[]; sales: Sent[] } {
    const atHand = this.#atHand.get(day)
    if (atHand) return atHand
    // Each day follows from those before.
    for (; this.#walked <= day; this.#walked += 1) {
      const next = this.#walk.next()
      if (!next.done) this.#days.set(this.#walked, next.value)
    }
    const found = this.#days.get(day)
    const records = {
      beats: found?.beating.flatMap((one) => beatsOf(this.run, one, beatSeconds)) ?? [],
      sales: found?.sold.flatMap((made) => transactionsOf(this.run, made).map(({ record }) => record)) ?? [],
    }
    const [oldest] = this.#atHand.keys()
    if (oldest !== undefined && this.#atHand.size >= daysAtHand) this.#atHand.delete(oldest)
    this.#atHand.set(day, records)
    return records
  }
}
