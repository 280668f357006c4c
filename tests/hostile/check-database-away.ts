import assert from "node:assert/strict"
import { once } from "node:events"
import { get, type IncomingMessage } from "node:http"
import { text } from "node:stream/consumers"
import { setTimeout as pause } from "node:timers/promises"
import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { ask } from "@/tests/hostile/ask"
import type { Stack } from "@/tests/support/stack"

type Target = { stack: Stack; orgId: string; cookie: string }

const exported = 20_000
const mostTries = 100

/** Checks that pages, API and downloads fail properly without the database, and recover. */
export async function checkDatabaseAway({ stack, orgId, cookie }: Target): Promise<void> {
  const headers = { cookie }
  const statusesOf = () =>
    Promise.all(["/", "/settings/audit", "/api/v1/audit"].map((path) => ask(stack.url, { path, headers })))
  assert.deepEqual(
    (await statusesOf()).map(({ status }) => status),
    [200, 200, 200],
  )

  await asWorker((db) =>
    db.query(sql`
      insert into audit_entry (org_id, actor_kind, actor_id, actor_name, action, subject_kind, subject_id,
        subject_name)
      select ${orgId}::uuid, 'system', 'x', 'x', 'user.invited', 'user', 'x', repeat('x', 190)
        from generate_series(1, ${exported}::int)`),
  )
  const request = get(`${stack.url}/api/v1/audit/export?format=json`, { headers, agent: false })
  const [download] = (await once(request, "response")) as [IncomingMessage]
  assert.equal(download.statusCode, 200)
  await once(download, "readable")
  await stack.postgres.kill()
  await assert.rejects(text(download), "a download that was cut off looks complete")

  for (const { status, headers: given } of await statusesOf())
    assert.deepEqual([status, given["retry-after"]], [503, "5"])
  await stack.postgres.start()
  for (let tries = 0; (await statusesOf()).some(({ status }) => status !== 200); tries += 1) {
    assert.ok(tries < mostTries, "pages do not work again")
    await pause(100)
  }
}
