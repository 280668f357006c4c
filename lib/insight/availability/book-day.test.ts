import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { bookDay, type TerminalDay } from "@/lib/insight/availability/book-day"
import type { SalesHour } from "@/lib/insight/availability/failing-hours"

const noOutage = (_hour: number) => false
const hours = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

/** A terminal that should be up from 9 to 21 o'clock. */
const terminal = ({
  id = 1,
  silent = [],
  restarts = [],
  sales = [],
  sendsBeats = true,
}: {
  id?: number
  sendsBeats?: boolean
  silent?: number[]
  restarts?: number[]
  sales?: SalesHour[]
}): TerminalDay => ({
  id,
  sendsBeats,
  expected: hours(9, 21),
  up: new Set(hours(9, 21).filter((hour) => !silent.includes(hour))),
  restarts: new Set(restarts),
  sales,
  attempts: [],
})
const sold = (hour: number, presentments: number, failures: Partial<SalesHour> = {}): SalesHour => ({
  hour,
  presentments,
  cancelled: 0,
  failures: (failures.reads ?? 0) + (failures.tech ?? 0),
  reads: 0,
  tech: 0,
  ...failures,
})
const lossesOf = (days: TerminalDay[], isOutage = noOutage) =>
  bookDay(days, isOutage).map(({ open, down, failing }) => {
    const some = (losses: object) =>
      Object.fromEntries(Object.entries(losses).filter(([, count]) => count > 0))
    return { open, down: some(down), failing: some(failing) }
  })

describe("hours without a sign of life", () => {
  test.each([
    ["with a restart afterwards are the device's", { silent: [12, 13], restarts: [14] }, { device: 2 }],
    ["without one the line's", { silent: [12, 13] }, { line: 2 }],
    ["until the end of the day the device's", { silent: hours(15, 21) }, { device: 6 }],
  ])("%s", (_name, given, down) => {
    expect(lossesOf([terminal(given)])).toEqual([{ open: 12, down, failing: {} }])
  })

  test("that half of the others share are the site's", () => {
    const days = [
      terminal({ id: 1, silent: [12, 13] }),
      terminal({ id: 2, silent: [12] }),
      terminal({ id: 3 }),
    ]
    expect(lossesOf(days).map(({ down }) => down)).toEqual([{ site: 1, line: 1 }, { site: 1 }, {}])
  })

  test("in an outage of our own are unknown", () => {
    const days = [terminal({ silent: [12, 13] }), terminal({ silent: [12, 13] })]
    expect(lossesOf(days, (hour) => hour === 12)[0]?.down).toEqual({ unknown: 1, site: 1 })
  })
})

describe("hours in which no sale could be made", () => {
  test.each([
    [
      "are those from the first to the last failure",
      [sold(10, 4), sold(11, 2, { tech: 2 }), sold(13, 1, { tech: 1 })],
      { system: 3 },
    ],
    ["are the device's if cards were not read", [sold(11, 3, { reads: 3 })], { device: 1 }],
    ["are none if one sale worked", [sold(11, 4, { tech: 3 })], {}],
    ["are none after one or two failures", [sold(11, 2, { tech: 2 })], {}],
    ["are none if issuers declined", [sold(11, 5, { failures: 5 })], {}],
    ["may have sales that the customer cancelled", [sold(11, 4, { tech: 3, cancelled: 1 })], { system: 1 }],
  ])("%s", (_name, sales, failing) => {
    expect(lossesOf([terminal({ sales })])).toEqual([{ open: 12, down: {}, failing }])
  })

  test("do not count a second time where there was no sign of life", () => {
    const sales = [sold(11, 2, { tech: 2 }), sold(13, 1, { tech: 1 })]
    expect(lossesOf([terminal({ silent: [12], sales })])).toEqual([
      { open: 12, down: { line: 1 }, failing: { system: 2 } },
    ])
  })
})

test("of a terminal that sends no heartbeats only the hours with sales are known", () => {
  const silent = hours(9, 21).filter((hour) => hour !== 11 && hour !== 15)
  const sales = [sold(11, 2), sold(15, 3, { tech: 3 })]
  const quiet = terminal({ id: 1, silent, sales, sendsBeats: false })
  const [own, beside] = bookDay([quiet, terminal({ id: 2, silent: [12] })], noOutage)
  expect(own).toMatchObject({
    open: 0,
    sold: 2,
    down: { device: 0, line: 0, site: 0 },
    failing: { system: 1 },
  })
  // It says nothing of its store's line either.
  expect(beside).toMatchObject({ open: 12, sold: 0, down: { line: 1, site: 0 } })
})

test("each open hour is up or has one cause, and each hour that is up can sell or has one", () => {
  const day = fc
    .record({
      silent: fc.array(fc.integer({ min: 9, max: 20 })),
      restarts: fc.array(fc.integer({ min: 9, max: 20 })),
      sales: fc.uniqueArray(
        fc.record({ hour: fc.integer({ min: 8, max: 21 }), tech: fc.nat(4), worked: fc.nat(1) }),
        { selector: ({ hour }) => hour },
      ),
    })
    .map(({ sales, ...rest }) =>
      terminal({
        ...rest,
        sales: sales
          .toSorted((a, b) => a.hour - b.hour)
          .map(({ hour, tech, worked }) => sold(hour, tech + worked, { tech })),
      }),
    )
  fc.assert(
    fc.property(fc.array(day, { minLength: 1, maxLength: 4 }), (days) => {
      for (const [i, { open, down, failing }] of bookDay(days, (hour) => hour === 15).entries()) {
        const sum = (losses: Record<string, number>) =>
          Object.values(losses).reduce((total, n) => total + n, 0)
        const up = days[i]?.up.size ?? 0
        expect(open - sum(down)).toBe(up)
        expect(sum(failing)).toBeLessThanOrEqual(up)
      }
    }),
  )
})
