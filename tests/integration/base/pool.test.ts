import { expect, test } from "vitest"
import { GET as listTerminals } from "@/app/api/v1/terminals/route"
import { asOwner, pool } from "@/lib/base/db/client"
import { asWork } from "@/lib/base/db/work"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { answerOf, heartbeatsOnce, lines } from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"

useDatabase()
process.env["DATABASE_POOL_SIZE"] = "3"

// A request asks who sends it and then reads: twice 2.5 s for a connection, 2 s for a lock, and some time.
const answersWithinMs = 8_000

async function expectBusy(answer: Response): Promise<void> {
  expect(answer.status).toBe(503)
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0)
  expect(await answer.json()).toMatchObject({
    code: "unavailable",
    detail: expect.stringContaining("busy") as string,
  })
}

async function given() {
  const { orgId, ingestKey } = await givenOrganisation()
  const { serial } = await givenTerminal(orgId)
  const { headers } = await givenPerson(orgId, "viewer")
  const body = lines([{ terminal: serial, at: new Date().toISOString() }])
  return {
    send: () => heartbeatsOnce({ key: ingestKey, body }),
    list: () => asWork("screens", () => call(listTerminals, "/api/v1/terminals", { headers })),
  }
}

test("a request is answered with 503 within eight seconds while all connections are in use", async () => {
  const { send, list } = await given()
  const connections = await Promise.all(
    (["screens", "ingest"] as const).flatMap((work) => [1, 2, 3].map(() => pool(work).connect())),
  )
  const begun = performance.now()
  const answers = await Promise.all([send(), list()])
  const tookMs = performance.now() - begun
  for (const client of connections) client.release()

  for (const answer of answers) await expectBusy(answer)
  expect(tookMs).toBeLessThan(answersWithinMs)
  expect(await answerOf(await send())).toMatchObject({ accepted: 1 })
  expect((await list()).status).toBe(200)
})

test("screens that wait for a locked table get 503 within eight seconds, and ingest goes on", async () => {
  const { send, list } = await given()
  await asOwner(async (client) => {
    await client.query("begin; lock table terminal_status in access exclusive mode")
    const begun = performance.now()
    const waiting = Promise.all(Array.from({ length: 12 }, list))
    const sent = await answerOf(await send())
    const sentAfterMs = performance.now() - begun
    const answers = await waiting
    const tookMs = performance.now() - begun
    await client.query("rollback")

    expect(sent).toMatchObject({ accepted: 1 })
    expect(sentAfterMs).toBeLessThan(answersWithinMs / 2)
    for (const answer of answers) await expectBusy(answer)
    expect(tookMs).toBeLessThan(answersWithinMs)
  })
  expect((await list()).status).toBe(200)
})

test("ingest that waits for a locked table gets 503 within eight seconds, and stores all later", async () => {
  const { send } = await given()
  await asOwner(async (client) => {
    await client.query("begin; lock table heartbeat in access exclusive mode")
    const begun = performance.now()
    await expectBusy(await send())
    expect(performance.now() - begun).toBeLessThan(answersWithinMs)
    await client.query("rollback")
  })
  expect(await answerOf(await send())).toMatchObject({ accepted: 1 })
})
