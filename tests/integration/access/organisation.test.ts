import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getOrganisation, PATCH as patchOrganisation } from "@/app/api/v1/organisation/route"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { tasks } from "@/lib/run/jobs/tasks"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { answerOf, heartbeats, heartbeatsOnce, lines, minutesAgo } from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"

useDatabase()

async function givenAdmin() {
  const org = await givenOrganisation()
  return { ...org, admin: await givenPerson(org.orgId, "admin") }
}

const read = async (headers: Record<string, string>) =>
  (await call(getOrganisation, "/api/v1/organisation", { headers })).json()
const change = (headers: Record<string, string>, body: object) =>
  call(patchOrganisation, "/api/v1/organisation", { method: "PATCH", headers, body: JSON.stringify(body) })
const audited = (orgId: string) =>
  asWorker((db) =>
    db.query(sql`select action, before, after from audit_entry where org_id = ${orgId}::uuid order by id`),
  )

describe("the organisation's settings", () => {
  test("change only the given fields, with an audit entry", async () => {
    const { orgId, admin } = await givenAdmin()
    const before = await read(admin.headers)
    const response = await change(admin.headers, { timeZone: "Europe/Berlin", language: "en" })
    expect(await response.json()).toEqual({ ...before, timeZone: "Europe/Berlin", language: "en" })
    expect(await read(admin.headers)).toEqual({ ...before, timeZone: "Europe/Berlin", language: "en" })
    await change(admin.headers, { language: "en" })
    expect(await audited(orgId)).toEqual([
      {
        action: "organisation.changed",
        before: { timeZone: "Asia/Shanghai", language: "zh" },
        after: { timeZone: "Europe/Berlin", language: "en" },
      },
    ])
  })

  test.each([
    [{ timeZone: "Mars/Olympus" }],
    [{ language: "fr" }],
    [{ rawRetentionDays: 6 }],
    [{ rawRetentionDays: 401 }],
    [{ rawRetentionDays: 7.5 }],
    [{ dayRetentionYears: 0 }],
    [{ name: " " }],
    [{ idleMonths: 13 }],
    [{ demoProgressPct: 3 }],
  ])("refuse %j", async (body) => {
    const { admin } = await givenAdmin()
    expect((await change(admin.headers, body)).status).toBe(422)
  })

  test("are only for admins", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const manager = await givenPerson(orgId, "manager")
    expect((await change(manager.headers, { name: "Mine" })).status).toBe(403)
    expect((await call(getOrganisation, "/api/v1/organisation", { key: readKey })).status).toBe(403)
  })

  test("decide at once whether unknown terminals are enrolled", async () => {
    const { admin, ingestKey } = await givenAdmin()
    await change(admin.headers, { enrolUnknown: false })
    const beat = lines([{ terminal: "SN-STRANGER", at: minutesAgo(1) }])
    expect(await answerOf(await heartbeats({ key: ingestKey, body: beat }))).toMatchObject({
      accepted: 0,
      rejected: 1,
    })
    await change(admin.headers, { enrolUnknown: true })
    expect(await answerOf(await heartbeatsOnce({ key: ingestKey, body: beat }))).toMatchObject({
      accepted: 1,
    })
  })
})

test("older records are accepted once raw retention is longer, and delay no others", async () => {
  const { orgId, admin, ingestKey } = await givenAdmin()
  const { serial } = await givenTerminal(orgId)
  const old = lines([{ terminal: serial, at: minutesAgo(100 * 1440) }])
  expect(await answerOf(await heartbeatsOnce({ key: ingestKey, body: old }))).toMatchObject({
    rejected: 1,
    errors: [{ code: "too_old" }],
  })
  await change(admin.headers, { rawRetentionDays: 120, hourRetentionDays: 120 })
  const jobs = await asOwner((client) =>
    client.query(`select task_identifier from graphile_worker.jobs where key = 'partitions'`),
  )
  expect(jobs.rows).toEqual([{ task_identifier: "partitions" }])

  const [early, others] = await Promise.all([
    heartbeatsOnce({ key: ingestKey, body: old }),
    Promise.all(
      [1, 2, 3].map((minutes) =>
        heartbeatsOnce({ key: ingestKey, body: lines([{ terminal: serial, at: minutesAgo(minutes) }]) }),
      ),
    ),
  ])
  expect(early.status).toBe(503)
  expect(Number(early.headers.get("retry-after"))).toBeGreaterThan(0)
  for (const other of others) expect(await answerOf(other)).toMatchObject({ accepted: 1 })

  await tasks["partitions"]?.({}, undefined as never)
  expect(await answerOf(await heartbeatsOnce({ key: ingestKey, body: old }))).toMatchObject({ accepted: 1 })
})
