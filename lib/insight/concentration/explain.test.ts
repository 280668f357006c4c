import { describe, expect, test } from "vitest"
import { bestOf, explainedBy, logRatio, type Counted, type Sums } from "@/lib/insight/concentration/explain"
import type { Followed } from "@/lib/insight/concentration/words"

/** Twenty terminals in ten stores, each with two cashiers, four issuers; a hundred sales at each terminal. */
const terminals = 20
const salesAt = 100
const sales = terminals * salesAt

type Failure = { terminal: number; operator: number; issuer: number; card: string }
const usual: Failure[] = Array.from({ length: 40 }, (_, i) => ({
  terminal: i % terminals,
  operator: i % 2,
  issuer: (i * 7 + Math.floor(i / 5)) % 4,
  card: `usual ${i}`,
}))

const failing = (count: number, of: (i: number) => Partial<Failure>): Failure[] =>
  Array.from({ length: count }, (_, i) => ({
    terminal: (i * 3) % terminals,
    operator: i % 2,
    issuer: i % 4,
    card: `card ${i}`,
    ...of(i),
  }))

const valuesOf = {
  card: ({ card }: Failure) => card,
  terminal: ({ terminal }: Failure) => `${terminal}`,
  store: ({ terminal }: Failure) => `${Math.floor(terminal / 2)}`,
  operator: ({ terminal, operator }: Failure) => `${Math.floor(terminal / 2)}:${operator}`,
  issuer: ({ issuer }: Failure) => `${issuer}`,
}
const salesOf: Record<keyof typeof valuesOf, (failures: number) => number> = {
  card: (failures) => failures + 1,
  terminal: () => salesAt,
  store: () => 2 * salesAt,
  operator: () => salesAt,
  issuer: () => sales / 4,
}

/** Each card counts once for a value, as in a selection. */
function sumsOf(failures: readonly Failure[]): Sums {
  const by = (dimension: keyof typeof valuesOf) => {
    const cards = new Map<string, Set<string>>()
    failures.forEach((failure, i) => {
      const value = valuesOf[dimension](failure)
      const once = dimension === "card" ? `${i}` : failure.card
      cards.set(value, (cards.get(value) ?? new Set()).add(once))
    })
    const values = [...cards].map(([value, { size }]): Counted => ({
      value,
      failures: size,
      sales: salesOf[dimension](size),
    }))
    return { failures: values.reduce((sum, value) => sum + value.failures, 0), values }
  }
  const dimensions = Object.keys(valuesOf) as (keyof typeof valuesOf)[]
  return { sales, by: Object.fromEntries(dimensions.map((one) => [one, by(one)])) }
}

const best = (more: readonly Failure[]) => bestOf(explainedBy(sumsOf([...usual, ...more])))
const named = ([first]: { dimension: Followed; value: string }[]) => first && [first.dimension, first.value]

describe("failures follow", () => {
  test.each([
    ["one card at five terminals", failing(15, (i) => ({ terminal: i % 5, card: "worn" })), ["card", "worn"]],
    ["one terminal", failing(14, () => ({ terminal: 7 })), ["terminal", "7"]],
    [
      "one cashier, at both terminals of a store",
      failing(14, (i) => ({ terminal: 6 + (i % 2), operator: 1 })),
      ["operator", "3:1"],
    ],
    ["one issuer everywhere", failing(40, () => ({ issuer: 2 })), ["issuer", "2"]],
    [
      "one store with all its terminals and cashiers",
      failing(24, (i) => ({ terminal: 6 + (i % 2), operator: Math.floor(i / 2) % 2 })),
      ["store", "3"],
    ],
  ])("%s", (_what, failures, found) => {
    const all = best(failures)
    expect(named(all)).toEqual(found)
    expect(all[0]?.share).toBeGreaterThan(0.5)
  })

  test("nothing when they are spread as sales are, and nothing without failures", () => {
    expect(best([])).toEqual([])
    expect(bestOf(explainedBy(sumsOf([])))).toEqual([])
  })
})

test("the runner-up is another dimension, less likely than the best", () => {
  const [first, second] = best(failing(14, () => ({ terminal: 7 })))
  expect(second?.dimension).toBe("store")
  expect(second?.share).toBeLessThan(first?.share ?? 0)
})

test("the likelihood ratio is that of two rates against one", () => {
  // Binomial shares by hand: 8 of 10 failures where 2 are expected.
  expect(logRatio(8, 2, 10)).toBeCloseTo(8 * Math.log(4) + 2 * Math.log(2 / 8), 10)
  expect(logRatio(2, 2, 10)).toBe(0)
  expect(logRatio(10, 2, 10)).toBeCloseTo(10 * Math.log(5), 10)
})
