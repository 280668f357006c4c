import { describe, expect, test } from "vitest"
import { groupSums, numbered, numbersIn, weighed } from "@/lib/insight/engine/factors/groups"
import { issuerFactors, troubledIssuers } from "@/lib/insight/engine/factors/issuer"
import { operatorFactors } from "@/lib/insight/engine/factors/operator"
import { releaseFactors } from "@/lib/insight/engine/factors/release"
import { slowStoreFactors, storeDayFactors, storeWeights } from "@/lib/insight/engine/factors/store"
import { indexOf, signalCount } from "@/lib/insight/engine/terms/signals"

const variances = new Float64Array(signalCount).fill(0.1)
const tech = indexOf("tech")
const chip = indexOf("chip")

/** One signal's counts by terminal; all other signals are empty. */
const series = (signal: number, counts: readonly (readonly [observed: number, expected: number])[]) => {
  const observed = new Float32Array(counts.length * signalCount)
  const expected = new Float32Array(counts.length * signalCount)
  for (const [i, [o, e]] of counts.entries()) {
    observed[i * signalCount + signal] = o
    expected[i * signalCount + signal] = e
  }
  return { observed: numbersIn(observed), expected: numbersIn(expected) }
}
const members = (names: string[]) => {
  const { of, names: all } = numbered(names)
  return { of, count: all.length }
}
const at = (factors: ArrayLike<number>, i: number, signal: number) => factors[i * signalCount + signal]

describe("releases", () => {
  const releases = members([
    ...Array.from({ length: 20 }, () => "bad"),
    ...Array.from({ length: 20 }, () => "good"),
  ])
  const models = members(Array.from({ length: 40 }, () => "P200"))

  test("raise what is expected of their terminals", () => {
    const counts = Array.from({ length: 40 }, (_, i) => (i < 20 ? [6, 2] : [2, 2]) as [number, number])
    const factors = releaseFactors(weighed(series(chip, counts), variances), { models, releases })
    expect(at(factors, 0, chip)).toBeGreaterThan(2.2)
    expect(at(factors, 30, chip)).toBeLessThan(1.5)
    expect(at(factors, 0, tech)).toBe(1)
  })

  test("a broken terminal changes the expectation of its group a little, and its own not at all", () => {
    const counts = (first: number) =>
      Array.from({ length: 40 }, (_, i) => [i === 0 ? first : 2, 2] as [number, number])
    const [healthy, broken] = [2, 200].map((first) =>
      releaseFactors(weighed(series(chip, counts(first)), variances), { models, releases }),
    )
    expect(at(broken ?? [], 0, chip)).toBeCloseTo(at(healthy ?? [], 0, chip) ?? 0, 6)
    expect(at(broken ?? [], 1, chip)).toBeLessThan(1.25)
  })
})

describe("stores", () => {
  const stores = members(["a", "a", "a", "b"])
  const recent = series(tech, [
    [10, 2],
    [9, 2],
    [2, 2],
    [50, 2],
  ])
  const sums = groupSums(stores, recent)
  const of = (factors: (at: number) => number, i: number) => factors(i * signalCount + tech)

  test("a terminal is expected to fail as its neighbours do", () => {
    const factors = slowStoreFactors(stores, recent, {
      sums,
      weights: new Float64Array(signalCount).fill(400),
    })
    expect(of(factors, 2)).toBeGreaterThan(of(factors, 0))
    expect(of(factors, 0)).toBeGreaterThan(1.5)
    expect(of(factors, 3)).toBe(1)
  })

  test("a good day of the neighbours changes nothing, a bad one does", () => {
    const today = series(tech, [
      [0, 0.2],
      [0, 0.2],
      [8, 0.2],
      [0, 0.2],
    ])
    expect(of(storeDayFactors(stores, today), 2)).toBe(1)
    expect(of(storeDayFactors(stores, today), 0)).toBeGreaterThan(8)
  })

  test("stores that do not differ need a lot to be told apart", () => {
    const names = Array.from({ length: 200 }, (_, i) => `s${Math.floor(i / 4)}`)
    const many = members(names)
    const weightOf = (counts: [number, number][]) => {
      const all = series(chip, counts)
      return storeWeights(groupSums(many, weighed(all, variances)))[chip]
    }
    expect(weightOf(names.map((_, i) => [i % 2 === 0 ? 3 : 5, 4]))).toBe(400)
    expect(weightOf(names.map((_, i) => [Math.floor(i / 4) % 2 === 0 ? 2 : 6, 4]))).toBeLessThan(20)
  })
})

describe("operators", () => {
  const cell = (terminal: number, operator: string, user: number) => ({
    terminal,
    operator,
    observed: [user, 4] as [number, number],
    expected: [4, 4] as [number, number],
  })

  test("an untrained one stands out from the others of the store", () => {
    const factors = operatorFactors(
      [0, 1].flatMap((t) => [cell(t, "01", 4), cell(t, "02", 24), cell(t, "03", 3)]),
    )
    expect(factors.get("02")?.user).toBeGreaterThan(2.5)
    expect(factors.get("01")?.user).toBeLessThan(1.2)
    expect(factors.get("02")?.reads).toBeCloseTo(1, 1)
  })

  test("a broken terminal is not put down to all who use it", () => {
    const factors = operatorFactors([cell(0, "01", 30), cell(0, "02", 26)])
    expect(factors.get("01")?.user).toBeLessThan(1.3)
    expect(factors.get("02")?.user).toBeLessThan(1.3)
  })
})

test("only issuers with unusual factors need each terminal's share", () => {
  const one = (issuer: string, observed: number) => ({
    issuer,
    acquirer: "A",
    day: 3,
    issuerKind: { observed: 50, expected: 50 },
    tech: { observed, expected: 10 },
    stores: 9,
  })
  const factors = issuerFactors([one("1", 10), one("2", 90)])
  expect(troubledIssuers(factors).map(({ issuer }) => issuer)).toEqual(["2"])
  expect(factors[1]?.tech).toBeCloseTo((30 + 90) / (30 + 10), 10)
})
