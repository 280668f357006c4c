import { randomUUID } from "node:crypto"
import { runOnce } from "graphile-worker"
import sql from "sql-template-tag"
import { afterAll, beforeEach, describe, expect, test } from "vitest"
import { GET as getLink, POST as postPassword } from "@/app/api/v1/account-links/[token]/route"
import { POST as postForgot } from "@/app/api/v1/forgot/route"
import { GET as getDocument } from "@/app/api/v1/openapi.json/route"
import { POST as postInvitation } from "@/app/api/v1/users/[id]/invitation/route"
import { POST as postReset } from "@/app/api/v1/users/[id]/reset/route"
import { PATCH as patchUser } from "@/app/api/v1/users/[id]/route"
import { POST as postUser } from "@/app/api/v1/users/route"
import { findCredentials } from "@/lib/access/credentials/find-credentials"
import { hashPassword, verifyPassword } from "@/lib/access/credentials/password"
import type { UserWithLink } from "@/lib/access/users/schemas"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { queueOptions } from "@/lib/run/jobs/queue-options"
import { tasks } from "@/lib/run/jobs/tasks"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { openMailbox } from "@/tests/support/mailbox"
import { givenPerson, type Person } from "@/tests/support/people"

useDatabase()
// Set while the file loads, because the environment is read once.
const mailbox = await openMailbox()
process.env["SMTP_URL"] = mailbox.url
process.env["MAIL_FROM"] = "Tillwatch <tillwatch@example.com>"
afterAll(mailbox.close)
beforeEach(async () => {
  mailbox.letters.length = 0
  mailbox.refuse(0)
  await asOwner((db) => db.query("delete from graphile_worker._private_jobs"))
})

const own = { host: "localhost", origin: "http://localhost" }
const good = "five quiet herons at dusk"
const work = () => runOnce({ ...queueOptions(), taskList: tasks })
const tokenOf = (url: string) => url.split("/").at(-1) ?? ""
const look = (token: string) => call(getLink, "/api/v1/account-links/x", { params: { token } })
const choose = (token: string, password = good) =>
  call(postPassword, "/api/v1/account-links/x", {
    headers: own,
    params: { token },
    body: JSON.stringify({ password }),
  })
const forget = (email: string) =>
  call(postForgot, "/api/v1/forgot", { headers: own, body: JSON.stringify({ email }) })
const invite = (admin: Person, email = `ana-${randomUUID()}@example.com`) =>
  call(postUser, "/api/v1/users", {
    headers: admin.headers,
    body: JSON.stringify({ email, name: "Ana", role: "viewer", reach: null }),
  }).then((response) => response.json() as Promise<UserWithLink>)
const again = (admin: Person, route: typeof postReset, userId: string) =>
  call(route, "/api/v1/users/x", { method: "POST", headers: admin.headers, params: { id: userId } })
const fits = async (email: string, password: string) =>
  verifyPassword(password, (await findCredentials(email))?.password_hash ?? null)
const mailedTo = (email: string) => mailbox.letters.filter(({ to }) => to === email)
const linkIn = ({ text }: { text: string }) => tokenOf(/http:\/\/\S+/.exec(text)?.[0] ?? "")

async function givenAdmin(language = "en") {
  const org = await givenOrganisation()
  await asWorker((db) =>
    db.query(sql`update organisation set language = ${language} where id = ${org.orgId}::uuid`),
  )
  return { ...org, admin: await givenPerson(org.orgId, "admin") }
}

async function givenPassword({ userId, email }: Person, password = "what was there before") {
  const hash = await hashPassword(password, { email, name: "" })
  await asWorker((db) =>
    db.query(sql`update app_user set password_hash = ${hash} where id = ${userId}::uuid`),
  )
}

describe("an invitation", () => {
  test("names its user any number of times and sets one password", async () => {
    const { admin } = await givenAdmin()
    const { user, link } = await invite(admin)
    expect(link.url).toMatch(/^http:\/\/localhost:3000\/accept\/[\w-]{43}$/)
    const token = tokenOf(link.url)
    for (const _ of [1, 2])
      expect(await (await look(token)).json()).toMatchObject({ purpose: "invitation", email: user.email })
    expect((await choose(token, "short")).status).toBe(422)
    expect((await choose(token)).status).toBe(200)
    expect(await fits(user.email, good)).toBe(true)
    expect((await look(token)).status).toBe(404)
    expect((await choose(token, "another good passphrase")).status).toBe(404)
    expect(await fits(user.email, good)).toBe(true)
  })

  test("sets one password when two people use it at once", async () => {
    const { admin } = await givenAdmin()
    const token = tokenOf((await invite(admin)).link.url)
    const statuses = await Promise.all(
      [choose(token), choose(token, "another good passphrase")].map(async (answer) => (await answer).status),
    )
    expect(statuses.toSorted()).toEqual([200, 404])
  })

  test("ends when a new one is made, and when it expires", async () => {
    const { admin } = await givenAdmin()
    const { user, link } = await invite(admin)
    const newer = (await (await again(admin, postInvitation, user.id)).json()) as UserWithLink
    expect((await look(tokenOf(link.url))).status).toBe(404)
    expect((await choose(tokenOf(link.url))).status).toBe(404)
    expect(Date.parse(newer.link.expiresAt) - Date.now()).toBeGreaterThan(6.99 * 86_400_000)
    await asWorker((db) =>
      db.query(sql`update account_link set expires_at = now() where user_id = ${user.id}::uuid`),
    )
    expect((await choose(tokenOf(newer.link.url))).status).toBe(404)
    expect(await fits(user.email, good)).toBe(false)
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
    expect((await choose(tokenOf(link.url))).status).toBe(404)
    expect((await again(admin, postInvitation, user.id)).status).toBe(409)
    await disable(false)
    expect((await choose(tokenOf(link.url))).status).toBe(404)
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
    await work()
    const [letter, ...more] = mailedTo(user.email)
    if (!letter) throw new Error("no mail came")
    expect(more).toEqual([])
    expect(letter.subject).toMatch(/^邀请您使用 Tillwatch（Org /)
    const mailed = linkIn(letter)
    expect(letter.html).toContain(`/accept/${mailed}"`)
    expect(mailed).not.toBe(tokenOf(link.url))
    expect((await choose(mailed)).status).toBe(200)
    expect((await choose(tokenOf(link.url))).status).toBe(404)
  })

  test("gets another token when its email is delayed", async () => {
    const { admin } = await givenAdmin()
    const { user, link } = await invite(admin)
    mailbox.refuse(1)
    await work()
    expect(mailedTo(user.email)).toEqual([])
    await asOwner((db) => db.query("update graphile_worker._private_jobs set run_at = now()"))
    await work()
    expect(mailedTo(user.email).map(linkIn)).toHaveLength(1)
    const [links] = await asWorker((db) =>
      db.query<{ count: number }>(
        sql`select count(*)::int as count from account_link where user_id = ${user.id}::uuid`,
      ),
    )
    expect(links).toEqual({ count: 2 })
    expect((await look(tokenOf(link.url))).status).toBe(200)
  })
})

test("a link sets no password for a user who has signed in through the provider since", async () => {
  const { admin } = await givenAdmin()
  const { user, link } = await invite(admin)
  await asWorker((db) =>
    db.query(sql`update app_user set oidc_subject = ${user.id} where id = ${user.id}::uuid`),
  )
  expect((await choose(tokenOf(link.url))).status).toBe(404)
  expect((await again(admin, postInvitation, user.id)).status).toBe(409)
  expect((await again(admin, postReset, user.id)).status).toBe(409)
  await forget(user.email)
  await work()
  expect(mailedTo(user.email).filter(({ text }) => text.includes("/reset/"))).toEqual([])
})

describe("a reset link", () => {
  test("made by an admin ends every session and works for an hour", async () => {
    const { orgId, admin } = await givenAdmin()
    const viewer = await givenPerson(orgId, "viewer")
    expect((await again(admin, postReset, viewer.userId)).status).toBe(409)
    await givenPassword(viewer)
    const { link } = (await (await again(admin, postReset, viewer.userId)).json()) as UserWithLink
    expect(link.url).toContain("/reset/")
    expect(Math.abs(Date.parse(link.expiresAt) - Date.now() - 3_600_000)).toBeLessThan(60_000)
    expect((await choose(tokenOf(link.url))).status).toBe(200)
    const open = await asWorker((db) =>
      db.query(sql`select id from session where user_id = ${viewer.userId}::uuid and ended_at is null`),
    )
    expect(open).toEqual([])
  })

  test("cannot be made for oneself or for another organisation's user", async () => {
    const [{ admin }, other] = [await givenAdmin(), await givenAdmin()]
    await givenPassword(other.admin)
    expect((await again(admin, postReset, other.admin.userId)).status).toBe(404)
    expect((await again(admin, postReset, admin.userId)).status).toBe(403)
  })
})

describe("a forgotten password", () => {
  test("gives everyone the same answer and emails only users with a password", async () => {
    const { orgId, admin } = await givenAdmin()
    const viewer = await givenPerson(orgId, "viewer")
    await givenPassword(viewer)
    const { user: invited } = await invite(admin)
    await work()
    mailbox.letters.length = 0
    const answers = await Promise.all(
      [viewer.email.toUpperCase(), invited.email, "nobody@example.com"].map(async (email) =>
        (await forget(email)).text(),
      ),
    )
    expect(new Set(answers)).toEqual(new Set(['{"isMailed":true}']))
    await work()
    expect(mailbox.letters.map(({ to }) => to)).toEqual([viewer.email])
    const [letter] = mailbox.letters
    expect((await choose(letter ? linkIn(letter) : "")).status).toBe(200)
    expect(await fits(viewer.email, good)).toBe(true)
  })

  test("sends no second email within minutes", async () => {
    const { orgId } = await givenAdmin()
    const viewer = await givenPerson(orgId, "viewer")
    await givenPassword(viewer)
    for (const _ of [1, 2, 3]) {
      await forget(viewer.email)
      await work()
    }
    expect(mailedTo(viewer.email)).toHaveLength(1)
  })

  test("sends no email to a disabled user", async () => {
    const { orgId } = await givenAdmin()
    const viewer = await givenPerson(orgId, "viewer")
    await givenPassword(viewer)
    await asWorker((db) =>
      db.query(sql`update app_user set disabled_at = now() where id = ${viewer.userId}::uuid`),
    )
    await forget(viewer.email)
    await work()
    expect(mailbox.letters).toEqual([])
  })
})

test("another site's page can neither use nor request a link", async () => {
  const foreign = { host: "localhost", origin: "https://evil.example" }
  const { admin } = await givenAdmin()
  const token = tokenOf((await invite(admin)).link.url)
  expect(
    (
      await call(postPassword, "/api/v1/account-links/x", {
        headers: foreign,
        params: { token },
        body: JSON.stringify({ password: good }),
      })
    ).status,
  ).toBe(403)
  expect(
    (
      await call(postForgot, "/api/v1/forgot", {
        headers: foreign,
        body: JSON.stringify({ email: admin.email }),
      })
    ).status,
  ).toBe(403)
  expect((await look(token)).status).toBe(200)
})

test("an invalid token is refused before any lookup", async () => {
  expect((await look("short")).status).toBe(422)
  expect((await look("x".repeat(43))).status).toBe(404)
})

test("reading the API's description leaves the allowance of links alone", async () => {
  const headers = { "x-forwarded-for": "198.51.100.77" }
  const admin = await givenPerson((await givenOrganisation()).orgId, "admin")
  const { link } = await invite(admin)
  for (let i = 0; i < 70; i += 1)
    expect((await call(getDocument, "/api/v1/openapi.json", { headers })).status).toBe(200)
  const looked = await call(getLink, "/api/v1/account-links/x", {
    headers,
    params: { token: tokenOf(link.url) },
  })
  expect(looked.status).toBe(200)
})

describe("an address that has an account in another organisation", () => {
  test("is invited like any other; who has the link learns of it, and nobody else", async () => {
    const elsewhere = await givenPerson((await givenOrganisation()).orgId, "viewer")
    await asWorker(async (db) =>
      db.query(sql`
        update app_user set password_hash = ${await hashPassword(good, { email: elsewhere.email, name: "" })}
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

    const accepted = await choose(tokenOf(known.link.url), "seven loud geese at dawn")
    expect(accepted.status).toBe(409)
    expect(await accepted.json()).toMatchObject({ reason: "email_taken" })
    expect(await fits(elsewhere.email, good)).toBe(true)
    expect(await fits(elsewhere.email, "seven loud geese at dawn")).toBe(false)
  })

  test("invited by two organisations is of the one whose invitation is accepted first", async () => {
    const email = `bo-${randomUUID()}@example.com`
    const invitations = [
      await invite(await givenPerson((await givenOrganisation()).orgId, "admin"), email),
      await invite(await givenPerson((await givenOrganisation()).orgId, "admin"), email),
    ]
    const statuses = []
    for (const { link } of invitations.toReversed()) statuses.push((await choose(tokenOf(link.url))).status)
    expect(statuses).toEqual([200, 409])
    expect(await fits(email, good)).toBe(true)
  })
})
