import { describe, expect, test } from "vitest"
import { addDays } from "@/lib/base/time/zone"
import { signalDrop, trendsOf, valuesOf } from "@/lib/insight/trends/signals"
import { completed, dayOfWeeks, weekNumber, type Week } from "@/lib/insight/trends/weeks"

const monday = "2026-05-25"
const weeks = (count: number, of: (i: number) => Partial<Week>): Week[] =>
  completed(Array.from({ length: count }, (_, i) => ({ week: addDays(monday, 7 * i), ...of(i) })))
/** The Monday after 26 weeks. */
const after = addDays(monday, 26 * 7)
const now = weekNumber(after)
const usual = { printerHeadKm: null, chipInsertions: null, swipes: null }
const wobble = (i: number) => (i % 2 === 0 ? 0.1 : -0.1)

test("a battery that loses half a percent a week reaches 70 % in the right week", () => {
  const { battery } = trendsOf(
    weeks(26, (i) => ({ battery: 89 - 0.5 * i + wobble(i) })),
    usual,
    now,
  )
  // 89 in the middle of the first week, and 70 after 38 weeks.
  const due = addDays(monday, 38 * 7 + 3)
  expect(dayOfWeeks(battery?.due ?? 0) > addDays(due, -7)).toBe(true)
  expect(dayOfWeeks(battery?.due ?? 0) < addDays(due, 7)).toBe(true)
  expect(battery?.level).toBeCloseTo(76.25, 0)
})

describe("the printer's head", () => {
  const printed = (printerHeadKm: number | null, of: (i: number) => number) =>
    trendsOf(
      weeks(26, (i) => ({ printerLines: of(i) })),
      { ...usual, printerHeadKm },
      now,
    ).printer_head

  test("lasts as long as its model's vendor says", () => {
    // 0.375 km a week, 9.75 km so far.
    const trend = printed(12, (i) => 100_000 * (i + 1) + 10 * wobble(i))
    expect(trend?.level).toBeCloseTo(9.75, 1)
    expect((trend?.due ?? 0) - now).toBeCloseTo(6, 0)
    expect(printed(null, (i) => 500_000 * (i + 1))?.limit).toBe(50)
  })

  test("is over its life, however slowly it prints", () => {
    const trend = printed(null, (i) => 16_000_000 + 2_000 * i)
    expect(trend?.due).toBe(now)
    expect(trend?.level).toBeCloseTo(60.2, 1)
  })

  test("counts anew after the counter began again", () => {
    const lines = (i: number) => (i < 10 ? 9_000_000 + i * 100_000 : (i - 9) * 100_000)
    const values = valuesOf(
      weeks(26, (i) => ({ printerLines: lines(i) })),
      "printer_head",
    )
    expect([values.length, values[0]?.value]).toEqual([16, 0.375])
  })
})

test("a bound more than ten years away is not known", () => {
  const noisy = weeks(26, (i) => ({ battery: 89 - 0.2 * i + (((i * 3) % 5) - 2) * 2.55 }))
  const { battery } = trendsOf(noisy, usual, now)
  expect((battery?.due ?? 0) - now).toBeCloseTo(69.5, 1)
  expect(battery?.early).not.toBeNull()
  expect(battery?.late).toBeNull()
})

test("nothing is said of what was not reported lately, or is years away", () => {
  const old = weeks(20, (i) => ({ battery: 89 - 0.5 * i + wobble(i) }))
  expect(trendsOf(old, usual, now + 6)).toEqual({})
  const slow = weeks(26, (i) => ({ battery: 95 - 0.1 * i + wobble(i) / 100 }))
  expect(trendsOf(slow, usual, now)).toEqual({})
})

describe("the magstripe reader", () => {
  const swiped = (swipes: number | null) =>
    trendsOf(
      weeks(26, (i) => ({ swipeReads: 480_000 + 500 * i + wobble(i) })),
      { ...usual, swipes },
      now,
    ).magstripe_reader

  test("lasts as many swipes as its model's vendor says", () => {
    expect((swiped(502_500)?.due ?? 0) - now).toBeCloseTo(20, 0)
    expect(swiped(null)?.limit).toBe(500_000)
  })
})

describe("errors of the printer", () => {
  const erring = (of: (i: number) => number) =>
    trendsOf(
      weeks(26, (i) => ({ printerErrors: of(i) })),
      usual,
      now,
    ).printer_errors

  test("are at the limit if the usual one of the last four weeks is, without a trend", () => {
    expect(erring((i) => (i < 22 ? 8 - (i % 5) : ([9, 0, 7, 6][i - 22] ?? 0)))).toMatchObject({
      due: now,
      level: 6.5,
      limit: 5,
    })
  })

  test("of one bad week are none", () => {
    expect(erring((i) => (i === 25 ? 30 : i % 2))).toBeUndefined()
  })
})

describe("the signal", () => {
  const last = addDays(monday, 25 * 7)
  const fell = weeks(26, (i) => ({ signalP10: i === 25 ? -84 : -70 - (i % 3) }))

  test("is compared with the eight weeks before", () => {
    expect(signalDrop(fell, last)).toEqual({ level: -84, drop: 13 })
  })

  test("has a day on which it will be 10 dB weaker than in its first eight weeks", () => {
    const { signal } = trendsOf(
      weeks(26, (i) => ({ signalP10: -60 - 0.3 * i + wobble(i) })),
      usual,
      now,
    )
    expect(signal?.limit).toBeCloseTo(-71.05, 1)
    expect((signal?.due ?? 0) - now).toBeCloseTo(11.3, 0)
  })

  test("is not known without last week, or without five weeks before", () => {
    expect(signalDrop(fell, addDays(last, 7))).toEqual({ level: null, drop: null })
    const moved = fell.map((week, i) => (i >= 21 && i < 25 ? { ...week, signalP10: null } : week))
    expect(signalDrop(moved, last)).toEqual({ level: -84, drop: null })
  })
})
