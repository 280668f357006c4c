import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parse } from "csv-parse/sync"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { kindsOf, type Kind } from "@/lib/fleet/code-packs/kind"
import { isSubcause } from "@/lib/fleet/code-packs/subcauses"
import { Heartbeat } from "@/lib/intake/heartbeats/schemas"
import { Transaction } from "@/lib/intake/transactions/schemas"
import { dialects, type Dialect } from "@/lib/run/simulation/world/codes"
import { completed, defaults, entryModes } from "@/lib/run/simulation/world/parameters"
import { makeRun } from "@/lib/run/simulation/world/run"
import { channelOfLogged } from "@/lib/run/simulation/world/sums"
import { dailySums } from "@/lib/run/simulation/world/sums"
import { writeFolder } from "@/lib/run/simulation/world/write-folder"

// A run written as records and counted again from them must give the daily sums that the same run gives
// directly. The counting here shares no code with the simulator.

const Row = z.object({ code: z.string(), cause: z.string(), subcause: z.string() })
const packs = new Map<string, string>()
for (const file of readdirSync("lib/fleet/code-packs/packs")) {
  const text = readFileSync(join("lib/fleet/code-packs/packs", file), "utf8")
  const rows: unknown[] = parse(text, {
    columns: true,
    delimiter: "\t",
    quote: false,
    relax_column_count: true,
  })
  for (const row of z.array(Row).parse(rows)) packs.set(`${file.slice(0, -4)}:${row.code}`, row.subcause)
}
const subcauseOf = (codeSystem: string, code: string) => {
  const subcause = packs.get(`${codeSystem}:${code}`) ?? ""
  if (!isSubcause(subcause)) throw new TypeError(`${codeSystem} ${code}: ${subcause}`)
  return subcause
}

const base = { ...defaults, terminals: 30, days: 12, burnIn: 2 }
const folder = mkdtempSync(join(tmpdir(), "simulated-"))
const run = makeRun(
  completed({ ...base, badCards: { ...base.badCards, byEntry: [0.01, 0.03, 0.05, 0] as const } }),
  7,
)
const zone = 8 * 3_600_000
const dayMs = 24 * 3_600_000
const begin = Date.parse(`${defaults.startOn}T00:00:00Z`)
const dayOf = (at: string) => Math.floor((Date.parse(at) + zone - begin) / dayMs)
const lines = (prefix: string): unknown[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .toSorted()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n").filter(Boolean))
    .map((line): unknown => JSON.parse(line))

beforeAll(() => writeFolder(run, { folder, beatSeconds: 7200 }), 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

type Sold = { presentments: number; failures: Map<Kind, number> }
const keyOf = (...parts: (string | number)[]) => parts.join("/")

function walked(): Map<string, Sold> {
  const seen = new Set<string>()
  const sales = z
    .array(Transaction)
    .parse(lines("tx-"))
    .filter(({ terminal, at, id }) => {
      const key = keyOf(terminal, at, id)
      return !seen.has(key) && seen.add(key)
    })
    .toSorted((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1))
  const last = new Map<string, { at: number; isFailed: boolean }>()
  const cells = new Map<string, Sold>()
  const reads = new Map<
    string,
    { cell: Sold; kind: Kind; terminal: string; day: number; isTaken: boolean }[]
  >()
  for (const sale of sales) {
    const { terminal, at, outcome, entryMode = null, operator = "", issuerBin = "", cardRef = "" } = sale
    const isFailed = outcome !== "approved"
    const before = last.get(keyOf(terminal, cardRef))
    last.set(keyOf(terminal, cardRef), { at: Date.parse(at), isFailed })
    if (before?.isFailed && Date.parse(at) - before.at <= 180_000) continue
    const key = keyOf(terminal, dayOf(at), operator, issuerBin, entryMode ?? "")
    const cell = cells.get(key) ?? { presentments: 0, failures: new Map() }
    cells.set(key, cell)
    cell.presentments += 1
    if (!isFailed) continue
    for (const kind of kindsOf(subcauseOf(sale.codeSystem ?? "", sale.code ?? ""), entryMode)) {
      cell.failures.set(kind, (cell.failures.get(kind) ?? 0) + 1)
      if (!["chip", "contactless", "magstripe"].includes(kind)) continue
      const card = keyOf(cardRef, kind)
      reads.set(card, [...(reads.get(card) ?? []), { cell, kind, terminal, day: dayOf(at), isTaken: false }])
    }
  }
  for (const sightings of reads.values())
    for (const one of sightings)
      if (sightings.some(({ terminal, day }) => terminal !== one.terminal && Math.abs(day - one.day) <= 7))
        one.cell.failures.set(one.kind, (one.cell.failures.get(one.kind) ?? 0) - 1)
  return cells
}

function simulated(): Map<string, Sold> {
  const cells = new Map<string, Sold>()
  for (const { sums } of dailySums(run))
    for (const { terminal, day, cells: own } of sums)
      for (const { operator, issuer, entry, presentments, failures } of own) {
        const serial = run.fleet.terminals[terminal]?.serial ?? ""
        const key = keyOf(serial, day, operator, issuer, entryModes[entry] ?? "")
        const cell = cells.get(key) ?? { presentments: 0, failures: new Map() }
        cells.set(key, cell)
        cell.presentments += presentments
        for (const [kind, count] of Object.entries(failures) as [Kind, number][])
          cell.failures.set(kind, (cell.failures.get(kind) ?? 0) + count)
      }
  return cells
}

const plain = (cells: Map<string, Sold>) =>
  Object.fromEntries(
    [...cells].map(([key, { presentments, failures }]) => [
      key,
      [
        presentments,
        ...[...failures]
          .filter(([, count]) => count !== 0)
          .toSorted()
          .flat(),
      ].join(" "),
    ]),
  )

describe("a written run", () => {
  test("counted from its records gives its daily sums", () => {
    const [records, sums] = [plain(walked()), plain(simulated())]
    expect(Object.keys(records).length).toBeGreaterThan(5_000)
    expect(records).toEqual(sums)
  })

  test("has counters that add up to what each day counted", () => {
    const beats = z.array(Heartbeat).parse(lines("hb-"))
    const newest = new Map<string, { at: string; total: number }>()
    let falls = false
    for (const {
      terminal,
      at,
      chipReads = 0,
      tapReads = 0,
      swipeReads = 0,
      chipFailures = 0,
      tapFailures = 0,
    } of beats) {
      const total = chipReads + tapReads + swipeReads + 1e6 * (chipFailures + tapFailures)
      const before = newest.get(terminal)
      falls ||= before !== undefined && before.at < at && total < before.total
      if (!before || before.at < at) newest.set(terminal, { at, total })
    }
    expect(falls).toBe(false)
    const counted = new Map<string, number>()
    for (const { sums } of dailySums(run))
      for (const { terminal, counted: own } of sums)
        if (own) {
          const [taps = 0, chips = 0] = own.errors
          const serial = run.fleet.terminals[terminal]?.serial ?? ""
          const total = own.reads.reduce((a, b) => a + b, 0) + 1e6 * (taps + chips)
          counted.set(serial, (counted.get(serial) ?? 0) + total)
        }
    // Sums of late days may arrive after the end of the run, and a dead terminal's last beats never do.
    const same = [...newest].filter(([serial, { total }]) => counted.get(serial) === total)
    expect(same.length).toBeGreaterThan(newest.size * 0.75)
  })

  test("names every failure's cause, and what was wrong", () => {
    const labels = z
      .array(z.object({ terminal: z.string(), id: z.string(), cause: z.string() }))
      .parse(lines("labels"))
    expect(new Set(labels.map(({ cause }) => cause))).toEqual(
      new Set(["device", "card", "operator", "system"]),
    )
    const truth = z.array(z.object({ cls: z.string(), from: z.iso.datetime() }).loose()).parse(lines("truth"))
    expect(truth.length).toBeGreaterThan(6)
    const rows = parse(readFileSync(join(folder, "terminals.csv"), "utf8"), { columns: true })
    const terminals = z.array(z.object({ serial: z.string(), from: z.string() }).loose()).parse(rows)
    expect(new Set(terminals.map(({ serial }) => serial)).size).toBe(30)
    // One of them moves.
    expect(terminals.filter(({ from }) => from !== "")).toHaveLength(1)
    expect(terminals[0]).toMatchObject({
      zone: "Asia/Shanghai",
      store: "S0001",
      open: expect.stringMatching(/^\d+:00$/),
    })
  })
})

test("the same seed gives the same run, another one gives another", () => {
  const days = (seed: number) =>
    JSON.stringify([...dailySums(makeRun({ ...base, terminals: 5, days: 3 }, seed))])
  expect(days(1)).toBe(days(1))
  expect(days(1)).not.toBe(days(2))
})

describe("codes", () => {
  const all = Object.entries(dialects).flatMap(([name, dialect]: [string, Dialect]) =>
    Object.entries(dialect).flatMap(([logged, choices]) =>
      choices.map(([system, code]) => ({ name, logged, system, code })),
    ),
  )
  test.each(all)("$name: $system $code is logged as $logged", ({ logged, system, code }) => {
    const kind = logged === "line" ? "tech" : (logged as keyof typeof channelOfLogged)
    const entryMode = logged === "contactless" ? "contactless" : logged === "magstripe" ? "swipe" : "chip"
    const named = logged === "keys" || logged === "pin" || logged === "expired" ? [logged] : []
    expect(kindsOf(subcauseOf(system, code), entryMode)).toEqual([channelOfLogged[kind], ...named])
  })
})
