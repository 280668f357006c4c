import { describe, expect, test } from "vitest"
import { PUT as putPack } from "@/app/api/v1/code-packs/[codeSystem]/route"
import { PUT as putProfile } from "@/app/api/v1/import-profiles/route"
import { POST as cancelRun } from "@/app/api/v1/imports/[id]/cancel/route"
import { POST as resumeRun } from "@/app/api/v1/imports/[id]/resume/route"
import { POST as startRun } from "@/app/api/v1/imports/[id]/start/route"
import { POST as uploadFile } from "@/app/api/v1/imports/route"
import { POST as enrolRecord } from "@/app/api/v1/quarantine/[id]/enrol/route"
import { POST as replayOne } from "@/app/api/v1/quarantine/[id]/replay/route"
import { POST as replayAll } from "@/app/api/v1/quarantine/replay/route"
import { systemActor } from "@/lib/access/actor/actor"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { type Headers, givenAdmin, auditPage, auditedActions } from "@/tests/support/audit"
import { useDatabase } from "@/tests/support/database"
import { givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { heartbeatsOnce, lines, minutesAgo, rowsOf, type Kept } from "@/tests/support/ingest"

useDatabase()

describe("makes an audit entry for", () => {
  const at = () => minutesAgo(2)
  const rejected = async (orgId: string, key: string, terminal: string): Promise<number> => {
    await heartbeatsOnce({ key, body: lines([{ terminal, at: at() }]) })
    const kept = (await rowsOf<Kept & { terminal: string }>(orgId, "quarantine")).find(
      (row) => row.terminal === terminal,
    )
    return kept?.id ?? 0
  }
  const post = (
    route: Parameters<typeof call>[0],
    path: string,
    headers: Headers,
    id: string | number,
    body = "{}",
  ) => call(route, path, { method: "POST", headers, params: { id: String(id) }, body })

  test("enrolling a terminal from quarantine, and the replay that follows", async () => {
    const { orgId, admin, ingestKey } = await givenAdmin()
    const id = await rejected(orgId, ingestKey, "SN-NEW")
    const { code, storeId } = await givenStore(orgId)
    expect(
      (
        await post(
          enrolRecord,
          "/api/v1/quarantine/x/enrol",
          { ...admin.headers, "x-forwarded-for": "203.0.113.5" },
          id,
          JSON.stringify({ store: storeId }),
        )
      ).status,
    ).toBe(200)
    expect(await auditedActions(admin.headers)).toEqual([
      ["quarantine.replayed", `#${id}`],
      ["terminal.changed", "SN-NEW"],
      ["terminal.enrolled", "SN-NEW"],
    ])
    const { data } = await auditPage(admin.headers)
    expect(data[0]).toMatchObject({
      by: { kind: "user", id: admin.userId, name: admin.email },
      address: "203.0.113.5",
      after: { records: 1, accepted: 1, duplicates: 0, rejected: 0 },
    })
    expect(data[1]).toMatchObject({ before: { status: "pending" }, after: { status: "active" } })
    expect(data[2]).toMatchObject({ after: { terminal: "SN-NEW", store: code } })
  })

  test("correcting and replaying records, also by a key, without the records' values", async () => {
    const { orgId, admin, ingestKey } = await givenAdmin()
    const id = await rejected(orgId, ingestKey, "SN-LOST")
    const { serial } = await givenTerminal(orgId)
    expect(
      (await call(replayAll, "/api/v1/quarantine/replay", { method: "POST", key: ingestKey })).status,
    ).toBe(200)
    await post(
      replayOne,
      "/api/v1/quarantine/x/replay",
      admin.headers,
      id,
      JSON.stringify({ record: { terminal: serial, at: at() } }),
    )
    const { data } = await auditPage(admin.headers)
    expect(data.map(({ action, by }) => [action, by.kind])).toEqual([
      ["quarantine.corrected", "user"],
      ["quarantine.replayed", "key"],
    ])
    expect(JSON.stringify(data)).not.toContain(serial)
  })

  test("changes of terminals, field by field, and none if nothing changed", async () => {
    const { orgId, admin } = await givenAdmin()
    const actor = { ...systemActor(orgId), kind: "user" as const, id: admin.userId, name: admin.email }
    const entries = [{ serial: "SN-1", model: "A920", tid: "T1" }]
    await upsertTerminals({ actor, entries })
    await upsertTerminals({ actor, entries })
    await upsertTerminals({ actor, entries: [{ serial: "SN-1", status: "retired" }] })
    await upsertTerminals({ actor: systemActor(orgId), entries: [{ serial: "SN-2" }] })
    expect(
      (await auditPage(admin.headers)).data.map(({ action, before, after }) => ({ action, before, after })),
    ).toEqual([
      {
        action: "terminal.changed",
        before: { status: "active", tids: ["T1"] },
        after: { status: "retired", tids: [] },
      },
      {
        action: "terminal.added",
        before: null,
        after: { model: "A920", store: "unassigned", status: "active", tids: ["T1"] },
      },
    ])
  })

  test("uploading a code table", async () => {
    const { admin } = await givenAdmin()
    const codes = [{ code: "A1", cause: "card", meaning_en: "No funds" }]
    const response = await call(putPack, "/api/v1/code-packs/my-bank", {
      method: "PUT",
      headers: { ...admin.headers, "content-type": "application/json" },
      params: { codeSystem: "my-bank" },
      body: JSON.stringify({ codes }),
    })
    expect(await response.text()).toContain('"version":1')
    expect(await auditedActions(admin.headers)).toEqual([["codePack.uploaded", "my-bank"]])
  })

  test("starting, cancelling and resuming a file, and saving a profile", async () => {
    const { orgId, admin } = await givenAdmin()
    await givenTerminal(orgId, { serial: "SN-1" })
    const uploaded = await call(uploadFile, "/api/v1/imports?fileName=sales.csv", {
      headers: admin.headers,
      body: `terminal,at,id,outcome\nSN-1,${at()},1,approved\n`,
    })
    const run = (await uploaded.json()) as { id: string }
    expect(uploaded.status).toBe(200)
    const profile = {
      name: "mine",
      description: "",
      kind: "transactions",
      timeZone: "UTC",
      columns: {},
      fields: {},
    }
    const mapping = JSON.stringify({ profile })
    expect(
      (
        await call(putProfile, "/api/v1/import-profiles", {
          method: "PUT",
          headers: admin.headers,
          body: mapping,
        })
      ).status,
    ).toBe(200)
    expect((await post(startRun, "/api/v1/imports/x/start", admin.headers, run.id, mapping)).status).toBe(200)
    expect((await post(cancelRun, "/api/v1/imports/x/cancel", admin.headers, run.id)).status).toBe(200)
    expect((await post(resumeRun, "/api/v1/imports/x/resume", admin.headers, run.id)).status).toBe(200)
    expect(await auditedActions(admin.headers)).toEqual([
      ["import.resumed", "sales.csv"],
      ["import.cancelled", "sales.csv"],
      ["import.started", "sales.csv"],
      ["importProfile.saved", "mine"],
      ["import.uploaded", "sales.csv"],
    ])
  })
})
