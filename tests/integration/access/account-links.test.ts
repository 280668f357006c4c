import { randomUUID } from "node:crypto"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as postInvitation } from "@/app/api/v1/users/[id]/invitation/route"
import { POST as postReset } from "@/app/api/v1/users/[id]/reset/route"
import { PATCH as patchUser } from "@/app/api/v1/users/[id]/route"
import { hashPassword } from "@/lib/access/credentials/password"
import type { UserWithLink } from "@/lib/access/users/schemas"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import {
  mailbox,
  useMailbox,
  newPassword,
  runJobs,
  tokenOf,
  readLink,
  choosePassword,
  requestReset,
  invite,
  makeLinkAgain,
  passwordWorks,
  mailedTo,
  linkIn,
  givenAdmin,
} from "@/tests/support/account-links"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

useDatabase()
useMailbox()

describe("an invitation", () => {
  test("names its user any number of times and sets one password", async () => {
    const { admin } = await givenAdmin()
    const { user, link } = await invite(admin)
    expect(link.url).toMatch(/^http:\/\/localhost:3000\/accept\/[\w-]{43}$/)
    const token = tokenOf(link.url)
    for (const _ of [1, 2])
      expect(await (await readLink(token)).json()).toMatchObject({ purpose: "invitation", email: user.email })
    expect((await choosePassword(token, "short")).status).toBe(422)
    expect((await choosePassword(token)).status).toBe(200)
    expect(await passwordWorks(user.email, newPassword)).toBe(true)
    expect((await readLink(token)).status).toBe(404)
    expect((await choosePassword(token, "another good passphrase")).status).toBe(404)
    expect(await passwordWorks(user.email, newPassword)).toBe(true)
  })

  test("sets one password when two people use it at once", async () => {
    const { admin } = await givenAdmin()
    const token = tokenOf((await invite(admin)).link.url)
    const statuses = await Promise.all(
      [choosePassword(token), choosePassword(token, "another good passphrase")].map(
        async (answer) => (await answer).status,
      ),
    )
    expect(statuses.toSorted()).toEqual([200, 404])
  })

  test("ends when a new one is made, and when it expires", async () => {
    const { admin } = await givenAdmin()
    const { user, link } = await invite(admin)
    const newer = (await (await makeLinkAgain(admin, postInvitation, user.id)).json()) as UserWithLink
    expect((await readLink(tokenOf(link.url))).status).toBe(404)
    expect((await choosePassword(tokenOf(link.url))).status).toBe(404)
    expect(Date.parse(newer.link.expiresAt) - Date.now()).toBeGreaterThan(6.99 * 86_400_000)
    await asWorker((db) =>
      db.query(sql`update account_link set expires_at = now() where user_id = ${user.id}::uuid`),
    )
    expect((await choosePassword(tokenOf(newer.link.url))).status).toBe(404)
    expect(await passwordWorks(user.email, newPassword)).toBe(false)
  })

  test("ends for good when its user is disabled", async () => {
    const { admin } = await givenAdmin()
    const { user, link } = await invite(admin)
    const disable = (isDisabled: boolean) =>
      call(patchUser, "/api/v1/users/x", {
        method: "PATCH",
        headers: admin.headers,
        params: { id: user.id },
        body: JSON.stringify({ isDisabled }),
      })
    await disable(true)
    expect((await choosePassword(tokenOf(link.url))).status).toBe(404)
    expect((await makeLinkAgain(admin, postInvitation, user.id)).status).toBe(409)
    await disable(false)
    expect((await choosePassword(tokenOf(link.url))).status).toBe(404)
  })

  test("is emailed with a second token that is never in the queue; using one token ends both", async () => {
    const { admin, orgId } = await givenAdmin("zh")
    const { user, link } = await invite(admin)
    expect(link.isMailed).toBe(true)
    const queued = await asOwner(
      async (db) =>
        (await db.query<{ payload: object }>("select payload from graphile_worker._private_jobs")).rows,
    )
    expect(queued.map(({ payload }) => payload)).toEqual([
      { orgId, linkId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    ])
    await runJobs()
    const [letter, ...more] = mailedTo(user.email)
    if (!letter) throw new Error("no mail came")
    expect(more).toEqual([])
    expect(letter.subject).toMatch(/^邀请您使用 Tillwatch（Org /)
    const mailed = linkIn(letter)
    expect(letter.html).toContain(`/accept/${mailed}"`)
    expect(mailed).not.toBe(tokenOf(link.url))
    expect((await choosePassword(mailed)).status).toBe(200)
    expect((await choosePassword(tokenOf(link.url))).status).toBe(404)
  })

  test("gets another token when its email is delayed", async () => {
    const { admin } = await givenAdmin()
    const { user, link } = await invite(admin)
    mailbox.refuse(1)
    await runJobs()
    expect(mailedTo(user.email)).toEqual([])
    await asOwner((db) => db.query("update graphile_worker._private_jobs set run_at = now()"))
    await runJobs()
    expect(mailedTo(user.email).map(linkIn)).toHaveLength(1)
    const [links] = await asWorker((db) =>
      db.query<{ count: number }>(
        sql`select count(*)::int as count from account_link where user_id = ${user.id}::uuid`,
      ),
    )
    expect(links).toEqual({ count: 2 })
    expect((await readLink(tokenOf(link.url))).status).toBe(200)
  })
})

test("a link sets no password for a user who has signed in through the provider since", async () => {
  const { admin } = await givenAdmin()
  const { user, link } = await invite(admin)
  await asWorker((db) =>
    db.query(sql`update app_user set oidc_subject = ${user.id} where id = ${user.id}::uuid`),
  )
  expect((await choosePassword(tokenOf(link.url))).status).toBe(404)
  expect((await makeLinkAgain(admin, postInvitation, user.id)).status).toBe(409)
  expect((await makeLinkAgain(admin, postReset, user.id)).status).toBe(409)
  await requestReset(user.email)
  await runJobs()
  expect(mailedTo(user.email).filter(({ text }) => text.includes("/reset/"))).toEqual([])
})

describe("an email with an account in another organisation", () => {
  test("is invited like any other; only the user of the link learns about the account", async () => {
    const elsewhere = await givenPerson((await givenOrganisation()).orgId, "viewer")
    await asWorker(async (db) =>
      db.query(sql`
        update app_user
        set password_hash = ${await hashPassword(newPassword, { email: elsewhere.email, name: "" })}
         where id = ${elsewhere.userId}::uuid`),
    )
    const admin = await givenPerson((await givenOrganisation()).orgId, "admin")
    const unknown = await invite(admin)
    const known = await invite(admin, elsewhere.email)
    const shape = ({ user, link }: UserWithLink) => ({
      state: user.state,
      fields: Object.keys(user),
      link: Object.keys(link),
    })
    expect(shape(known)).toEqual(shape(unknown))
    expect(known.user).toMatchObject({ email: elsewhere.email, state: "invited" })

    const accepted = await choosePassword(tokenOf(known.link.url), "seven loud geese at dawn")
    expect(accepted.status).toBe(409)
    expect(await accepted.json()).toMatchObject({ reason: "email_taken" })
    expect(await passwordWorks(elsewhere.email, newPassword)).toBe(true)
    expect(await passwordWorks(elsewhere.email, "seven loud geese at dawn")).toBe(false)
  })

  test("joins the organisation whose invitation is accepted first", async () => {
    const email = `bo-${randomUUID()}@example.com`
    const invitations = [
      await invite(await givenPerson((await givenOrganisation()).orgId, "admin"), email),
      await invite(await givenPerson((await givenOrganisation()).orgId, "admin"), email),
    ]
    const statuses = []
    for (const { link } of invitations.toReversed())
      statuses.push((await choosePassword(tokenOf(link.url))).status)
    expect(statuses).toEqual([200, 409])
    expect(await passwordWorks(email, newPassword)).toBe(true)
  })
})
