import { randomUUID } from "node:crypto"
import { pino } from "pino"
import { expect, test, vi } from "vitest"

const lines = vi.hoisted<string[]>(() => [])
vi.mock("@/lib/base/log/log", () => ({
  log: pino({ level: "debug", base: null }, { write: (line: string) => lines.push(line) }),
}))

import { POST as postHeartbeats } from "@/app/api/v1/heartbeats/route"
import { POST as changePassword } from "@/app/api/v1/password/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import { authOptions } from "@/lib/access/sign-in/auth-options"
import { answerError } from "@/lib/base/http/answer"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

useDatabase()

type Authorize = (credentials: Record<string, string>) => Promise<unknown>

test("the log contains no password, key, token, cookie or body, even when something fails", async () => {
  const { orgId, ingestKey } = await givenOrganisation()
  const person = await givenPerson(orgId, "admin")
  const secret = `secret-${randomUUID()}`

  const credentials = authOptions(new Headers(), () => undefined).providers.find(
    ({ id }) => id === "credentials",
  )
  const signIn = (credentials?.options as Record<string, Authorize> | undefined)?.["authorize"]
  await signIn?.({ email: person.email, password: secret })
  await call(changePassword, "/api/v1/password", {
    headers: person.headers,
    body: JSON.stringify({ current: secret, next: `${secret} and more` }),
  })
  await call(getTerminals, `/api/v1/terminals?q=${secret}`, { key: `tw_${secret}` })
  await call(postHeartbeats, "/api/v1/heartbeats", {
    key: ingestKey,
    body: `{"terminal":"${secret}","at":"never"}\n${secret}`,
    headers: { "content-type": "application/x-ndjson" },
  })
  answerError(new Error("it broke"), `/accept/${secret}`)
  answerError(
    Object.assign(new Error(`Key (email)=(${secret}) already exists`), { code: "23505" }),
    `/api/v1/reset/${secret}?next=${secret}`,
  )

  expect(lines.length).toBeGreaterThan(1)
  const [token = "none"] = (person.headers["cookie"] ?? "").split("=").slice(-1)
  for (const hidden of [secret, ingestKey, token, 'at":"never']) expect(lines.join("")).not.toContain(hidden)
})

test("an unexpected error is answered with nothing but its request id", async () => {
  const answer = answerError(new Error("relation app_user has no column x"), "/api/v1/terminals")
  const body = (await answer.json()) as { requestId: string }
  expect(answer.status).toBe(500)
  expect(body).toEqual({
    title: "Internal error",
    status: 500,
    detail: "The error has been logged.",
    requestId: body.requestId,
  })
  expect(lines.join("")).toContain(body.requestId)
})
