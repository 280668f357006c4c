import { describe, expect, test } from "vitest"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { Transaction } from "@/lib/intake/transactions/schemas"
import { demoFleet } from "@/lib/run/simulation/fleet"
import { beatsOf, salesOf } from "@/lib/run/simulation/records"

const startedAt = Date.parse("2026-11-24T04:00:00Z")
const day = 24 * 3_600_000
const week = { seed: "demo", startedAt, from: startedAt - 7 * day, to: startedAt, isLive: false }
const fleet = demoFleet("demo")
const sales = fleet.flatMap((terminal) => salesOf(terminal, week))
const beats = fleet.flatMap((terminal) => beatsOf(terminal, week))

describe("the demo fleet", () => {
  test("has sixty terminals in twenty stores of three merchants over three acquirers", () => {
    expect(fleet).toHaveLength(60)
    expect(new Set(fleet.map(({ store }) => store.code)).size).toBe(20)
    expect(new Set(fleet.map(({ store }) => store.merchant)).size).toBe(3)
    expect(new Set(fleet.map(({ acquirer }) => acquirer)).size).toBe(3)
    expect(new Set(fleet.map(({ serial }) => serial)).size).toBe(60)
  })

  test("makes the same records in one part or several", () => {
    const middle = startedAt - 3 * day - 12_345
    const inParts = fleet.flatMap((terminal) => [
      ...salesOf(terminal, { ...week, to: middle }),
      ...salesOf(terminal, { ...week, from: middle }),
    ])
    const byKey = (a: Record<string, unknown>, b: Record<string, unknown>) =>
      `${String(a["terminal"])} ${String(a["id"])}` < `${String(b["terminal"])} ${String(b["id"])}` ? -1 : 1
    expect(inParts.toSorted(byKey)).toEqual(sales.toSorted(byKey))
  })

  test("makes records that ingest accepts", () => {
    for (const sale of sales) expect(Transaction.safeParse(sale).error).toBeUndefined()
    for (const beat of beats.slice(0, 2000)) expect(Heartbeat.safeParse(beat).error).toBeUndefined()
  })

  test("has a realistic failure rate, with codes of every cause", () => {
    const failed = sales.filter(({ outcome }) => outcome === "declined" || outcome === "failed")
    expect(failed.length / sales.length).toBeGreaterThan(0.03)
    expect(failed.length / sales.length).toBeLessThan(0.1)
    const codes = new Set(failed.map(({ code }) => code))
    for (const code of ["51", "55", "91", "2M", "2N", "Z0"]) expect(codes).toContain(code)
  })

  test("has counters that never decrease", () => {
    for (const terminal of fleet.slice(0, 5)) {
      const lines = beatsOf(terminal, week).map((beat) => Number(beat["printerLines"]))
      expect(lines).toEqual(lines.toSorted((a, b) => a - b))
    }
  })

  test("has one fault of every kind at the start", () => {
    const last = fleet.flatMap((terminal) =>
      beatsOf(terminal, { ...week, from: startedAt, to: startedAt + 3_600_000, isLive: true }),
    )
    const seen = new Set(last.map(({ terminal }) => terminal))
    expect(fleet.filter(({ serial }) => !seen.has(serial))).toHaveLength(2)
    expect(
      new Set(last.filter(({ pinpadOk }) => pinpadOk === false).map(({ terminal }) => terminal)).size,
    ).toBe(1)
    expect(new Set(last.filter(({ tamper }) => tamper === true).map(({ terminal }) => terminal)).size).toBe(1)
    expect(
      new Set(
        last.filter(({ printerStatus }) => printerStatus === "no_paper").map(({ terminal }) => terminal),
      ).size,
    ).toBe(1)
    expect(
      new Set(last.filter(({ sentAt }) => sentAt !== undefined).map(({ terminal }) => terminal)).size,
    ).toBe(1)
    expect(
      new Set(last.filter(({ firmware }) => firmware === "2.0.9").map(({ terminal }) => terminal)).size,
    ).toBeGreaterThan(4)
  })
})
