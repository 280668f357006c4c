import { Random } from "@/lib/run/simulation/random"
import type { Counted } from "@/lib/run/simulation/world/cells"
import { clockError, midnight, shareOfDay } from "@/lib/run/simulation/world/clock"
import { isDead, type Effects } from "@/lib/run/simulation/world/effects"
import type { Terminal } from "@/lib/run/simulation/world/fleet"
import type { Run } from "@/lib/run/simulation/world/run"
import { batteryHealth, isMobile, storageUsed } from "@/lib/run/simulation/world/trends"

// Heartbeats of one terminal's day. Counters never decrease, and a day's last beat has all of the day.

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const lostBeats = 0.02
const lostOfBadLine = 0.3
const linesOfReceipt = 24
const linesOfRoll = 9_600
const linesLeftWhenLow = 480

/** What a terminal has counted since the run began. */
export type Totals = {
  reads: [number, number, number]
  errors: [number, number, number]
  crashes: number
  networkErrors: number
  sales: number
}
export const noTotals = (): Totals => ({
  reads: [0, 0, 0],
  errors: [0, 0, 0],
  crashes: 0,
  networkErrors: 0,
  sales: 0,
})

export type BeatingDay = {
  terminal: Terminal
  day: number
  effects: Effects
  /** Null when nothing was sold. */
  counted: Counted | null
  sales: number
  /** At the begin of the day. */
  totals: Totals
}

/** The day's heartbeats. A dead terminal sends none. */
export function beatsOf(run: Run, beating: BeatingDay, everySeconds: number): Record<string, unknown>[] {
  const { terminal, day, effects } = beating
  const random = new Random(run.seed, "beats", terminal.index, day)
  const start = midnight(run.parameters) + day * dayMs
  const offset = random.below(everySeconds * 1000)
  const times = Array.from(
    { length: Math.floor(86_400 / everySeconds) },
    (_, i) => start + i * everySeconds * 1000 + offset,
  )
  return times.flatMap((at, i) => {
    const share = shareOfDay(run, terminal.store, { day, at })
    const isLast = i === times.length - 1
    const isLost = !isLast && random.chance(lossAt(beating, day + share))
    if (isDead(effects, day + share)) return []
    return isLost ? [] : [beatAt(run, { beating, at, share: isLast ? 1 : share, random })]
  })
}

function lossAt({ effects }: BeatingDay, moment: number): number {
  if (effects.lines.some(({ from, to, chance }) => moment >= from && moment < to && chance >= 0.5)) return 1
  return effects.communication > 0 ? lostOfBadLine : lostBeats
}

type Beat = { beating: BeatingDay; at: number; share: number; random: Random }

/** Paper runs low before it is changed. */
const paperOf = (lines: number) =>
  linesOfRoll - (lines % linesOfRoll) < linesLeftWhenLow ? "paper_low" : "ok"

const partOf = (count: number, share: number) => Math.floor(count * share + 1e-9)

function beatAt(run: Run, { beating, at, share, random }: Beat): Record<string, unknown> {
  const { terminal, day, effects, counted, totals, sales } = beating
  const reads = [0, 1, 2].map((k) => (totals.reads[k] ?? 0) + partOf(counted?.reads[k] ?? 0, share))
  const errors = [0, 1, 2].map((k) => (totals.errors[k] ?? 0) + partOf(counted?.errors[k] ?? 0, share))
  const age = day + share
  const lines = (totals.sales + partOf(sales, share)) * linesOfReceipt
  const hasBattery = isMobile(terminal)
  return {
    terminal: terminal.serial,
    at: new Date(at + clockError(run, terminal.index, day)).toISOString(),
    serial: terminal.serial,
    model: terminal.model,
    store: terminal.store.code,
    carrier: terminal.carrier,
    uptimeSeconds: Math.round(((at - midnight(run.parameters)) / 1000) % (7 * 86_400)),
    ...(hasBattery
      ? {
          batteryPct: 40 + random.below(60),
          batteryHealthPct: batteryHealth(terminal, age),
          charging: share === 0,
        }
      : {}),
    temperatureC: 26 + random.below(80) / 10,
    networkType: hasBattery ? "4g" : "wifi",
    signalDbm: -60 - random.below(15) - (effects.communication > 0 ? 20 : 0),
    latencyMs: 40 + random.below(60) + (effects.fault?.cls === "slow" ? 400 : 0),
    networkErrors: totals.networkErrors + partOf(counted?.networkErrors ?? 0, share),
    storageUsedPct: storageUsed(terminal, age),
    memoryUsedPct: 45 + random.below(20),
    printerStatus: run.parameters.complete ? paperOf(lines) : "ok",
    printerLines: lines,
    tapReads: reads[0],
    tapFailures: errors[0],
    chipReads: reads[1],
    chipFailures: errors[1],
    swipeReads: reads[2],
    swipeFailures: errors[2],
    appCrashes: totals.crashes + partOf(counted?.crashes ?? 0, share),
    pinpadOk: true,
    readerOk: true,
    securityOk: true,
    hostReachable: true,
    os: "Android 10",
    firmware: effects.firmware,
    app: effects.app,
    emvKernel: "4.3k",
  }
}

/** The totals at the end of the day. */
export function totalsAfter({ totals, counted, sales }: BeatingDay): Totals {
  const added = (before: Totals["reads"], more: readonly number[] = []): Totals["reads"] => [
    before[0] + (more[0] ?? 0),
    before[1] + (more[1] ?? 0),
    before[2] + (more[2] ?? 0),
  ]
  return {
    reads: added(totals.reads, counted?.reads),
    errors: added(totals.errors, counted?.errors),
    crashes: totals.crashes + (counted?.crashes ?? 0),
    networkErrors: totals.networkErrors + (counted?.networkErrors ?? 0),
    sales: totals.sales + sales,
  }
}
