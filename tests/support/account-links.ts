import { randomUUID } from "node:crypto"
import { runOnce } from "graphile-worker"
import sql from "sql-template-tag"
import { afterAll, beforeEach } from "vitest"
import { GET as getLink, POST as postPassword } from "@/app/api/v1/account-links/[token]/route"
import { POST as postForgot } from "@/app/api/v1/forgot/route"
import type { POST as postReset } from "@/app/api/v1/users/[id]/reset/route"
import { POST as postUser } from "@/app/api/v1/users/route"
import { findCredentials } from "@/lib/access/credentials/find-credentials"
import { verifyPassword } from "@/lib/access/credentials/password"
import type { UserWithLink } from "@/lib/access/users/schemas"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { queueOptions } from "@/lib/run/jobs/queue-options"
import { tasks } from "@/lib/run/jobs/tasks"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { openMailbox } from "@/tests/support/mailbox"
import { givenPerson, type Person } from "@/tests/support/people"

export const mailbox = await openMailbox()

/** Sends the test file's mail to the mailbox, which is empty before each test. */
export function useMailbox(): void {
  // Set while the file loads, because the environment is read once.
  process.env["SMTP_URL"] = mailbox.url
  process.env["MAIL_FROM"] = "Tillwatch <tillwatch@example.com>"
  afterAll(mailbox.close)
  beforeEach(async () => {
    mailbox.letters.length = 0
    mailbox.refuse(0)
    await asOwner((db) => db.query("delete from graphile_worker._private_jobs"))
  })
}

const own = { host: "localhost", origin: "http://localhost" }
export const newPassword = "five quiet herons at dusk"
export const runJobs = () => runOnce({ ...queueOptions(), taskList: tasks })
export const tokenOf = (url: string) => url.split("/").at(-1) ?? ""
export const readLink = (token: string) => call(getLink, "/api/v1/account-links/x", { params: { token } })

export const choosePassword = (token: string, password = newPassword) =>
  call(postPassword, "/api/v1/account-links/x", {
    headers: own,
    params: { token },
    body: JSON.stringify({ password }),
  })

export const requestReset = (email: string) =>
  call(postForgot, "/api/v1/forgot", { headers: own, body: JSON.stringify({ email }) })

export const invite = (admin: Person, email = `ana-${randomUUID()}@example.com`) =>
  call(postUser, "/api/v1/users", {
    headers: admin.headers,
    body: JSON.stringify({ email, name: "Ana", role: "viewer", reach: null }),
  }).then((response) => response.json() as Promise<UserWithLink>)

export const makeLinkAgain = (admin: Person, route: typeof postReset, userId: string) =>
  call(route, "/api/v1/users/x", { method: "POST", headers: admin.headers, params: { id: userId } })

export const passwordWorks = async (email: string, password: string) =>
  verifyPassword(password, (await findCredentials(email))?.password_hash ?? null)

export const mailedTo = (email: string) => mailbox.letters.filter(({ to }) => to === email)
export const linkIn = ({ text }: { text: string }) => tokenOf(/http:\/\/\S+/.exec(text)?.[0] ?? "")

export async function givenAdmin(language = "en") {
  const org = await givenOrganisation()
  await asWorker((db) =>
    db.query(sql`update organisation set language = ${language} where id = ${org.orgId}::uuid`),
  )
  return { ...org, admin: await givenPerson(org.orgId, "admin") }
}
