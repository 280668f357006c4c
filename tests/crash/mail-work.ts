import assert from "node:assert/strict"
import { setTimeout as pause } from "node:timers/promises"
import sql from "sql-template-tag"
import { findLink } from "@/lib/access/account-links/find-link"
import { makeLink } from "@/lib/access/account-links/make-link"
import { asWorker } from "@/lib/base/db/transaction"
import { addJob, mailAttempts } from "@/lib/base/jobs/add-job"
import { jobsOf, type Work } from "@/tests/crash/work"
import { openMailbox } from "@/tests/support/mailbox"
import { givenPerson } from "@/tests/support/people"

/** The mail server answers late, so that a kill is usually between a letter and its answer. */
const answersAfterMs = 300
const letterCount = 16
/** Letters that a worker sends at once, and kills while they are sent. */
const mostTwice = 2 * 2

export const openCrashMailbox = () => openMailbox({ onLetter: () => pause(answersAfterMs) })

type Mailbox = Awaited<ReturnType<typeof openCrashMailbox>>

const tokenIn = (text: string) => /http:\/\/\S+/.exec(text)?.[0].split("/").at(-1) ?? ""

/** Everyone gets a letter, with a link that works. Only a letter whose answer was lost is sent again. */
export function mailWork(orgId: string, mailbox: Mailbox): Work {
  const wanted: string[] = []
  const invited: string[] = []
  return {
    name: "sending mail",
    begin: async () => {
      for (let i = 0; i < letterCount; i += 1) {
        const { userId, email } = await givenPerson(orgId, "viewer")
        wanted.push(email)
        await asWorker(async (db) => {
          if (i % 2 === 0) {
            await db.query(sql`update app_user set password_hash = 'x' where id = ${userId}::uuid`)
            await addJob(
              db,
              "mailResetLink",
              { email },
              { key: `forgetful ${email}`, attempts: mailAttempts },
            )
            return
          }
          const { id, url } = await makeLink(db, { orgId, userId, purpose: "invitation" })
          invited.push(tokenIn(url))
          await addJob(db, "mailLink", { linkId: id, orgId }, { key: `link ${id}`, attempts: mailAttempts })
        })
      }
    },
    share: async () => 1 - (await jobsOf("mailResetLink", "mailLink")) / letterCount,
    check: async () => {
      for (const email of wanted) {
        const letters = mailbox.letters.filter(({ to }) => to === email)
        assert.ok(letters.length > 0, `${email} got no letter`)
        assert.equal((await findLink({ token: tokenIn(letters.at(-1)?.text ?? "") })).email, email)
      }
      for (const token of invited) assert.equal((await findLink({ token })).purpose, "invitation")
      const twice = mailbox.letters.filter(({ to }) => wanted.includes(to)).length - letterCount
      assert.ok(twice <= mostTwice, `${twice} letters were sent again`)
    },
  }
}
