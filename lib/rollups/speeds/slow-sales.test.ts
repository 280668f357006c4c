import { expect, test } from "vitest"
import { slowSalesOf, type Durations } from "@/lib/rollups/speeds/slow-sales"

const of = (terminal: number, durations: number[], acquirer = "A"): Durations => ({
  terminal_id: terminal,
  acquirer,
  entry_mode: "chip",
  durations,
})
const fast = Array.from({ length: 95 }, (_, i) => 1_000 + i)

test("sales are slow beside the fleet's of the same acquirer", () => {
  expect(
    slowSalesOf([
      of(1, fast),
      of(2, [1_000, 9_000, 9_000, 9_000, 9_000]),
      of(
        2,
        fast.map((ms) => 10 * ms),
        "B",
      ),
    ]),
  ).toEqual([
    { terminal_id: 1, slow: 1, timed: 95 },
    { terminal_id: 2, slow: 8, timed: 100 },
  ])
})

test("few sales of an acquirer are not compared", () => {
  expect(slowSalesOf([of(1, fast.slice(0, 39))])).toEqual([])
})
