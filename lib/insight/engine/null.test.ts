import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus"
import { expect, test } from "vitest"
import { learnNull } from "@/lib/insight/engine/null"
import { shippedNull } from "@/lib/insight/engine/terms/settings"
import { indexOf, signalCount } from "@/lib/insight/engine/terms/signals"
import { dayCells, pushNight, weekCells } from "@/lib/insight/engine/window"

const chip = indexOf("chip")
const nights = 28

/** A fleet whose rates and days vary by factors of the given standard deviations. */
function learnt(terminals: number, { rates, days }: { rates: number; days: number }) {
  const random = xoroshiro128plus(9)
  const unit = () => (random.next() >>> 0) / 2 ** 32
  const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit())
  const poisson = (mean: number) => {
    let count = -1
    for (let product = 1; product > Math.exp(-mean); count += 1) product *= unit()
    return count
  }
  const width = terminals * signalCount
  const observed = new Float32Array(width * (dayCells + weekCells))
  const expected = new Float32Array(width * (dayCells + weekCells))
  const factors = Array.from({ length: terminals }, () => Math.exp(rates * normal() - (rates * rates) / 2))
  for (let night = 0; night < nights; night += 1) {
    const seen = new Float64Array(width)
    const due = new Float64Array(width)
    for (const [i, factor] of factors.entries()) {
      due[i * signalCount + chip] = 2
      seen[i * signalCount + chip] = poisson(2 * factor * Math.exp(days * normal() - (days * days) / 2))
    }
    pushNight(observed, (at) => seen[at] ?? 0, night)
    pushNight(expected, (at) => due[at] ?? 0, night)
  }
  const before = {
    terminals: new Float64Array(signalCount).fill(shippedNull.terminals),
    days: new Float64Array(signalCount).fill(shippedNull.days),
  }
  const { terminals: between, days: ofDays } = learnNull(
    { observed, expected, terminals, night: nights - 1 },
    before,
  )
  return { terminals: between[chip] ?? 0, days: ofDays[chip] ?? 0 }
}

test("a fleet of terminals that differ teaches a wider null than one of equal terminals", () => {
  const [equal, different] = [0.05, 0.6].map((rates) => learnt(300, { rates, days: 0.1 }))
  expect(equal?.terminals).toBeLessThanOrEqual(0.06)
  expect(different?.terminals).toBeGreaterThanOrEqual(0.25)
})

test("days that vary teach a wider null for a day", () => {
  const [calm, wild] = [0.05, 0.7].map((days) => learnt(300, { rates: 0.1, days }))
  expect(calm?.days).toBeLessThan(0.11)
  expect(wild?.days).toBeGreaterThan(0.15)
})

test("a few terminals teach nothing: the shipped null holds", () => {
  expect(learnt(20, { rates: 0.8, days: 0.8 })).toEqual(shippedNull)
})
