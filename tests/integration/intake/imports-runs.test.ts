import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postCancel } from "@/app/api/v1/imports/[id]/cancel/route"
import { POST as postResume } from "@/app/api/v1/imports/[id]/resume/route"
import { asWorker } from "@/lib/base/db/transaction"
import { recoverImports } from "@/lib/intake/imports/runs/keep-imports"
import { runImport } from "@/lib/intake/imports/runs/run-import"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { jsonOf, uploaded, about, start, state, work, salesOf, sales } from "@/tests/support/sales-files"

useDatabase()

describe("a run", () => {
  const plugPulled = () => {
    throw new Error("the plug is pulled")
  }
  const wholeRun = async (org: Organisation) => {
    const run = await uploaded(org, sales(4_500))
    await jsonOf(start(org, run, run.mapping))
    return run
  }

  test("resumes after its last slice when it fails, and imports each row once", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    const broken = runImport({ orgId: org.orgId, importId: run.id, onProgress: plugPulled })
    await expect(broken).rejects.toThrow("plug")
    expect(await state(org, run)).toMatchObject({
      state: "queued",
      rowsDone: 1_000,
      error: expect.stringContaining("tried again") as string,
    })
    await work()
    expect(await state(org, run)).toMatchObject({
      state: "done",
      rowsDone: 4_500,
      accepted: 4_500,
      duplicates: 0,
      error: null,
    })
    expect(await salesOf(org)).toHaveLength(4_500)
  })

  test("does not promise a retry when the last attempt fails", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    await expect(
      runImport({ orgId: org.orgId, importId: run.id, isLastAttempt: true, onProgress: plugPulled }),
    ).rejects.toThrow("plug")
    expect(await state(org, run)).toMatchObject({
      state: "failed",
      error: "Something went wrong on our side; go on with it later.",
    })
  })

  test("stores nothing twice if its worker was killed between storing and recording a slice", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    await work()
    // As a killed worker leaves it: all slices stored, only the first 2,000 rows recorded, the lease expired.
    await asWorker((db) =>
      db.query(sql`
      update import_run
      set state = 'running', rows_done = 2000, accepted = 2000, finished_at = null,
          worked_until = now() - interval '1 s' where id = ${run.id}::uuid`),
    )
    expect(await recoverImports()).toBe(1)
    await work()
    expect(await state(org, run)).toMatchObject({
      state: "done",
      rowsDone: 4_500,
      accepted: 2_000,
      duplicates: 2_500,
    })
    expect(await salesOf(org)).toHaveLength(4_500)
    expect(await recoverImports()).toBe(0)
  })

  test("is processed by one worker at a time", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    const counts = await Promise.all([1, 2].map(() => runImport({ orgId: org.orgId, importId: run.id })))
    expect(counts.filter((done) => done !== null)).toHaveLength(1)
    expect(await state(org, run)).toMatchObject({ accepted: 4_500, duplicates: 0 })
  })

  test("stops after its slice when cancelled, and can be resumed", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    let cancelled: Promise<Response> | undefined
    const cancel = () => call(postCancel, `/api/v1/imports/${run.id}/cancel`, about(org, run))
    expect(
      await runImport({
        orgId: org.orgId,
        importId: run.id,
        onProgress: () => {
          cancelled ??= cancel()
        },
      }),
    ).toBeNull()
    expect((await cancelled)?.status).toBe(200)
    const stopped = await state(org, run)
    expect(stopped).toMatchObject({ state: "cancelled" })
    expect(stopped.rowsDone).toBeLessThan(4_500)
    expect((await cancel()).status).toBe(409)
    await work()
    expect((await state(org, run)).state).toBe("cancelled")

    expect(await jsonOf(call(postResume, `/api/v1/imports/${run.id}/resume`, about(org, run)))).toMatchObject(
      { state: "queued" },
    )
    await work()
    expect(await state(org, run)).toMatchObject({ state: "done", rowsDone: 4_500 })
    expect(await salesOf(org)).toHaveLength(4_500)
  })

  test("returns to the queue when the worker stops", async () => {
    const org = await givenOrganisation()
    const run = await wholeRun(org)
    await expect(
      runImport({ orgId: org.orgId, importId: run.id, signal: AbortSignal.abort(), isLastAttempt: true }),
    ).rejects.toThrow("stops")
    expect((await state(org, run)).state).toBe("queued")
  })
})
