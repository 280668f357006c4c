import { DateTime } from "luxon"
import { countersOf, terminalShare } from "@/lib/run/simulation/counters"
import { faultsOf, type Faults } from "@/lib/run/simulation/faults"
import { demoZone, type DemoTerminal } from "@/lib/run/simulation/fleet"
import { Random } from "@/lib/run/simulation/random"

type Window = {
  seed: string
  startedAt: number
  from: number
  to: number
  /** Whether records are sent as they happen. Only then can `sentAt` show a wrong clock. */
  isLive: boolean
}

const quarterMs = 15 * 60_000
const dayMs = 24 * 3_600_000

const iso = (at: number) => new Date(at).toISOString()

/** A terminal's heartbeats in [from, to), in order. */
export function beatsOf(
  terminal: DemoTerminal,
  { seed, startedAt, from, to, isLive }: Window,
): Record<string, unknown>[] {
  const offset = terminal.beatOffsetSeconds * 1000
  const beats: Record<string, unknown>[] = []
  for (let slot = Math.ceil((from - offset) / quarterMs); slot * quarterMs + offset < to; slot += 1) {
    const at = slot * quarterMs + offset
    const random = new Random(seed, "beat", terminal.serial, slot)
    const faults = faultsOf(terminal, at, startedAt)
    if (faults.clockSlowMs !== 0 && !isLive) continue
    if (!faults.isDead && !random.chance(faults.beatLoss))
      beats.push(beat(terminal, { at, startedAt, random, faults }))
  }
  return beats
}

type Moment = { at: number; startedAt: number; random: Random; faults: Faults }

function beat(terminal: DemoTerminal, { at, startedAt, random, faults }: Moment): Record<string, unknown> {
  const hour = DateTime.fromMillis(at, { zone: demoZone }).hour
  const isMobile = terminal.model === "TW-M3"
  const clock = faults.clockSlowMs === 0 ? {} : { sentAt: iso(at + 2_000 - faults.clockSlowMs) }
  return {
    terminal: terminal.serial,
    at: iso(at - faults.clockSlowMs),
    ...clock,
    intervalSeconds: 900,
    ...countersOf(terminal, at, startedAt),
    ...(isMobile
      ? {
          batteryPct: Math.max(3, 96 - (hour % 12) * 5 - faults.batteryFade - random.below(4)),
          batteryHealthPct: Math.round(94 - faults.batteryFade),
          charging: hour < 7,
        }
      : {}),
    temperatureC: 27 + random.below(80) / 10,
    networkType: isMobile ? "4g" : "wifi",
    signalDbm: -58 - random.below(16) - (terminal.index % 5) * 3,
    latencyMs: 40 + random.below(60),
    storageUsedPct: 30 + (terminal.index % 40) + random.below(2),
    memoryUsedPct: 45 + random.below(20),
    printerStatus: faults.noPaper ? "no_paper" : "ok",
    pinpadOk: faults.pinpadOk,
    readerOk: true,
    securityOk: !faults.tamper,
    hostReachable: true,
    tamper: faults.tamper,
    os: "Android 10",
    firmware: faults.firmware,
    app: faults.app,
    emvKernel: "4.3k",
    securityPatch: "2026-08-05",
  }
}

const entryModes = [
  ["contactless", 62],
  ["chip", 30],
  ["swipe", 3],
  ["qr", 5],
] as const
const bins = [
  ["622202", 22],
  ["621700", 18],
  ["622848", 15],
  ["621661", 12],
  ["622588", 10],
  ["625912", 8],
  ["622908", 6],
] as const

/** Response codes of hosts, with the chance of each. */
const declines = [
  [{ code: "51", chance: 0.016 }],
  [{ code: "61", chance: 0.004 }],
  [{ code: "54", chance: 0.002 }],
  [{ code: "14", chance: 0.001 }],
  [{ code: "62", chance: 0.002 }],
] as const
const terminalCodes = { chip: "2M", contactless: "2N", swipe: "A1", communication: "Z0" } as const

type Failure = { outcome: "declined" | "failed"; codeSystem: string; code: string }

function failureOf(
  terminal: DemoTerminal,
  random: Random,
  faults: Faults,
  { entryMode, operator, bin }: { entryMode: string; operator: string; bin: string },
): Failure | null {
  const own = (code: string): Failure => ({ outcome: "failed", codeSystem: "ums-mispos", code })
  const host = (code: string): Failure => ({ outcome: "declined", codeSystem: terminal.codeSystem, code })
  if (random.chance(faults.communication)) return own(terminalCodes.communication)
  if (entryMode === "chip" && random.chance(faults.chip)) return own(terminalCodes.chip)
  if (entryMode === "contactless" && random.chance(faults.contactless)) return own(terminalCodes.contactless)
  if (entryMode === "swipe" && random.chance(0.03)) return own(terminalCodes.swipe)
  if (faults.operator?.id === operator && random.chance(faults.operator.chance))
    return host(random.pick(["13", "55", "25"]))
  if (faults.issuer?.bin === bin && random.chance(faults.issuer.chance)) return host("91")
  if (random.chance(0.007)) return host("55")
  if (random.chance(0.002)) return host(random.pick(["91", "96", "98"]))
  for (const [{ code, chance }] of declines) if (random.chance(chance)) return host(code)
  return null
}

/**
 * A terminal's sales in [from, to), ordered by day. Whole days are generated, so that a part of a day always
 * has the same sales.
 */
export function salesOf(
  terminal: DemoTerminal,
  { seed, startedAt, from, to }: Window,
): Record<string, unknown>[] {
  const sales: Record<string, unknown>[] = []
  const firstDay = DateTime.fromMillis(from, { zone: demoZone }).startOf("day")
  for (let day = firstDay; day.toMillis() < to; day = day.plus({ days: 1 })) {
    for (const sale of salesOfDay(terminal, seed, startedAt, day)) {
      const at = Date.parse(String(sale["at"]))
      if (at >= from && at < to) sales.push(sale)
    }
  }
  return sales
}

const weekday = [0.85, 0.9, 0.92, 0.95, 1.2, 1.35, 1.15]

function salesOfDay(
  terminal: DemoTerminal,
  seed: string,
  startedAt: number,
  day: DateTime,
): Record<string, unknown>[] {
  const random = new Random(seed, "sales", terminal.serial, day.toISODate() ?? "")
  const { opens, closes, operators, salesPerDay } = terminal.store
  const count = random.poisson(salesPerDay * (weekday[day.weekday - 1] ?? 1) * terminalShare)
  const sales: Record<string, unknown>[] = []
  for (let i = 0; i < count; i += 1) {
    // The sum of two uniform numbers makes noon busier than morning and evening.
    const share = (random.unit() + random.unit()) / 2
    const at = day.toMillis() + (opens + (closes - opens) * share) * 3_600_000
    const faults = faultsOf(terminal, at, startedAt)
    const entryMode = random.weighted(entryModes)
    const bin = random.weighted(bins)
    const operator = operators[random.below(operators.length)] ?? "01"
    const cardRef = `demo-${bin}-${random.below(3000)}`
    const amountMinor = 500 + random.below(30_000)
    let next = at
    // A customer retries a failed sale at most twice.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const failure = failureOf(terminal, random, faults, { entryMode, operator, bin })
      if (!faults.isDead) {
        sales.push({
          terminal: terminal.serial,
          at: iso(next),
          id: `${day.toFormat("yyyyMMdd")}${String(i).padStart(4, "0")}${attempt}`,
          outcome: failure?.outcome ?? "approved",
          codeSystem: failure?.codeSystem ?? terminal.codeSystem,
          code: failure?.code ?? "00",
          entryMode,
          amountMinor,
          currency: "CNY",
          issuerBin: bin,
          cardRef,
          scheme: "unionpay",
          acquirer: terminal.acquirer,
          operator,
          durationMs: 900 + random.below(2_500),
          release: faults.app,
        })
      }
      if (!failure || !random.chance(0.5)) break
      next += 20_000 + random.below(70_000)
    }
  }
  return sales
}

/** How many days before its start the demo has data. */
export const demoDays = 30
export const demoDayMs = dayMs
