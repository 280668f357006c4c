import { kinds } from "@/lib/fleet/code-packs/kind"
import type { Board } from "@/lib/insight/engine/board"
import { cardTesting } from "@/lib/insight/engine/incidents/card-testing"
import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import type { Outages } from "@/lib/insight/engine/incidents/outages"
import type { TerminalSums } from "@/lib/insight/engine/terms/input"
import { shippedCounterRates, shippedCrashesPerDay } from "@/lib/insight/engine/terms/settings"
import { counters, indexOf, signalCount, type Counter } from "@/lib/insight/engine/terms/signals"

const issuerSignal = indexOf("issuer")
const techSignal = indexOf("tech")
const counterSignals = counters.map(indexOf)
/** Exposure that the shipped rates of counters weigh as much as. */
const shippedExposure = 500
const counterDecay = 0.97
const volumeDecay = 0.95

/** Adds what arrived to tonight's sums, and finds terminals where cards are tested. */
export function takeIn(board: Board, outages: Outages): Trouble[] {
  const found = board.night.sums.flatMap((sums) => testingOf(board, sums) ?? [])
  learnCounters(board)
  for (const sums of board.night.sums) {
    const slot = board.slots.get(sums.terminal)
    if (slot === undefined || board.isTested[slot] === 1) continue
    addKinds(board, slot, sums)
    addCounters(board, slot, sums)
    addVolume(board, slot, sums.presentments)
  }
  board.plain.set(board.expected)
  applyIssuers(board, outages)
  return found
}

function testingOf(
  board: Board,
  { terminal, day, presentments, kinds: counted }: TerminalSums,
): Trouble | null {
  const slot = board.slots.get(terminal)
  if (slot === undefined || !counted.issuer) return null
  const [mean = 0, weight = 0] = board.tables.volume.values.subarray(slot * 2, slot * 2 + 2)
  const usual = weight > 0 ? mean / weight : 0
  const trouble = cardTesting({ terminal, day, presentments, usual, issuerKind: counted.issuer })
  if (trouble) board.isTested[slot] = 1
  return trouble
}

function addKinds({ observed, expected }: Board, slot: number, { kinds: counted }: TerminalSums): void {
  for (const [s, kind] of kinds.entries()) {
    const count = counted[kind]
    if (!count) continue
    const at = slot * signalCount + s
    observed[at] = (observed[at] ?? 0) + count.observed
    expected[at] = (expected[at] ?? 0) + count.expected
  }
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
  const { observed, exposure } = state.counterRates
  for (const [k, name] of counters.entries()) {
    const s = counterSignals[k] ?? 0
    let [o, n] = [0, 0]
    for (const { counters: counted } of night.sums) {
      const count = counted[name]
      if (!count || count.exposure <= 0) continue
      // One broken terminal must not be the standard of all.
      o += Math.min(count.observed, count.exposure * 4 * shippedRate(name) + 3)
      n += count.exposure
    }
    observed[s] = (observed[s] ?? 0) * counterDecay + o
    exposure[s] = (exposure[s] ?? 0) * counterDecay + n
  }
}

function addVolume({ tables }: Board, slot: number, presentments: number): void {
  if (presentments <= 0) return
  const { values } = tables.volume
  values[slot * 2] = (values[slot * 2] ?? 0) * volumeDecay + presentments
  values[slot * 2 + 1] = (values[slot * 2 + 1] ?? 0) * volumeDecay + 1
}

/** More failures are expected where an issuer or an acquirer has trouble. */
function applyIssuers(board: Board, { issuers, acquirers }: Outages): void {
  const { expected, night, slots } = board
  const factors = new Map(issuers.map((one) => [`${one.issuer}/${one.day}`, one]))
  for (const { terminal, issuer, day, issuerKind, tech } of night.shares) {
    const slot = slots.get(terminal)
    const factor = factors.get(`${issuer}/${day}`)
    if (slot === undefined || !factor || board.isTested[slot] === 1) continue
    const at = slot * signalCount
    expected[at + issuerSignal] = Math.max(
      0,
      (expected[at + issuerSignal] ?? 0) + (factor.issuerKind - 1) * issuerKind,
    )
    expected[at + techSignal] = Math.max(0, (expected[at + techSignal] ?? 0) + (factor.tech - 1) * tech)
  }
  const down = new Map(
    acquirers.filter(({ day }) => day === night.day).map((one) => [one.acquirer, one.tech]),
  )
  if (down.size === 0) return
  for (const [slot, { acquirer }] of night.terminals.entries()) {
    const at = slot * signalCount + techSignal
    expected[at] = (expected[at] ?? 0) * (down.get(acquirer) ?? 1)
  }
}
