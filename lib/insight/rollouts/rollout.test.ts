import { describe, expect, test } from "vitest"
import { adviceOf, effectOf, type Sums } from "@/lib/insight/rollouts/effect"
import { ringsOf } from "@/lib/insight/rollouts/rings"

const tally = (failures: number, attempts = 1000) => ({ attempts, failures })
const sums = (...[a, b, c, d]: [number, number, number, number]): Sums => ({
  updated: { before: tally(a), after: tally(b) },
  others: { before: tally(c), after: tally(d) },
})

describe("the effect of a release", () => {
  test("is the change beyond that of the other terminals, with an interval", () => {
    const { ratio, interval } = effectOf(sums(40, 160, 40, 80))
    expect(ratio).toBeCloseTo(160.5 / 40.5 / (80.5 / 40.5), 6)
    const margin = 2.576 * Math.sqrt(1 / 40.5 + 1 / 160.5 + 1 / 40.5 + 1 / 80.5 + 0.03)
    expect(interval?.map(Math.log)).toEqual([
      expect.closeTo(Math.log(ratio ?? 0) - margin, 6),
      expect.closeTo(Math.log(ratio ?? 0) + margin, 6),
    ])
  })

  test("is unknown while too little was sold", () => {
    const few = { ...sums(4, 9, 4, 4), others: { before: tally(4), after: tally(4, 99) } }
    expect(effectOf(few)).toEqual({ ...few, ratio: null, interval: null })
  })

  test.each<[string, Sums, boolean, string]>([
    ["sales fail more often", sums(40, 160, 40, 42), false, "pause"],
    ["all sales fail more often, the others' too", sums(400, 800, 400, 800), false, "go_on"],
    ["sales fail less often", sums(400, 200, 400, 390), false, "go_on"],
    ["there is an incident of it", sums(400, 200, 400, 390), true, "pause"],
    ["there are few failures", sums(2, 4, 3, 3), false, "wait"],
  ])("says what to do when %s", (_name, of, hasIncident, advice) =>
    expect(adviceOf({ effects: [effectOf(of)], hasIncident })).toBe(advice),
  )

  test("asks for a pause when one ring alone is bad", () => {
    const effects = [effectOf(sums(400, 200, 400, 390)), effectOf(sums(40, 160, 40, 42))]
    expect(adviceOf({ effects, hasIncident: false })).toBe("pause")
  })
})

describe("rings", () => {
  const store = (storeId: number, firstOn: string, label: string | null = null) => ({
    storeId,
    firstOn,
    label,
    terminals: 2,
    ...sums(40, 44, 40, 42),
  })

  test("are the stores that got it on the same day, in order", () => {
    const rings = ringsOf([store(1, "2026-11-03"), store(2, "2026-11-01"), store(3, "2026-11-03")])
    expect(rings).toMatchObject([
      { firstOn: "2026-11-01", lastOn: "2026-11-01", stores: 1, terminals: 2 },
      { firstOn: "2026-11-03", lastOn: "2026-11-03", stores: 2, terminals: 4 },
    ])
    expect(rings[1]?.effect.updated.after).toEqual({ attempts: 2000, failures: 88 })
  })

  test("are named by labels where there are any", () => {
    const stores = [
      store(1, "2026-11-03", "ring:2"),
      store(2, "2026-11-01", "ring:1"),
      store(3, "2026-11-05"),
    ]
    expect(ringsOf([...stores, store(4, "2026-11-04", "ring:2")])).toMatchObject([
      { label: "ring:1", stores: 1 },
      { label: "ring:2", firstOn: "2026-11-03", lastOn: "2026-11-04", stores: 2 },
      { label: null, stores: 1 },
    ])
  })
})
