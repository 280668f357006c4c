import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postCancel } from "@/app/api/v1/imports/[id]/cancel/route"
import { POST as postResume } from "@/app/api/v1/imports/[id]/resume/route"
import { asWorker } from "@/lib/base/db/transaction"
import { runImport } from "@/lib/intake/imports/runs/run-import"
import type { ResultPage } from "@/lib/intake/imports/runs/schemas"
import { useDatabase } from "@/tests/support/database"
import { call } from "@/tests/support/http"
import {
  about,
  dryRun,
  givenFleet,
  imported,
  jsonOf,
  refusals,
  results,
  start,
  state,
  upload,
  work,
} from "@/tests/support/terminal-files"
import { countsOf, header, rowOf, rows } from "@/tests/support/terminal-rows"

useDatabase()

describe("a run over many rows", () => {
  test("resumes after a failure with one result a row, also for duplicates from before it", async () => {
    const fleet = await givenFleet()
    const run = await upload(fleet, [...rows(2_500), rowOf(3), "SN5000,T4,lakala,,,,,S1,,,"])
    await jsonOf(dryRun(fleet, run))
    await work()
    const dry = await results(fleet, run, "?outcome=refused")
    expect(refusals(dry)).toEqual([
      { line: 2_502, code: "duplicate_serial", field: "serial", other: "5" },
      { line: 2_503, code: "tid_twice", field: "tid", other: "6" },
    ])
    await jsonOf(start(fleet, run))
    await expect(
      runImport({
        orgId: fleet.orgId,
        importId: run.id,
        onProgress: () => {
          throw new Error("the plug is pulled")
        },
      }),
    ).rejects.toThrow("plug")
    expect(await state(fleet, run)).toMatchObject({ state: "queued", rowsDone: 1_000 })
    await work()
    expect(await state(fleet, run)).toMatchObject({
      state: "done",
      rowsDone: 2_502,
      accepted: 2_500,
      rejected: 2,
    })
    expect((await results(fleet, run)).counts).toEqual({
      created: 2_500,
      changed: 0,
      unchanged: 0,
      refused: 2,
    })
    expect((await results(fleet, run, "?outcome=refused")).data).toEqual(dry.data)
    expect(await countsOf(fleet)).toMatchObject({
      terminals: 2_500,
      tids: 2_500,
      placings: 2_500,
      entries: 2,
    })
  })

  test("stops after its slice when cancelled, and can be resumed or, after a dry run, started", async () => {
    const fleet = await givenFleet()
    const run = await upload(fleet, rows(2_500))
    const cancelled: Promise<Response>[] = []
    const onProgress = () =>
      void cancelled.push(call(postCancel, `/api/v1/imports/${run.id}/cancel`, about(fleet, run)))
    await jsonOf(dryRun(fleet, run))
    expect(await runImport({ orgId: fleet.orgId, importId: run.id, onProgress })).toBeNull()
    await Promise.all(cancelled)
    expect(await state(fleet, run)).toMatchObject({ state: "uploaded", checkedAt: null })
    await jsonOf(start(fleet, run))
    expect(await runImport({ orgId: fleet.orgId, importId: run.id, onProgress })).toBeNull()
    await Promise.all(cancelled)
    const { state: now, accepted } = await state(fleet, run)
    expect(now).toBe("cancelled")
    expect(accepted).toBeLessThan(2_500)
    expect(await countsOf(fleet)).toMatchObject({ terminals: accepted })
    expect((await results(fleet, run)).counts["created"]).toBe(accepted)

    expect(
      await jsonOf(call(postResume, `/api/v1/imports/${run.id}/resume`, about(fleet, run))),
    ).toMatchObject({ state: "queued", rowsDone: accepted })
    await work()
    expect(await state(fleet, run)).toMatchObject({
      state: "done",
      rowsDone: 2_500,
      accepted: 2_500,
      rejected: 0,
    })
    expect((await results(fleet, run)).counts).toEqual({
      created: 2_500,
      changed: 0,
      unchanged: 0,
      refused: 0,
    })
    expect(await countsOf(fleet)).toMatchObject({ terminals: 2_500, tids: 2_500, placings: 2_500 })
  })

  test("gives the results of its dry run for every kind of row, over several slices and pages", async () => {
    const fleet = await givenFleet()
    await imported(fleet, rows(1_200))
    const line = (i: number) =>
      [
        rowOf(i),
        `SN${i},,,P9,维修,,,S${i % 5},,,`,
        `SN${i},T${i + 1},lakala,,,,,,,,`,
        `SN${i + 5_000},N${i},ums,P7,,New chain ${i % 4},West,N${i % 90},,,`,
        `SN${i - 1},,,,,,,,,,`,
      ][i % 5] ?? ""
    const run = await upload(fleet, [header, ...Array.from({ length: 2_300 }, (_, i) => line(i))])
    const whole = async () => {
      const data: ResultPage["data"] = []
      for (let cursor = ""; ;) {
        const page = await results(fleet, run, `?limit=200${cursor}`)
        data.push(...page.data)
        if (page.nextCursor === null) return { counts: page.counts, data }
        cursor = `&cursor=${page.nextCursor}`
      }
    }
    await jsonOf(dryRun(fleet, run))
    await work()
    const dry = await whole()
    expect(dry.data.map(({ line: number }) => number)).toEqual(Array.from({ length: 2_300 }, (_, i) => i + 2))
    expect(Object.values(dry.counts).every((count) => count > 200)).toBe(true)
    await jsonOf(start(fleet, run))
    await work()
    expect(await whole()).toEqual(dry)
    const [counted] = await asWorker((db) =>
      db.query<{ rows: number }>(
        sql`select reltuples::int as rows from pg_class where oid = 'import_result'::regclass`,
      ),
    )
    expect(counted?.rows, "the planner's row estimate").toBeGreaterThan(1_000)
    const done = await state(fleet, run)
    expect([done.accepted, done.duplicates, done.rejected]).toEqual([
      dry.counts.created + dry.counts.changed,
      dry.counts.unchanged,
      dry.counts.refused,
    ])
  })

  test("creates each terminal once while another run imports the same terminals", async () => {
    const fleet = await givenFleet()
    const [one, two] = [
      await upload(fleet, rows(2_000)),
      await upload(
        fleet,
        rows(2_000)
          .toReversed()
          .toSorted((a, b) => Number(b === header) - Number(a === header)),
      ),
    ]
    for (const run of [one, two]) await jsonOf(start(fleet, run))
    await Promise.all([one, two].map(({ id }) => runImport({ orgId: fleet.orgId, importId: id })))
    const counts = await Promise.all([one, two].map(async (run) => (await results(fleet, run)).counts))
    expect(counts.map(({ created, unchanged }) => created + unchanged)).toEqual([2_000, 2_000])
    expect(counts.reduce((sum, { created }) => sum + created, 0)).toBe(2_000)
    expect(await countsOf(fleet)).toMatchObject({ terminals: 2_000, tids: 2_000, placings: 2_000 })
  }, 120_000)
})
