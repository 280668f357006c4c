import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import sql from "sql-template-tag"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { channels } from "@/lib/fleet/code-packs/cause"
import { endOf, playDay } from "@/lib/run/evaluation/folder/play-folder"
import { prepare } from "@/lib/run/evaluation/folder/prepare"
import { progressOf } from "@/lib/run/evaluation/folder/progress"
import { daysOf } from "@/lib/run/evaluation/folder/read-folder"
import { terminalsOf } from "@/lib/run/evaluation/folder/read-terminals"
import { flagLines } from "@/lib/run/evaluation/folder/results"
import { terminalsWith } from "@/lib/run/evaluation/folder/results-sql"
import { countOf } from "@/lib/run/evaluation/folder/say"
import { play } from "@/lib/run/evaluation/play"
import { defaults } from "@/lib/run/simulation/world/parameters"
import { makeRun } from "@/lib/run/simulation/world/run"
import { dailySums } from "@/lib/run/simulation/world/sums"
import { writeFolder } from "@/lib/run/simulation/world/write-folder"
import { useDatabase } from "@/tests/support/database"

useDatabase()

const run = makeRun({ ...defaults, terminals: 12, days: 8, burnIn: 2 }, 5)
// One terminal dies, which heartbeats alone show.
const [dead, cut] = run.fleet.terminals
run.troubles.faults.push({ cls: "dead", terminal: dead?.index ?? 0, size: 0.5, from: 4, to: 8 })
run.troubles.faults.push({
  cls: "comms",
  terminal: cut?.index ?? 0,
  chance: 0.6,
  shareOfDays: 1,
  from: 3,
  to: 8,
})
const zone = defaults.zone
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "played-"))
  await writeFolder(run, { folder, beatSeconds: 7200 })
  const [first] = daysOf(folder)
  writeFileSync(first?.heartbeats ?? "", `${readFileSync(first?.heartbeats ?? "", "utf8")}no record\n`)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

const given = () => ({
  folder,
  zone,
  codeSystem: undefined,
  startsAt: new Date(endOf(daysOf(folder)[0]?.day ?? "").getTime() - 86_400_000),
  terminals: terminalsOf(folder, { zone }).first,
})

const dateOf = (day: number) =>
  new Date(Date.parse(defaults.startOn) + day * 86_400_000).toISOString().slice(0, 10)

/**
 * Presentments and failures by channel of each terminal's day, as the simulator counts them, without failed
 * reads of cards that fail elsewhere, too.
 */
function simulated(): Map<string, number[]> {
  const days = new Map<string, number[]>()
  for (const { sums } of dailySums(run))
    for (const { terminal, day, cells } of sums) {
      const key = `${run.fleet.terminals[terminal]?.serial ?? ""} ${dateOf(day)}`
      const total = days.get(key) ?? [0, ...channels.map(() => 0)]
      for (const { presentments, failures } of cells) {
        total[0] = (total[0] ?? 0) + presentments
        for (const [i, channel] of channels.entries())
          total[i + 1] = (total[i + 1] ?? 0) + (failures[channel] ?? 0)
      }
      days.set(key, total)
    }
  return days
}

const folded = async (): Promise<Map<string, number[]>> =>
  new Map(
    (
      await asWorker((db) =>
        db.query<{ key: string; counts: number[] }>(sql`
        select t.serial || ' ' || d.day as key,
               array[presentments, ch_issuer, ch_user, ch_tech, ch_chip, ch_contactless, ch_magstripe]
                 as counts
          from terminal_day d join terminal t on t.id = d.terminal_id
         where d.presentments > 0`),
      )
    ).map(({ key, counts }) => [key, counts]),
  )

describe("a played folder", () => {
  test("is counted as the simulator counts, by the clock of its days", { timeout: 120_000 }, async () => {
    const { orgId } = await prepare(given())
    let refused = 0
    for (const arrival of daysOf(folder)) {
      const { sent } = await playDay(arrival, orgId)
      refused += countOf(sent) - sent.accepted - sent.duplicates
    }
    expect(refused).toBe(1)
    expect(channels).toEqual(["issuer", "user", "tech", "chip", "contactless", "magstripe"])
    expect(await folded()).toEqual(simulated())
    const silent = (await flagLines(orgId)).filter(({ rule }) => rule === "silent")
    expect(silent.map(({ subject }) => subject)).toEqual([dead?.serial])
    // The fault begins at midnight of the fifth day, and a flag opens within a day.
    expect(silent[0]?.day).toBe("2026-03-06")
    // The nights of the database find what the engine finds in the simulator's own sums.
    const nightly = (await flagLines(orgId)).filter(({ component }) => component !== null)
    const pure = play(run, dailySums(run)).flags.map(({ of, openedOn }) => ({
      day: dateOf(openedOn),
      subject: of.terminal,
      component: of.component,
    }))
    expect(pure).toContainEqual(expect.objectContaining({ subject: cut?.serial, component: "communication" }))
    expect(nightly.map(({ day, subject, component }) => ({ day, subject, component }))).toEqual(pure)
  })

  test("has had every round of the worker", async () => {
    const [found] = await asWorker((db) =>
      db.query<{ available: number; counted: number }>(sql`
        select (select count(distinct day)::int from availability_day) as available,
               (select count(distinct day)::int from data_quality_day) as counted`),
    )
    expect(found).toEqual({ available: run.parameters.days, counted: daysOf(folder).length })
  })

  test("goes on where it was interrupted, and refuses another folder", async () => {
    expect(await prepare(given())).toMatchObject({ folder })
    expect((await progressOf())?.folder).toBe(folder)
    await expect(prepare({ ...given(), folder: "elsewhere" })).rejects.toThrow(folder)
  })

  test("finds the terminals of a release with and without its component", async () => {
    const { orgId } = await prepare(given())
    const [beat] = await asWorker((db) =>
      db.query<{ firmware: string }>(sql`select firmware from heartbeat where firmware is not null limit 1`),
    )
    const release = beat?.firmware ?? ""
    const found = (named: string) =>
      asWorker((db) => terminalsWith(db, orgId, { model: null, release: named }))
    expect(await found(release)).toEqual(await found(`firmware:${release}`))
    expect(await found(release)).not.toEqual([])
  })

  test("refuses a database that is in use", async () => {
    await asOwner((client) => client.query("delete from played.progress"))
    await expect(prepare(given())).rejects.toThrow("interrupted before its first day")
    await asOwner((client) => client.query("drop schema played cascade"))
    await expect(prepare(given())).rejects.toThrow("in use")
    // Of another application.
    await asOwner((client) => client.query("alter table organisation rename to customer"))
    await expect(prepare(given())).rejects.toThrow("in use")
  })
})

describe("a folder that cannot be played", () => {
  const withFiles = (files: Record<string, string>, check: (path: string) => void) => {
    const path = mkdtempSync(join(tmpdir(), "broken-"))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
    try {
      check(path)
    } finally {
      rmSync(path, { recursive: true })
    }
  }

  test.each([
    ["no terminals.csv", {}, "terminals.csv is missing"],
    ["no serial numbers", { "terminals.csv": "name\nT1\n" }, 'has no column "serial"'],
    ["no rows", { "terminals.csv": "serial,model\n" }, "has no terminal"],
    ["a wrong time", { "terminals.csv": "serial,open,close\nT1,9:00,26:00\n" }, "line 2, close"],
    ["a wrong day", { "terminals.csv": "serial,from\nT1,March\n" }, "line 2, from"],
    ["a wrong zone", { "terminals.csv": "serial,zone\nT1,Moon/Base\n" }, "line 2, zone"],
  ])("says what is wrong: %s", (_name, files, message) => {
    withFiles(files, (path) => expect(() => terminalsOf(path, { zone })).toThrow(message))
  })

  test("tells apart where terminals are at first, and where they move to", () => {
    const files = { "terminals.csv": "serial,store,from\nT1,S1,\nT2,S1,\nT1,S2,2026-03-04\n" }
    withFiles(files, (path) =>
      expect(terminalsOf(path, { zone })).toMatchObject({
        first: [
          { serial: "T1", store: "S1" },
          { serial: "T2", store: "S1" },
        ],
        later: new Map([["2026-03-04", [expect.objectContaining({ serial: "T1", store: "S2" })]]]),
      }),
    )
  })

  test("names the files that records come in", () => {
    withFiles({}, (path) => expect(() => daysOf(path)).toThrow("tx-2026-03-02.ndjson"))
  })
})
