import { describe, expect, test } from "vitest"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { Transaction } from "@/lib/intake/transactions/schemas"
import { demoModels } from "@/lib/run/demo/catalogue"
import { demoStoreOf } from "@/lib/run/demo/names"
import { DemoRecords } from "@/lib/run/demo/records"
import { batteryHealth } from "@/lib/run/simulation/world/trends"

const startedAt = Date.parse("2026-11-24T04:00:00Z")
const hour = 3_600_000
const day = 24 * hour
const lastDays = { from: startedAt - 2 * day, to: startedAt, isLive: false }
const records = new DemoRecords(startedAt)
const { fleet, troubles } = records.run
const { beats, sales } = records.between(lastDays)

const keyOf = ({ terminal, at, id }: Record<string, unknown>) =>
  `${String(terminal)} ${String(at)} ${String(id)}`
const inOrder = (list: Record<string, unknown>[]) =>
  list.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map((one) => JSON.stringify(one))

describe("the demo fleet", () => {
  test("has sixty terminals in twenty stores of three merchants, each with its acquirer", () => {
    expect(fleet.terminals).toHaveLength(60)
    const stores = fleet.stores.map((store) => demoStoreOf(store, 2026))
    expect(new Set(stores.map(({ code }) => code)).size).toBe(20)
    expect(new Set(stores.map(({ merchant }) => merchant)).size).toBe(3)
    expect(new Set(fleet.terminals.map(({ acquirer }) => acquirer)).size).toBe(3)
    expect(new Set(fleet.terminals.map(({ model }) => model))).toEqual(
      new Set(demoModels.map(({ name }) => name)),
    )
  })

  test("makes the same records in one part or several, and after a restart", () => {
    const middle = startedAt - day - 12_345
    const again = new DemoRecords(startedAt)
    const parts = [again.between({ ...lastDays, from: middle }), again.between({ ...lastDays, to: middle })]
    expect(inOrder(parts.flatMap((part) => part.sales))).toEqual(inOrder(sales))
    expect(inOrder(parts.flatMap((part) => part.beats))).toEqual(inOrder(beats))
  })

  test("makes records that ingest accepts", () => {
    for (const sale of sales) expect(Transaction.safeParse(sale).error).toBeUndefined()
    for (const beat of beats.slice(0, 2000)) expect(Heartbeat.safeParse(beat).error).toBeUndefined()
    // Pages show what records say in both languages.
    expect(JSON.stringify([...sales, ...beats.slice(0, 2000)])).not.toMatch(/\p{Script=Han}/u)
  })

  test("has batteries that ingest accepts, also after years", () => {
    for (const terminal of fleet.terminals) expect(batteryHealth(terminal, 4_000)).toBeGreaterThanOrEqual(0)
  })

  test("has a realistic failure rate, with codes of several systems", () => {
    // Stolen card numbers are tried by hand.
    const usual = sales.filter(({ entryMode }) => entryMode !== "manual")
    const failed = usual.filter(({ outcome }) => outcome === "declined" || outcome === "failed")
    expect(failed.length / usual.length).toBeGreaterThan(0.05)
    expect(failed.length / usual.length).toBeLessThan(0.15)
    expect(new Set(failed.map(({ codeSystem }) => codeSystem)).size).toBeGreaterThan(3)
  })

  test("goes on from the days before, with counters that never decrease", () => {
    const from = startedAt + 50 * day
    const later = records.between({ from, to: from + day, isLive: true })
    expect(later.sales.length).toBeGreaterThan(1_000)
    for (const { serial } of fleet.terminals.slice(0, 5)) {
      const lines = [...beats, ...later.beats]
        .filter(({ terminal }) => terminal === serial)
        .map(({ printerLines }) => Number(printerLines))
      expect(lines).toEqual(lines.toSorted((a, b) => a - b))
    }
  })
})

describe("at the start of the demo", () => {
  const last = records.between({ from: startedAt, to: startedAt + hour, isLive: true }).beats
  const terminalsThat = (is: (beat: Record<string, unknown>) => boolean) =>
    new Set(last.filter(is).map(({ terminal }) => terminal))

  test("two terminals have died within two days", () => {
    const seen = terminalsThat(() => true)
    const dead = fleet.terminals.filter(({ serial }) => !seen.has(serial)).map(({ serial }) => serial)
    expect(dead).toHaveLength(2)
    for (const serial of dead) {
      const own = beats.filter(({ terminal }) => terminal === serial)
      expect(own.length).toBeGreaterThan(40)
      const lastAt = String(own.at(-1)?.["at"])
      expect(sales.filter(({ terminal, at }) => terminal === serial && String(at) > lastAt)).toEqual([])
    }
  })

  test("one terminal has each kind of trouble that it reports itself", () => {
    const kinds = [
      terminalsThat(({ pinpadOk }) => pinpadOk === false),
      terminalsThat(({ tamper }) => tamper === true),
      terminalsThat(({ printerStatus }) => printerStatus === "no_paper"),
      terminalsThat(({ batteryHealthPct }) => Number(batteryHealthPct) < 70),
      terminalsThat(({ sentAt }) => sentAt !== undefined),
    ]
    expect(kinds.map(({ size }) => size)).toEqual([1, 1, 1, 1, 1])
    const faulty = troubles.faults.map(({ terminal }) => fleet.terminals[terminal]?.serial)
    expect(kinds.flatMap((kind) => [...kind]).filter((serial) => faulty.includes(String(serial)))).toEqual([])
    expect(terminalsThat(({ app }) => app === "5.3.0").size).toBeGreaterThan(4)
  })

  test("every kind of fault and trouble of the simulator has been or is to come", () => {
    const all = Object.entries(troubles).flatMap(([kind, list]) =>
      list.map((one) => ("cls" in one ? one.cls : kind)),
    )
    expect(new Set(all)).toEqual(
      new Set(
        ["reader", "comms", "keys", "pinpad", "dead", "clock", "crashes", "slow", "firmware"].concat([
          "store network",
          "operator",
          "card-testing",
          "issuer",
          "acquirer",
          "carrier",
          "maintenance",
        ]),
      ),
    )
  })
})
