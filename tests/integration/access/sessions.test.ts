import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getAccount, PATCH as renameAccount } from "@/app/api/v1/account/route"
import { DELETE as endOne } from "@/app/api/v1/account/sessions/[id]/route"
import { DELETE as endOthers, GET as getSessions } from "@/app/api/v1/account/sessions/route"
import { POST as changePassword } from "@/app/api/v1/password/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import { systemActor } from "@/lib/access/actor/actor"
import { deleteOldSessions } from "@/lib/access/sessions/delete-old-sessions"
import { createUser } from "@/lib/access/users/create-user"
import { asWorker } from "@/lib/base/db/transaction"
import { auditEntriesOf, givenAccount, goodPassword } from "@/tests/support/accounts"
import { Browser } from "@/tests/support/browser"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

process.env["NEXTAUTH_URL"] = "http://localhost:3000"
useDatabase()

const phone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
  "Version/18.5 Mobile/15E148 Safari/604.1"

type Listed = {
  data: {
    id: string
    isThis: boolean
    browser: string | null
    system: string | null
    address: string | null
  }[]
}
const sessionsOf = async ({ headers }: { headers: Record<string, string> }) =>
  ((await (await call(getSessions, "/api/v1/account/sessions", { headers })).json()) as Listed).data
const status = async ({ headers }: { headers: Record<string, string> }) =>
  (await call(getAccount, "/api/v1/account", { headers })).status
const change = ({ headers }: { headers: Record<string, string> }, current: string, next: string) =>
  call(changePassword, "/api/v1/password", { headers, body: JSON.stringify({ current, next }) })

async function givenTwoBrowsers() {
  const { orgId } = await givenOrganisation()
  const user = await givenAccount(orgId)
  const [desk, mobile] = [new Browser(), new Browser(phone)]
  for (const browser of [desk, mobile]) expect((await browser.signIn(user)).status).toBe(200)
  return { orgId, desk, mobile, ...user }
}

describe("a user's own sessions", () => {
  test("are listed with device and address, with the current one marked, and nobody else's", async () => {
    const { orgId, desk } = await givenTwoBrowsers()
    await givenPerson(orgId, "admin")
    const sessions = await sessionsOf(desk)
    expect(
      sessions.map(({ browser, system, address, isThis }) => ({ browser, system, address, isThis })),
    ).toEqual(
      expect.arrayContaining([
        { browser: "Chrome", system: "Linux", address: "203.0.113.7", isThis: true },
        { browser: "Safari", system: "iOS", address: "203.0.113.7", isThis: false },
      ]),
    )
    expect(sessions).toHaveLength(2)
  })

  test("end one by one, at once, and only the user's own", async () => {
    const { orgId, desk, mobile } = await givenTwoBrowsers()
    const other = await givenPerson(orgId, "admin")
    const foreign = await call(endOne, "/api/v1/account/sessions/x", {
      method: "DELETE",
      headers: desk.headers,
      params: { id: other.sessionId },
    })
    expect(foreign.status).toBe(404)
    expect(await status(other)).toBe(200)
    const id = (await sessionsOf(desk)).find(({ isThis }) => !isThis)?.id ?? ""
    expect(
      (
        await call(endOne, "/api/v1/account/sessions/x", {
          method: "DELETE",
          headers: desk.headers,
          params: { id },
        })
      ).status,
    ).toBe(200)
    expect([await status(desk), await status(mobile)]).toEqual([200, 401])
    expect(await auditEntriesOf(orgId)).toEqual(["session.ended"])
  })

  test("end except the current one", async () => {
    const { desk, mobile } = await givenTwoBrowsers()
    const ended = await call(endOthers, "/api/v1/account/sessions", {
      method: "DELETE",
      headers: desk.headers,
    })
    expect(await ended.json()).toEqual({ ended: 1 })
    expect([await status(desk), await status(mobile)]).toEqual([200, 401])
  })

  test("end except the current one when the password changes", async () => {
    const { orgId, email, desk, mobile } = await givenTwoBrowsers()
    expect((await change(desk, "not the password", "four green bicycles")).status).toBe(422)
    expect(await (await change(desk, goodPassword, "four green bicycles")).json()).toEqual({ ended: 1 })
    expect([await status(desk), await status(mobile)]).toEqual([200, 401])
    expect((await new Browser().signIn({ email, password: goodPassword })).status).toBe(401)
    expect(await auditEntriesOf(orgId)).toEqual(["password.changed"])
  })

  test.each([
    ["twelve idle hours", sql`last_seen_at = now() - interval '12 hours 1 minute'`],
    ["seven days in use", sql`created_at = now() - interval '7 days 1 minute'`],
  ])("end after %s", async (_, aged) => {
    const { orgId } = await givenOrganisation()
    const person = await givenPerson(orgId, "admin")
    expect(await status(person)).toBe(200)
    await asWorker((db) => db.query(sql`update session set ${aged} where id = ${person.sessionId}::uuid`))
    expect(await status(person)).toBe(401)
  })

  test("are deleted after ninety days", async () => {
    const { orgId } = await givenOrganisation()
    const [old, young] = [await givenPerson(orgId, "admin"), await givenPerson(orgId, "admin")]
    const aged = (days: number, id: string) =>
      asWorker((db) =>
        db.query(
          sql`update session set created_at = now() - ${days} * interval '1 day' where id = ${id}::uuid`,
        ),
      )
    await aged(91, old.sessionId)
    await aged(89, young.sessionId)
    expect(await deleteOldSessions()).toBe(1)
    expect(
      await asWorker((db) => db.query(sql`select id from session where org_id = ${orgId}::uuid`)),
    ).toEqual([{ id: young.sessionId }])
    expect(await deleteOldSessions()).toBe(0)
  })
})

describe("a user's own account", () => {
  test("is renamed by its user, with an audit entry", async () => {
    const { orgId } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { name: "Riverside" })
    const manager = await givenPerson(orgId, "manager", { stores: [storeId] })
    const rename = () =>
      call(renameAccount, "/api/v1/account", {
        method: "PATCH",
        headers: manager.headers,
        body: JSON.stringify({ name: " Ana Souza " }),
      })
    expect(await (await rename()).json()).toMatchObject({
      name: "Ana Souza",
      role: "manager",
      reach: { stores: [{ name: "Riverside" }] },
    })
    await rename()
    expect(await auditEntriesOf(orgId)).toEqual(["user.renamed"])
  })

  test("with a one-time password can only change the password", async () => {
    const { orgId } = await givenOrganisation()
    const { email, password } = await createUser({
      actor: systemActor(orgId),
      email: `new-${orgId}@example.com`,
      role: "admin",
    })
    const browser = new Browser()
    await browser.signIn({ email, password })
    expect([
      await status(browser),
      (await call(getTerminals, "/api/v1/terminals", { headers: browser.headers })).status,
    ]).toEqual([403, 403])
    expect((await change(browser, password, goodPassword)).status).toBe(200)
    expect(await status(browser)).toBe(200)
  })

  test.each([
    ["short", "tooShort"],
    ["qwerty123456", "common"],
    ["Tillwatch2026!", "personal"],
  ])("refuses the password %s as %s", async (next, reason) => {
    const { orgId } = await givenOrganisation()
    const browser = new Browser()
    await browser.signIn(await givenAccount(orgId))
    const response = await change(browser, goodPassword, next)
    expect([response.status, (await response.json()) as object]).toEqual([
      422,
      expect.objectContaining({ reason }),
    ])
  })
})
