import { execFileSync } from "node:child_process"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as exportTrail } from "@/app/api/v1/audit/export/route"
import { GET as getFacets } from "@/app/api/v1/audit/facets/route"
import { GET as getTrail } from "@/app/api/v1/audit/route"
import type { AuditEntry, AuditPage } from "@/lib/access/audit/schemas"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { givenAdmin, auditPage } from "@/tests/support/audit"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

useDatabase()

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
    expect((await auditPage(other.admin.headers)).data).toEqual([])
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
      const { data, nextCursor }: AuditPage = await auditPage(
        admin.headers,
        `?limit=5${cursor ? `&cursor=${cursor}` : ""}`,
      )
      seen.push(...data.map(({ subject }) => subject.name))
      cursor = nextCursor
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => `SN-${12 - i}`))
    const names = async (query: string) =>
      (await auditPage(admin.headers, query)).data.map(({ subject }) => subject.name)
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
  const audited = await asWorker((db) =>
    db.query(
      sql`
        select action, actor_name, subject_name, after from audit_entry where org_id = ${orgId}::uuid
        order by id`,
    ),
  )
  const entry = { actor_name: "command line", subject_name: email }
  expect(audited).toEqual([
    { ...entry, action: "user.created", after: { role: "viewer" } },
    { ...entry, action: "user.second_factor_removed", after: null },
  ])
})
