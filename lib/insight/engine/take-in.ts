import { kinds } from "@/lib/fleet/code-packs/kind"
import type { Board } from "@/lib/insight/engine/board"
import { isBadLine } from "@/lib/insight/engine/evidence"
import { groupSums, numbersIn } from "@/lib/insight/engine/factors/groups"
import { isOutage } from "@/lib/insight/engine/factors/issuer"
import { cardTesting } from "@/lib/insight/engine/incidents/card-testing"
import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import type { Outages } from "@/lib/insight/engine/incidents/outages"
import type { TerminalSums } from "@/lib/insight/engine/terms/input"
import { shippedCounterRates, shippedCrashesPerDay } from "@/lib/insight/engine/terms/settings"
import { alarmKinds, counters, indexOf, signalCount, type Counter } from "@/lib/insight/engine/terms/signals"

const issuerSignal = indexOf("issuer")
const techSignal = indexOf("tech")
const slowSignal = indexOf("slowSales")
const alarmSignals = alarmKinds.map(indexOf)
const alarmWidth = alarmSignals.length
const counterSignals = counters.map(indexOf)
/** Exposure that the shipped rates of counters weigh as much as. */
const shippedExposure = 500
const counterDecay = 0.97
const volumeDecay = 0.95

/** Adds what arrived to tonight's sums, in steps, and finds terminals where cards are tested. */
export function* takeIn(board: Board, outages: Outages): Generator<void, Trouble[]> {
  const found: Trouble[] = []
  for (const sums of board.night.sums) found.push(...testingOf(board, sums))
  learnCounters(board)
  yield
  for (const sums of board.night.sums) {
    const slot = board.slots.get(sums.terminal)
    if (slot === undefined || board.isTested[slot] === 1) continue
    addKinds(board, slot, sums)
    addCounters(board, slot, sums)
    addVolume(board, slot, sums.presentments)
  }
  yield
  leaveOutSpeedOfBadLines(board)
  rememberAsItCame(board)
  applyIssuers(board, outages)
  return found
}

function rememberAsItCame({ observed, expected, seen, plain }: Board): void {
  for (let at = 0; at < seen.length; at += 1) {
    const from = Math.floor(at / alarmWidth) * signalCount + (alarmSignals[at % alarmWidth] ?? 0)
    seen[at] = observed[from] ?? 0
    plain[at] = expected[from] ?? 0
  }
}

function testingOf(board: Board, { terminal, day, presentments, kinds: counted }: TerminalSums): Trouble[] {
  const slot = board.slots.get(terminal)
  if (slot === undefined || !counted.issuer) return []
  const [mean = 0, weight = 0] = board.tables.volume.values.subarray(slot * 2, slot * 2 + 2)
  const usual = weight > 0 ? mean / weight : 0
  const trouble = cardTesting({ terminal, day, presentments, usual, issuerKind: counted.issuer })
  if (trouble) board.isTested[slot] = 1
  return trouble ? [trouble] : []
}

function addKinds({ observed, expected }: Board, slot: number, { kinds: counted }: TerminalSums): void {
  for (const [s, kind] of kinds.entries()) {
    const count = counted[kind]
    if (!count) continue
    const at = slot * signalCount + s
    observed[at] = (observed[at] ?? 0) + count.observed
    expected[at] = (expected[at] ?? 0) + count.expected
  }
  // Failures of keys are a kind of tech, but say nothing of the line.
  const { keys } = counted
  if (!keys) return
  const at = slot * signalCount + techSignal
  observed[at] = (observed[at] ?? 0) - keys.observed
  expected[at] = Math.max(0, (expected[at] ?? 0) - keys.expected)
}

function addCounters(board: Board, slot: number, { counters: counted }: TerminalSums): void {
  for (const [k, name] of counters.entries()) {
    const count = counted[name]
    if (!count || count.exposure <= 0) continue
    const s = counterSignals[k] ?? 0
    const at = slot * signalCount + s
    board.observed[at] = (board.observed[at] ?? 0) + count.observed
    board.expected[at] = (board.expected[at] ?? 0) + count.exposure * counterRate(board, name, s)
  }
}

const shippedRate = (name: Counter) => (name === "crashes" ? shippedCrashesPerDay : shippedCounterRates[name])

function counterRate({ state }: Board, name: Counter, s: number): number {
  const { observed, exposure } = state.counterRates
  return ((observed[s] ?? 0) + shippedExposure * shippedRate(name)) / ((exposure[s] ?? 0) + shippedExposure)
}

/** The rates include tonight, so that a first night is compared with itself and not with a guess. */
function learnCounters({ state, night }: Board): void {
  const tonight = counters.map(() => ({ observed: 0, exposure: 0 }))
  for (const { counters: counted } of night.sums)
    for (const [k, sum] of tonight.entries()) {
      const name = counters[k]
      const count = name && counted[name]
      if (!count || count.exposure <= 0) continue
      // One broken terminal must not be the standard of all.
      sum.observed += Math.min(count.observed, count.exposure * 4 * shippedRate(name) + 3)
      sum.exposure += count.exposure
    }
  const { observed, exposure } = state.counterRates
  for (const [k, sum] of tonight.entries()) {
    const s = counterSignals[k] ?? 0
    observed[s] = (observed[s] ?? 0) * counterDecay + sum.observed
    exposure[s] = (exposure[s] ?? 0) * counterDecay + sum.exposure
  }
}

/** While a store's line is bad, its sales are slow for that, which says nothing of a terminal. */
function leaveOutSpeedOfBadLines({ stores, observed, expected, state }: Board): void {
  const sums = groupSums(stores, { observed: numbersIn(observed), expected: numbersIn(expected) })
  const known = new Set(
    [...state.incidents.values()].flatMap(({ subject }) =>
      subject.cls === "store network" ? [subject.store] : [],
    ),
  )
  const isBad = stores.names.map((name, store) => {
    if (known.has(name)) return true
    const at = store * signalCount + techSignal
    return isBadLine(state, { observed: sums.observed[at] ?? 0, expected: sums.expected[at] ?? 0 })
  })
  for (const [slot, store] of stores.of.entries()) {
    if (!isBad[store]) continue
    const at = slot * signalCount + slowSignal
    observed[at] = 0
    expected[at] = 0
  }
}

function addVolume({ tables }: Board, slot: number, presentments: number): void {
  if (presentments <= 0) return
  const { values } = tables.volume
  values[slot * 2] = (values[slot * 2] ?? 0) * volumeDecay + presentments
  values[slot * 2 + 1] = (values[slot * 2 + 1] ?? 0) * volumeDecay + 1
}

/**
 * What an issuer or an acquirer with an outage makes fail is booked to that incident, and not to terminals.
 * With an issuer that is only unusual, more failures are expected, or less.
 */
function applyIssuers(board: Board, { issuers, acquirers }: Outages): void {
  const { expected, night, slots } = board
  const factors = new Map(issuers.map((one) => [`${one.issuer}/${one.day}`, one]))
  for (const { terminal, issuer, day, issuerKind, tech } of night.shares) {
    const slot = slots.get(terminal)
    const factor = factors.get(`${issuer}/${day}`)
    if (slot === undefined || !factor || board.isTested[slot] === 1) continue
    for (const [signal, count, times] of [
      [issuerSignal, issuerKind, factor.issuerKind],
      [techSignal, tech, factor.tech],
    ] as const) {
      const at = slot * signalCount + signal
      if (isOutage(factor)) takeOff(board, at, count.observed - count.expected)
      else expected[at] = Math.max(0, (expected[at] ?? 0) + (times - 1) * count.expected)
    }
  }
  const down = new Set(acquirers.filter(({ day }) => day === night.day).map(({ acquirer }) => acquirer))
  for (const [slot, { acquirer }] of night.terminals.entries()) {
    const at = slot * signalCount + techSignal
    if (down.has(acquirer)) takeOff(board, at, (board.observed[at] ?? 0) - (expected[at] ?? 0))
  }
}

function takeOff({ observed }: Board, at: number, excess: number): void {
  if (excess > 0) observed[at] = (observed[at] ?? 0) - excess
}
