import { describe, expect, test } from "vitest"
import { DELETE as removeMapping } from "@/app/api/v1/group-mappings/[id]/route"
import { GET as getMappings } from "@/app/api/v1/group-mappings/route"
import type { GroupMapping } from "@/lib/access/sign-on/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"
import {
  useProvider,
  givenSignOn,
  givenProfile,
  signIn,
  auditEntriesOf,
  mayRead,
} from "@/tests/support/sign-on"

useDatabase()
useProvider()

describe("a group mapping", () => {
  test("makes no admins, and accepts only known places", async () => {
    const { groups, map } = await givenSignOn()
    expect((await map({ group: groups.managers, role: "admin" })).status).toBe(422)
    const foreign = await givenStore((await givenOrganisation()).orgId)
    expect(
      (
        await map({
          group: groups.managers,
          role: "manager",
          reach: { merchants: [], regions: [], stores: [foreign.storeId] },
        })
      ).status,
    ).toBe(422)
    expect(
      (
        await map({
          group: groups.managers,
          role: "manager",
          reach: { merchants: [], regions: [], stores: [] },
        })
      ).status,
    ).toBe(422)
  })

  test("can be changed only by admins, of their own organisation", async () => {
    const { orgId, admin, groups, map } = await givenSignOn()
    const { id } = (await (await map({ group: groups.viewers, role: "viewer" })).json()) as GroupMapping
    const manager = await givenPerson(orgId, "manager")
    expect((await call(getMappings, "/api/v1/group-mappings", { headers: manager.headers })).status).toBe(403)
    const otherAdmin = await givenPerson((await givenOrganisation()).orgId, "admin")
    expect(
      (
        await call(removeMapping, "/api/v1/group-mappings/x", {
          method: "DELETE",
          headers: otherAdmin.headers,
          params: { id: String(id) },
        })
      ).status,
    ).toBe(404)
    const listed = await (
      await call(getMappings, "/api/v1/group-mappings", { headers: admin.headers })
    ).json()
    expect(listed).toMatchObject({ data: [{ id, group: groups.viewers, role: "viewer", reach: null }] })
  })

  test("ends the sessions of the provider's users when it is changed or deleted, and no others", async () => {
    const { orgId, admin, groups, map } = await givenSignOn()
    const { id } = (await (await map({ group: groups.viewers, role: "viewer" })).json()) as GroupMapping
    const { subject } = givenProfile({ groups: groups.viewers })
    const first = await signIn(subject)
    await map({ group: groups.viewers, role: "viewer" })
    expect(await mayRead(first.headers), "saving the same mapping again changes nothing").toBe(true)
    await map({ group: groups.viewers, role: "planner" })
    expect(await mayRead(first.headers)).toBe(false)
    const second = await signIn(subject)
    expect(await mayRead(second.headers)).toBe(true)
    expect(
      (
        await call(removeMapping, "/api/v1/group-mappings/x", {
          method: "DELETE",
          headers: admin.headers,
          params: { id: String(id) },
        })
      ).status,
    ).toBe(200)
    expect(await mayRead(second.headers)).toBe(false)
    expect(await mayRead(admin.headers)).toBe(true)
    expect(await signIn(subject)).toMatchObject({ error: "no_access" })
    expect((await auditEntriesOf(orgId)).filter(({ action }) => action.startsWith("mapping."))).toMatchObject(
      [
        { action: "mapping.added", before: null, after: { role: "viewer", reach: null } },
        { action: "mapping.changed", before: { role: "viewer" }, after: { role: "planner" } },
        { action: "mapping.removed", before: { role: "planner" } },
      ],
    )
  })
})
