import { expect, test } from "vitest"
import { GET as listTerminals } from "@/app/api/v1/terminals/route"
import { pool } from "@/lib/base/db/client"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { answerOf, heartbeatsOnce, lines } from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"

useDatabase()
process.env["DATABASE_POOL_SIZE"] = "3"

test("a request is answered with 503 within five seconds while all connections are in use", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const { serial } = await givenTerminal(orgId)
  const { headers } = await givenPerson(orgId, "viewer")
  const body = lines([{ terminal: serial, at: new Date().toISOString() }])
  const send = () => heartbeatsOnce({ key: ingestKey, body })
  const list = () => call(listTerminals, "/api/v1/terminals", { headers })

  const connections = await Promise.all([1, 2, 3].map(() => pool().connect()))
  const begun = performance.now()
  const answers = await Promise.all([send(), list()])
  const tookMs = performance.now() - begun
  for (const client of connections) client.release()

  for (const answer of answers) {
    expect(answer.status).toBe(503)
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0)
    expect(await answer.json()).toMatchObject({
      code: "unavailable",
      detail: expect.stringContaining("busy") as string,
    })
  }
  expect(tookMs).toBeLessThan(5_000)
  expect(await answerOf(await send())).toMatchObject({ accepted: 1 })
  expect((await list()).status).toBe(200)
})
