import type { Board } from "@/lib/insight/engine/board"
import { badLineDays, lineLately } from "@/lib/insight/engine/evidence"
import type { OperatorCell } from "@/lib/insight/engine/factors/operator"
import { carrierTroubles } from "@/lib/insight/engine/incidents/carrier"
import type { Trouble } from "@/lib/insight/engine/incidents/incident"
import { operatorCases, operatorTroubles } from "@/lib/insight/engine/incidents/operator"
import { loneTrouble, storeTrouble } from "@/lib/insight/engine/incidents/site"
import type { Count } from "@/lib/insight/engine/terms/input"
import { gates } from "@/lib/insight/engine/terms/settings"
import { indexOf, signalCount } from "@/lib/insight/engine/terms/signals"
import { dayCells } from "@/lib/insight/engine/window"

const tech = indexOf("tech")
const lineDays = 3

/** The slots of each store. */
export function slotsByStore({ stores, terminals }: Board): number[][] {
  const slots = Array.from({ length: stores.count }, (): number[] => [])
  for (let i = 0; i < terminals; i += 1) slots[stores.of[i] ?? 0]?.push(i)
  return slots
}

const lineOf = ({ tables, state }: Board, i: number): Count[] =>
  Array.from({ length: Math.min(lineDays, state.nights + 1) }, (_, ago) => {
    const at = i * dayCells + ((state.nights - ago) % dayCells)
    return { observed: tables.lineObserved.values[at] ?? 0, expected: tables.lineExpected.values[at] ?? 0 }
  })

export function findSites(board: Board, byStore: readonly (readonly number[])[]): Trouble[] {
  return byStore.flatMap((slots, store) => {
    const lines = slots.map((i) => ({
      carrier: board.night.terminals[i]?.carrier ?? "",
      days: lineOf(board, i),
    }))
    return storeTrouble(board.stores.names[store] ?? "", board.night.day, lines) ?? []
  })
}

const loneP = 1e-5
const loneExcess = 3

/** Stores with one terminal that has a bad day. Lines are mended within days, so more days make a flag. */
export function findLoneSites(board: Board, byStore: readonly (readonly number[])[]): Trouble[] {
  return byStore.flatMap(([i, ...others], store) => {
    if (i === undefined || others.length > 0) return []
    const lengths = Array.from({ length: Math.min(lineDays, board.state.nights + 1) }, (_, k) => k + 1)
    const [tonight, ...longer] = lengths.map((nights) => lineLately(board, i, nights))
    if (!tonight || tonight.observed <= tonight.expected) return []
    const worst = longer.reduce((rarest, one) => (one.p < rarest.p ? one : rarest), tonight)
    if (worst.p >= loneP || worst.observed - worst.expected < loneExcess) return []
    if (badLineDays(board, i) >= gates.badDaysAlone) return []
    return [loneTrouble(board.stores.names[store] ?? "", board.night.day, worst)]
  })
}

/** Carriers with bad lines tonight. */
export const findCarriers = (board: Board): Trouble[] =>
  carrierTroubles(
    board.night.terminals.map(({ carrier, store }, i) => {
      const at = i * signalCount + tech
      const expected = (board.expected[at] ?? 0) * (board.factors[at] ?? 1)
      return { observed: board.observed[at] ?? 0, expected, carrier, store }
    }),
    board.night.day,
  )

export const findOperators = (board: Board, cells: ReadonlyMap<number, readonly OperatorCell[]>): Trouble[] =>
  operatorTroubles(
    [...cells].flatMap(([store, ofStore]) => operatorCases(board.stores.names[store] ?? "", ofStore)),
    board.night.day,
  )
