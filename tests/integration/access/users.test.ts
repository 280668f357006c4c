import { randomUUID } from "node:crypto"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getPlaces } from "@/app/api/v1/places/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import { GET as getUser, PATCH as patchUser } from "@/app/api/v1/users/[id]/route"
import { DELETE as deleteSessions } from "@/app/api/v1/users/[id]/sessions/route"
import { DELETE as deleteSecondFactor } from "@/app/api/v1/users/[id]/totp/route"
import { GET as getUsers, POST as postUser } from "@/app/api/v1/users/route"
import type { UserPage, UserWithLink } from "@/lib/access/users/schemas"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson, type Person } from "@/tests/support/people"

useDatabase()

const nowhere = { merchants: [], regions: [], stores: [] }
const invite = (by: Person, invitation: object) =>
  call(postUser, "/api/v1/users", {
    headers: by.headers,
    body: JSON.stringify({
      email: `b-${randomUUID()}@example.com`,
      name: "Bo",
      role: "viewer",
      reach: null,
      ...invitation,
    }),
  })
const change = (by: Person, { userId }: { userId: string }, body: object) =>
  call(patchUser, "/api/v1/users/x", {
    method: "PATCH",
    headers: by.headers,
    params: { id: userId },
    body: JSON.stringify(body),
  })
const list = async (by: Person, search = "") =>
  (await call(getUsers, `/api/v1/users?${search}`, { headers: by.headers })).json() as Promise<UserPage>
const terminalsFor = async ({ headers }: Person) =>
  (await call(getTerminals, "/api/v1/terminals", { headers })).status
const auditEntriesOn = (userId: string) =>
  asWorker((db) =>
    db.query<{ action: string; actor_name: string; before: object | null; after: object | null }>(sql`
  select action, actor_name, before, after from audit_entry where subject_id = ${userId} order by id`),
  )

/** An admin who has signed in before, not only been invited. */
async function givenAdmin(orgId: string): Promise<Person> {
  const admin = await givenPerson(orgId, "admin")
  await asWorker((db) =>
    db.query(sql`update app_user set password_hash = 'set' where id = ${admin.userId}::uuid`),
  )
  return admin
}

async function givenTeam() {
  const org = await givenOrganisation()
  return {
    ...org,
    admin: await givenAdmin(org.orgId),
    store: await givenStore(org.orgId, { name: "Pudong" }),
  }
}

describe("users", () => {
  test("are invited with a role and stores, and listed with the stores' names", async () => {
    const { admin, store } = await givenTeam()
    const email = `Bo-${randomUUID()}@Example.com`
    const response = await invite(admin, {
      email,
      role: "manager",
      reach: { ...nowhere, stores: [store.storeId, store.storeId] },
    })
    const { user, link } = (await response.json()) as UserWithLink
    expect(user).toMatchObject({
      email: email.toLowerCase(),
      state: "invited",
      reach: { stores: [{ id: store.storeId, name: "Pudong" }] },
      isSelf: false,
      lastSignInAt: null,
    })
    expect(link.isMailed).toBe(false)
    expect(await list(admin)).toMatchObject({
      data: [
        { isSelf: true, state: "active" },
        { id: user.id, role: "manager" },
      ],
    })
    expect((await list(admin, "q=BO")).data).toHaveLength(1)
    expect((await invite(admin, { email })).status).toBe(409)
    expect(await auditEntriesOn(user.id)).toEqual([
      {
        action: "user.invited",
        actor_name: admin.email,
        before: null,
        after: { name: "Bo", role: "manager", reach: { ...nowhere, stores: [store.storeId] } },
      },
    ])
  })

  test("are listed page by page", async () => {
    const { admin } = await givenTeam()
    for (const _ of [1, 2]) await invite(admin, {})
    const first = await list(admin, "limit=2")
    const rest = await list(admin, `limit=2&cursor=${first.nextCursor}`)
    expect([first.data.length, rest.data.length, rest.nextCursor]).toEqual([2, 1, null])
    expect(new Set([...first.data, ...rest.data].map(({ id }) => id)).size).toBe(3)
  })

  test("of another organisation are not found, nor are its stores", async () => {
    const [{ admin }, other] = [await givenTeam(), await givenTeam()]
    const about = { headers: admin.headers, params: { id: other.admin.userId } }
    expect((await call(getUser, "/api/v1/users/x", about)).status).toBe(404)
    expect((await change(admin, other.admin, { role: "viewer" })).status).toBe(404)
    expect((await call(deleteSessions, "/api/v1/users/x", { ...about, method: "DELETE" })).status).toBe(404)
    expect((await call(deleteSecondFactor, "/api/v1/users/x", { ...about, method: "DELETE" })).status).toBe(
      404,
    )
    expect((await invite(admin, { reach: { ...nowhere, stores: [other.store.storeId] } })).status).toBe(422)
    const places = await (
      await call(getPlaces, "/api/v1/places?kind=stores", { headers: admin.headers })
    ).json()
    expect(places.data.map(({ id }: { id: number }) => id)).not.toContain(other.store.storeId)
  })

  test("are managed only by admins, not by keys", async () => {
    const { orgId, readKey } = await givenTeam()
    for (const role of ["manager", "planner", "technician", "viewer"] as const) {
      expect(
        (await call(getUsers, "/api/v1/users", { headers: (await givenPerson(orgId, role)).headers })).status,
      ).toBe(403)
    }
    expect((await call(getUsers, "/api/v1/users", { key: readKey })).status).toBe(403)
  })
})

describe("a change of a user", () => {
  test("ends the sessions at once if role, stores or state change, but not for a new name", async () => {
    const { orgId, admin, store } = await givenTeam()
    for (const [body, status] of [
      [{ name: "Boris" }, 200],
      [{ role: "planner" }, 401],
      [{ reach: { ...nowhere, stores: [store.storeId] } }, 401],
      [{ isDisabled: true }, 401],
    ] as const) {
      const viewer = await givenPerson(orgId, "viewer")
      expect((await change(admin, viewer, body)).status).toBe(200)
      expect(await terminalsFor(viewer)).toBe(status)
    }
  })

  test("makes an audit entry with the changed fields, before and after", async () => {
    const { orgId, admin, store } = await givenTeam()
    const viewer = await givenPerson(orgId, "viewer", { stores: [store.storeId] })
    await change(admin, viewer, { name: "Bo", reach: { ...nowhere, stores: [store.storeId] } })
    await change(admin, viewer, { role: "admin", reach: null })
    await change(admin, viewer, { isDisabled: true })
    await change(admin, viewer, { isDisabled: true })
    expect(await auditEntriesOn(viewer.userId)).toEqual([
      { action: "user.changed", actor_name: admin.email, before: { name: "" }, after: { name: "Bo" } },
      {
        action: "user.changed",
        actor_name: admin.email,
        before: { role: "viewer", reach: { ...nowhere, stores: [store.storeId] } },
        after: { role: "admin", reach: null },
      },
      {
        action: "user.disabled",
        actor_name: admin.email,
        before: { isDisabled: false },
        after: { isDisabled: true },
      },
    ])
  })

  test("is refused if it limits an admin or changes one's own rights", async () => {
    const { orgId, admin, store } = await givenTeam()
    const reach = { ...nowhere, stores: [store.storeId] }
    const limited = await givenPerson(orgId, "manager", { stores: [store.storeId] })
    expect((await invite(admin, { role: "admin", reach })).status).toBe(422)
    expect((await change(admin, limited, { role: "admin" })).status).toBe(422)
    await givenAdmin(orgId)
    expect((await change(admin, admin, { role: "viewer" })).status).toBe(403)
    expect((await change(admin, admin, { isDisabled: true })).status).toBe(403)
    expect(await (await change(admin, admin, { name: "Myself" })).json()).toMatchObject({
      name: "Myself",
      role: "admin",
    })
  })

  test("leaves one admin if two admins change each other's role at once", async () => {
    for (const body of [{ role: "viewer" }, { isDisabled: true }]) {
      const { orgId, admin } = await givenTeam()
      const other = await givenAdmin(orgId)
      // An admin who has not accepted the invitation cannot take over.
      await givenPerson(orgId, "admin")
      const statuses = await Promise.all(
        [change(admin, other, body), change(other, admin, body)].map(async (answer) => (await answer).status),
      )
      expect(statuses.filter((status) => status === 200)).toHaveLength(1)
      const [left] = await asWorker((db) =>
        db.query<{ count: number }>(sql`
        select count(*)::int as count from app_user where org_id = ${orgId}::uuid and role = 'admin'
          and disabled_at is null and password_hash is not null`),
      )
      expect(left).toEqual({ count: 1 })
    }
  })
})

test("an admin ends a user's sessions and turns off a lost second factor", async () => {
  const { orgId, admin } = await givenTeam()
  const viewer = await givenPerson(orgId, "viewer")
  await asWorker((db) =>
    db.query(sql`
    with code as (insert into recovery_code (org_id, user_id, code_hash)
      values (${orgId}::uuid, ${viewer.userId}::uuid, '\\x00'))
    update app_user set totp_secret = '\\x00', totp_enabled_at = now() where id = ${viewer.userId}::uuid`),
  )
  const about = { method: "DELETE", headers: admin.headers, params: { id: viewer.userId } }
  expect(await (await call(deleteSecondFactor, "/api/v1/users/x", about)).json()).toMatchObject({
    hasSecondFactor: false,
  })
  expect(
    await asWorker((db) =>
      db.query(sql`select id from recovery_code where user_id = ${viewer.userId}::uuid`),
    ),
  ).toEqual([])
  expect(await (await call(deleteSessions, "/api/v1/users/x", about)).json()).toEqual({ ended: 1 })
  expect(await terminalsFor(viewer)).toBe(401)
  expect((await auditEntriesOn(viewer.userId)).map(({ action }) => action)).toEqual([
    "user.second_factor_removed",
    "user.sessions_ended",
  ])
  expect(
    (await call(deleteSecondFactor, "/api/v1/users/x", { ...about, params: { id: admin.userId } })).status,
  ).toBe(403)
})
