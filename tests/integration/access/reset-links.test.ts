import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getLink, POST as postPassword } from "@/app/api/v1/account-links/[token]/route"
import { POST as postForgot } from "@/app/api/v1/forgot/route"
import { GET as getDocument } from "@/app/api/v1/openapi.json/route"
import { POST as postReset } from "@/app/api/v1/users/[id]/reset/route"
import { hashPassword } from "@/lib/access/credentials/password"
import type { UserWithLink } from "@/lib/access/users/schemas"
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
import { givenPerson, type Person } from "@/tests/support/people"

useDatabase()
useMailbox()

async function givenPassword({ userId, email }: Person, password = "what was there before") {
  const hash = await hashPassword(password, { email, name: "" })
  await asWorker((db) =>
    db.query(sql`update app_user set password_hash = ${hash} where id = ${userId}::uuid`),
  )
}

describe("a reset link", () => {
  test("made by an admin ends every session and works for an hour", async () => {
    const { orgId, admin } = await givenAdmin()
    const viewer = await givenPerson(orgId, "viewer")
    expect((await makeLinkAgain(admin, postReset, viewer.userId)).status).toBe(409)
    await givenPassword(viewer)
    const { link } = (await (await makeLinkAgain(admin, postReset, viewer.userId)).json()) as UserWithLink
    expect(link.url).toContain("/reset/")
    expect(Math.abs(Date.parse(link.expiresAt) - Date.now() - 3_600_000)).toBeLessThan(60_000)
    expect((await choosePassword(tokenOf(link.url))).status).toBe(200)
    const open = await asWorker((db) =>
      db.query(sql`select id from session where user_id = ${viewer.userId}::uuid and ended_at is null`),
    )
    expect(open).toEqual([])
  })

  test("cannot be made for oneself or for another organisation's user", async () => {
    const [{ admin }, other] = [await givenAdmin(), await givenAdmin()]
    await givenPassword(other.admin)
    expect((await makeLinkAgain(admin, postReset, other.admin.userId)).status).toBe(404)
    expect((await makeLinkAgain(admin, postReset, admin.userId)).status).toBe(403)
  })
})

describe("a forgotten password", () => {
  test("gives everyone the same answer and emails only users with a password", async () => {
    const { orgId, admin } = await givenAdmin()
    const viewer = await givenPerson(orgId, "viewer")
    await givenPassword(viewer)
    const { user: invited } = await invite(admin)
    await runJobs()
    mailbox.letters.length = 0
    const answers = await Promise.all(
      [viewer.email.toUpperCase(), invited.email, "nobody@example.com"].map(async (email) =>
        (await requestReset(email)).text(),
      ),
    )
    expect(new Set(answers)).toEqual(new Set(['{"isMailed":true}']))
    await runJobs()
    expect(mailbox.letters.map(({ to }) => to)).toEqual([viewer.email])
    const [letter] = mailbox.letters
    expect((await choosePassword(letter ? linkIn(letter) : "")).status).toBe(200)
    expect(await passwordWorks(viewer.email, newPassword)).toBe(true)
  })

  test("sends no second email within minutes", async () => {
    const { orgId } = await givenAdmin()
    const viewer = await givenPerson(orgId, "viewer")
    await givenPassword(viewer)
    for (const _ of [1, 2, 3]) {
      await requestReset(viewer.email)
      await runJobs()
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
    await requestReset(viewer.email)
    await runJobs()
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
        body: JSON.stringify({ password: newPassword }),
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
  expect((await readLink(token)).status).toBe(200)
})

test("an invalid token is refused before any lookup", async () => {
  expect((await readLink("short")).status).toBe(422)
  expect((await readLink("x".repeat(43))).status).toBe(404)
})

test("reading the API's description does not count against the limit of links", async () => {
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
