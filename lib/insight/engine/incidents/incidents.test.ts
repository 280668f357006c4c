import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { cardTesting } from "@/lib/insight/engine/incidents/card-testing"
import { carrierTroubles } from "@/lib/insight/engine/incidents/carrier"
import { follow, quietDays, type Incident, type Trouble } from "@/lib/insight/engine/incidents/incident"
import { operatorCases, operatorTroubles } from "@/lib/insight/engine/incidents/operator"
import { findOutages, outageTroubles } from "@/lib/insight/engine/incidents/outages"
import { releaseTroubles } from "@/lib/insight/engine/incidents/release"
import { siteTrouble } from "@/lib/insight/engine/incidents/site"
import type { IssuerSums } from "@/lib/insight/engine/terms/input"

const count = (observed: number, expected: number) => ({ observed, expected })

describe("a store's line", () => {
  test("is bad when its terminals fail on the same day", () => {
    const lines = [[count(7, 0.2)], [count(5, 0.2)], [count(4, 0.1)], [count(0, 0.1)]]
    expect(siteTrouble("S1", 3, lines)?.subject).toEqual({ cls: "store network", store: "S1" })
  })

  test("is not blamed for one terminal, however bad that is", () => {
    expect(siteTrouble("S1", 3, [[count(40, 0.2)], [count(1, 0.2)]])).toBeNull()
    expect(siteTrouble("S1", 3, [[count(40, 0.2)]])).toBeNull()
  })

  test("may be a little bad for three days, but not bad only before tonight", () => {
    const slow = [count(2, 0.2), count(2, 0.2), count(2, 0.2)]
    expect(siteTrouble("S1", 3, [slow, slow, slow])).not.toBeNull()
    const over = [count(0, 0.2), count(7, 0.2), count(7, 0.2)]
    expect(siteTrouble("S1", 3, [over, over, over])).toBeNull()
  })
})

describe("issuers and acquirers", () => {
  const sums = (issuer: string, acquirer: string, observed: number): IssuerSums => ({
    issuer,
    acquirer,
    day: 9,
    issuerKind: count(20, 20),
    tech: count(observed, 5),
    stores: observed > 10 ? 30 : 2,
  })
  const issuers = ["1", "2", "3", "4", "5"]
  const found = (all: IssuerSums[]) => outageTroubles(findOutages(all)).map(({ subject }) => subject)

  test("an issuer whose cards fail with every acquirer", () => {
    const all = issuers.flatMap((issuer) => ["A", "B"].map((a) => sums(issuer, a, issuer === "2" ? 80 : 5)))
    expect(found(all)).toEqual([{ cls: "issuer", issuer: "2" }])
    expect(findOutages(all).troubled).toEqual([{ issuer: "2", day: 9 }])
  })

  test("an acquirer with which every issuer's cards fail", () => {
    const all = issuers.flatMap((issuer) => ["A", "B"].map((a) => sums(issuer, a, a === "B" ? 80 : 5)))
    expect(found(all)).toEqual([{ cls: "acquirer", acquirer: "B" }])
  })

  test("one terminal's failures are no outage", () => {
    const all = issuers.map((issuer) => ({ ...sums(issuer, "A", 40), stores: 1 }))
    expect(found(all)).toEqual([])
  })
})

test("a carrier is down when most of its stores have bad lines", () => {
  const stores = (carrier: string, observed: number) =>
    Array.from({ length: 6 }, (_, i) => ({ carrier, store: `${carrier}${i}`, ...count(observed, 1) }))
  const found = carrierTroubles([...stores("mobile", 12), ...stores("unicom", 1), ...stores("", 12)], 4)
  expect(found.map(({ subject }) => subject)).toEqual([{ cls: "carrier", carrier: "mobile" }])
})

describe("a release", () => {
  const bad = {
    model: "P200",
    release: "firmware:2.5.0",
    component: "contactless" as const,
    inside: count(90, 30),
    outside: count(60, 60),
    terminals: 40,
    terminalsUp: 30,
  }
  const cases = [
    ["bad", bad, 1],
    ["on few terminals", { ...bad, terminals: 5, terminalsUp: 5 }, 0],
    ["bad through a few of its terminals", { ...bad, terminalsUp: 15 }, 0],
    ["as bad as the model's others", { ...bad, outside: count(180, 60) }, 0],
    ["never compared", { ...bad, outside: count(0, 60) }, 0],
  ] as const
  test.each(cases)("that is %s", (_, one, incidents) => {
    expect(releaseTroubles([one], 5)).toHaveLength(incidents)
  })
})

describe("an operator", () => {
  const cell = (terminal: number, operator: string, observed: [number, number]) => ({
    terminal,
    operator,
    observed,
    expected: [3, 4] as [number, number],
  })
  const found = (cells: Parameters<typeof operatorCases>[1]) =>
    operatorTroubles(operatorCases("S1", cells), 5).map(({ subject }) => subject)

  test("fails at several terminals where others do not", () => {
    const cells = [0, 1].flatMap((t) => [
      cell(t, "01", [3, 4]),
      cell(t, "02", [22, 9]),
      cell(t, "03", [2, 5]),
    ])
    expect(found(cells)).toEqual([{ cls: "operator", store: "S1", operator: "02" }])
  })

  test("is not blamed for a broken terminal that all use", () => {
    expect(found([cell(0, "01", [3, 40]), cell(0, "02", [3, 50]), cell(1, "01", [3, 4])])).toEqual([])
  })

  test("alone in a store has nobody to be compared with", () => {
    expect(found([cell(0, "01", [30, 40])])).toEqual([])
  })
})

test.each([
  [300, 200, true],
  [300, 15, false],
  [60, 50, false],
])("%i sales with %i declines are card testing: %s", (presentments, observed, is) => {
  const issuerKind = count(observed, presentments * 0.04)
  expect(cardTesting({ terminal: "T1", day: 1, presentments, usual: 50, issuerKind }) !== null).toBe(is)
})

describe("an incident", () => {
  const trouble = (store: string, day: number): Trouble => ({
    subject: { cls: "store network", store },
    day,
    ...count(9, 1),
    p: 1e-6,
  })
  const play = (nights: Trouble[][]) => {
    let open: ReadonlyMap<string, Incident> = new Map()
    return nights.map((found, day) => {
      const step = follow(open, found, day)
      open = step.open
      return { opened: step.opened.length, closed: step.closed.length, open: open.size }
    })
  }

  test("goes on through quiet days, and ends after three", () => {
    const quiet = { opened: 0, closed: 0, open: 1 }
    expect(play([[trouble("S1", 0)], [], [trouble("S1", 2)], [], [], [], []])).toEqual([
      { opened: 1, closed: 0, open: 1 },
      quiet,
      quiet,
      quiet,
      quiet,
      quiet,
      { opened: 0, closed: 1, open: 0 },
    ])
  })

  test("of another store is another one", () => {
    expect(play([[trouble("S1", 0), trouble("S2", 0)]])[0]).toEqual({ opened: 2, closed: 0, open: 2 })
  })
})

test("an incident closes once its quiet days have passed, whatever else goes on", () => {
  const issuer = (name: string, day: number): Trouble => ({
    subject: { cls: "issuer", issuer: name },
    day,
    observed: 40,
    expected: 4,
    p: 1e-9,
  })
  fc.assert(
    fc.property(fc.array(fc.subarray(["a", "b"]), { minLength: 1, maxLength: 12 }), (nights) => {
      let open: ReadonlyMap<string, Incident> = new Map()
      for (const [day, names] of nights.entries()) {
        const result = follow(
          open,
          names.map((name) => issuer(name, day)),
          day,
        )
        open = result.open
        for (const name of ["a", "b"]) {
          const isQuiet = !nights
            .slice(Math.max(0, day - quietDays.issuer), day + 1)
            .flat()
            .includes(name)
          expect(open.has(`issuer/${name}`)).toBe(!isQuiet)
        }
      }
    }),
  )
})
