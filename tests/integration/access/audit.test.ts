import { execFileSync } from "node:child_process"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as exportTrail } from "@/app/api/v1/audit/export/route"
import { GET as getFacets } from "@/app/api/v1/audit/facets/route"
import { GET as getTrail } from "@/app/api/v1/audit/route"
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
import type { AuditEntry, AuditPage } from "@/lib/access/audit/schemas"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { upsertTerminals } from "@/lib/fleet/terminals/files/upsert-terminals"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { heartbeatsOnce, lines, minutesAgo, rowsOf, type Kept } from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"

useDatabase()

type Headers = Record<string, string>

async function givenAdmin() {
  const org = await givenOrganisation({ enrolUnknown: false })
  return { ...org, admin: await givenPerson(org.orgId, "admin") }
}

const page = async (headers: Headers, query = ""): Promise<AuditPage> =>
  (await call(getTrail, `/api/v1/audit${query}`, { headers })).json() as Promise<AuditPage>
const actions = async (headers: Headers) =>
  (await page(headers)).data.map(({ action, subject }) => [action, subject.name])

/** Entries of a user's changes, oldest first. */
const givenEntries = (orgId: string, count: number) =>
  asWorker((db) =>
    db.query(sql`
  insert into audit_entry (org_id, at, actor_kind, actor_id, actor_name, address, action, subject_kind,
    subject_id, subject_name, before, after)
  select ${orgId}::uuid, timestamptz '2026-11-01 00:00+00' + n * interval '1 hour', 'user', 'u' || n % 2,
         'user' || n % 2, '203.0.113.9',
         case when n % 3 = 0 then 'key.created'
           else 'terminal.changed' end, 'terminal', n::text, 'SN-' || n,
           jsonb_build_object('status', '=1+1'), jsonb_build_object('status', '在用')
    from generate_series(1, ${count}::int) as g (n) order by g.n`),
  )

describe("the audit log", () => {
  test("is append-only: the application cannot update, delete or truncate it", async () => {
    const { orgId } = await givenAdmin()
    await givenEntries(orgId, 1)
    for (const statement of [
      sql`update audit_entry set action = 'x.y'`,
      sql`delete from audit_entry`,
      sql`truncate audit_entry`,
    ]) {
      await expect(
        inOrganisation(wholeOrganisation(orgId), (db) => db.query(statement)),
      ).rejects.toMatchObject({ code: "42501" })
      await expect(asWorker((db) => db.query(statement))).rejects.toMatchObject({ code: "42501" })
    }
  })

  test("can be read only by admins, of their own organisation", async () => {
    const [one, other] = [await givenAdmin(), await givenAdmin()]
    await givenEntries(one.orgId, 2)
    expect((await page(other.admin.headers)).data).toEqual([])
    expect(
      (await call(getTrail, "/api/v1/audit", { headers: (await givenPerson(one.orgId, "manager")).headers }))
        .status,
    ).toBe(403)
    expect((await call(exportTrail, "/api/v1/audit/export", { key: one.readKey })).status).toBe(403)
  })

  test("returns pages that match the filters, newest first", async () => {
    const { orgId, admin } = await givenAdmin()
    await givenEntries(orgId, 12)
    const seen: string[] = []
    let cursor: string | null = ""
    while (cursor !== null) {
      const { data, nextCursor }: AuditPage = await page(
        admin.headers,
        `?limit=5${cursor ? `&cursor=${cursor}` : ""}`,
      )
      seen.push(...data.map(({ subject }) => subject.name))
      cursor = nextCursor
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => `SN-${12 - i}`))
    const names = async (query: string) =>
      (await page(admin.headers, query)).data.map(({ subject }) => subject.name)
    expect(await names("?action=key.created")).toEqual(["SN-12", "SN-9", "SN-6", "SN-3"])
    expect(await names("?by=u1&action=key.created")).toEqual(["SN-9", "SN-3"])
    expect(await names("?subject=sn-1")).toEqual(["SN-12", "SN-11", "SN-10", "SN-1"])
    expect(await names("?from=2026-11-01T03:00:00Z&to=2026-11-01T05:00:00Z")).toEqual(["SN-4", "SN-3"])
  })

  test("lists the actors and actions to filter by, with their newest names", async () => {
    const { orgId, admin } = await givenAdmin()
    const idle = await givenPerson(orgId, "manager")
    await asWorker((db) =>
      db.query(sql`
      insert into audit_entry (org_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
        subject_name)
      values (${orgId}::uuid, 'user', ${admin.userId}, 'before', 'key.created', 'key', '1', 'a'),
             (${orgId}::uuid, 'user', ${admin.userId}, 'now', 'key.revoked', 'key', '1', 'a'),
             (${orgId}::uuid, 'system', 'command', 'command line', 'key.created', 'key', '2', 'b')`),
    )
    const facets: unknown = await (
      await call(getFacets, "/api/v1/audit/facets", { headers: admin.headers })
    ).json()
    expect(facets).toEqual({
      by: [
        { kind: "system", id: "command", name: "command line" },
        { kind: "user", id: admin.userId, name: "now" },
      ],
      actions: ["key.created", "key.revoked"],
    })
    expect(JSON.stringify(facets)).not.toContain(idle.userId)
  })

  test("exports all pages that match the filters", async () => {
    const { orgId, admin } = await givenAdmin()
    await givenEntries(orgId, 2500)
    const file = async (query: string) =>
      (await call(exportTrail, `/api/v1/audit/export${query}`, { headers: admin.headers })).arrayBuffer()
    const bytes = Buffer.from(await file("?format=csv&lang=zh"))
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const rows = bytes.toString("utf8").trim().split("\n")
    expect(rows).toHaveLength(2501)
    expect(rows[0]).toContain("操作人")
    expect(rows[1]).toContain("SN-2500")
    const entries = JSON.parse(
      Buffer.from(await file("?format=json&action=key.created&by=u0")).toString("utf8"),
    ) as AuditEntry[]
    expect(entries).toHaveLength(Math.floor(2500 / 6))
    expect(entries[0]).toMatchObject({
      action: "key.created",
      by: { id: "u0" },
      before: { status: "=1+1" },
      after: { status: "在用" },
    })
    expect(JSON.parse(Buffer.from(await file("?format=json&action=no.such")).toString("utf8"))).toEqual([])
  })
})

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
    expect(await actions(admin.headers)).toEqual([
      ["quarantine.replayed", `#${id}`],
      ["terminal.changed", "SN-NEW"],
      ["terminal.enrolled", "SN-NEW"],
    ])
    const { data } = await page(admin.headers)
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
    const { data } = await page(admin.headers)
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
      (await page(admin.headers)).data.map(({ action, before, after }) => ({ action, before, after })),
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
    expect(await actions(admin.headers)).toEqual([["codePack.uploaded", "my-bank"]])
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
    expect(await actions(admin.headers)).toEqual([
      ["import.resumed", "sales.csv"],
      ["import.cancelled", "sales.csv"],
      ["import.started", "sales.csv"],
      ["importProfile.saved", "mine"],
      ["import.uploaded", "sales.csv"],
    ])
  })
})

test("commands that change users make audit entries", async () => {
  const { orgId } = await givenOrganisation()
  const email = `${orgId}@example.com`
  const run = (command: string, ...args: string[]) =>
    execFileSync(process.execPath, ["--import", "tsx", command, "--email", email, ...args], {
      env: process.env,
      stdio: ["ignore", "pipe", "pipe"],
    })
  run("lib/run/commands/create-user.ts", "--role", "viewer", "--org", orgId)
  await asWorker((db) =>
    db.query(
      sql`update app_user set totp_enabled_at = now(), totp_secret = ''::bytea where email = ${email}`,
    ),
  )
  run("lib/run/commands/second-step-off.ts")
  const trail = await asWorker((db) =>
    db.query(
      sql`
        select action, actor_name, subject_name, after from audit_entry where org_id = ${orgId}::uuid
        order by id`,
    ),
  )
  const entry = { actor_name: "command line", subject_name: email }
  expect(trail).toEqual([
    { ...entry, action: "user.created", after: { role: "viewer" } },
    { ...entry, action: "user.second_factor_removed", after: null },
  ])
})
