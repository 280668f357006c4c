import { randomUUID } from "node:crypto"
import { encode } from "next-auth/jwt"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { POST as changePassword } from "@/app/api/v1/password/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import { systemActor } from "@/lib/access/actor/actor"
import { hashPassword } from "@/lib/access/credentials/password"
import { limitActor } from "@/lib/access/routes/limit-actor"
import { sessionCookie } from "@/lib/access/sessions/auth-cookies"
import { authOptions } from "@/lib/access/sign-in/auth-options"
import { limitSignIn, pauseMs } from "@/lib/access/sign-in/limit-sign-in"
import { createUser } from "@/lib/access/users/create-user"
import { asWorker } from "@/lib/base/db/transaction"
import { sessionSecret } from "@/lib/base/env"
import { AppError } from "@/lib/base/errors"
import { deleteExpiredLimits } from "@/lib/base/limits/delete-expired-limits"
import { growingLimiter } from "@/lib/base/limits/growing-limiter"
import { leasedLimiter } from "@/lib/base/limits/leased-limiter"
import { limitByAddress } from "@/lib/base/limits/limit-by-address"
import { limiter } from "@/lib/base/limits/limiter"
import { countWrongKey } from "@/lib/base/limits/wrong-keys"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { startIngestServer } from "@/tests/support/ingest-server"
import { givenPerson } from "@/tests/support/people"

useDatabase()

const outcomes = async (attempts: (void | Promise<unknown>)[]) => {
  const settled = await Promise.allSettled(attempts.map((attempt) => Promise.resolve(attempt)))
  return {
    allowed: settled.filter(({ status }) => status === "fulfilled").length,
    refused: settled.flatMap((one) =>
      one.status === "rejected" && one.reason instanceof AppError ? [one.reason] : [],
    ),
  }
}
/** Seconds until the next attempt, from a refusal. Null if it was accepted. */
const waitOf = async (attempt: Promise<unknown>): Promise<number | null> => {
  const [refusal] = (await outcomes([attempt])).refused
  return refusal ? Number(refusal.detail["retryAfterSeconds"]) : null
}

describe("a limit across processes", () => {
  test("accepts exactly its number of points, and says when to try again", async () => {
    const allowance = { name: "shared", points: 20, seconds: 60 }
    const processes = [limiter(allowance), limiter(allowance)]
    const who = randomUUID()
    const { allowed, refused } = await outcomes(Array.from({ length: 60 }, (_, i) => processes[i % 2]?.(who)))
    expect([allowed, refused.length]).toEqual([20, 40])
    for (const { detail } of refused) {
      expect(detail["retryAfterSeconds"]).toBeGreaterThan(50)
      expect(detail["retryAfterSeconds"]).toBeLessThanOrEqual(60)
    }
    expect((await outcomes([processes[0]?.(randomUUID())])).allowed).toBe(1)
  })

  test("accepts no more when each process takes several points at once", async () => {
    const allowance = { name: "leased", points: 50, seconds: 60 }
    const processes = [leasedLimiter(allowance, 10), leasedLimiter(allowance, 10)]
    const who = randomUUID()
    const { allowed, refused } = await outcomes(
      Array.from({ length: 200 }, (_, i) => processes[i % 2]?.(who)),
    )
    expect([allowed, refused.length]).toEqual([50, 150])
  })

  test("stores only hashes", async () => {
    await limitByAddress("forgot", "203.0.113.99")
    const rows = await asWorker((db) => db.query<{ key: string }>(sql`select key from rate_limit`))
    expect(rows.some(({ key }) => key.startsWith("forgot:"))).toBe(true)
    expect(rows.filter(({ key }) => key.includes("203.0.113"))).toEqual([])
  })

  test("deletes expired counters", async () => {
    await limitByAddress("forgot", "203.0.113.98")
    expect(await deleteExpiredLimits()).toBe(0)
    expect(await deleteExpiredLimits(new Date(Date.now() + 100 * 86_400_000))).toBeGreaterThan(0)
  })
})

test("lock-outs grow, end, and are not prolonged by attempts during them", async () => {
  const guesses = growingLimiter({
    name: "guess",
    points: 3,
    seconds: 900,
    firstLockSeconds: 60,
    longestLockSeconds: 200,
  })
  const who = randomUUID()
  const waits: (number | null)[] = []
  for (let lockOut = 0; lockOut < 4; lockOut += 1) {
    for (let i = 0; i < 3; i += 1) await guesses.count(who)
    waits.push(await waitOf(guesses.count(who)))
    expect(await waitOf(guesses.count(who))).toBeLessThanOrEqual(waits.at(-1) ?? 0)
    await asWorker((db) => db.query(sql`delete from rate_limit where key like 'guess:%'`))
  }
  expect(waits).toEqual([60, 120, 200, 200])
  await guesses.clear(who)
  for (let i = 0; i < 3; i += 1) await guesses.count(who)
  expect(await waitOf(guesses.count(who))).toBe(60)
})

describe("an API route", () => {
  test("refuses a key's excess request with 429 and Retry-After, and no other key's", async () => {
    const [one, other] = [await givenOrganisation(), await givenOrganisation()]
    const ask = (key: string) => call(getTerminals, "/api/v1/terminals", { key })
    expect((await ask(one.readKey)).status).toBe(200)
    const statuses: number[] = []
    for (let i = 0; i < 30; i += 1)
      statuses.push(
        ...(await Promise.all(Array.from({ length: 20 }, async () => (await ask(one.readKey)).status))),
      )
    expect(statuses.filter((status) => status === 200)).toHaveLength(599)
    const refused = await ask(one.readKey)
    expect(refused.status).toBe(429)
    const seconds = Number(refused.headers.get("retry-after"))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(await refused.json()).toMatchObject({ code: "rate_limited", retryAfterSeconds: seconds })
    expect((await ask(other.readKey)).status).toBe(200)
  })

  test.each([
    { what: "records", permission: "ingest" },
    { what: "a vendor's records", permission: "vendors:write" },
  ] as const)("counts $what as uploads, not as requests", async ({ permission }) => {
    const { orgId } = await givenOrganisation()
    const key = { ...systemActor(orgId), id: randomUUID() }
    const attempts = Array.from({ length: 700 }, () => limitActor(key, permission))
    expect(await outcomes(attempts)).toEqual({ allowed: 700, refused: [] })
  })
})

test("unknown keys are counted by address; a key that has worked is still accepted", async () => {
  const [one, other] = [await givenOrganisation(), await givenOrganisation()]
  const headers = { "x-forwarded-for": "198.51.100.77" }
  const ask = (key: string) => call(getTerminals, "/api/v1/terminals", { key, headers })
  const server = await startIngestServer()
  const send = (key: string) => server.post("/api/v1/heartbeats", { key, headers, body: "" })
  expect((await ask(one.readKey)).status).toBe(200)
  for (let i = 0; i < 998; i += 1) await countWrongKey("198.51.100.77")
  expect([(await ask("tw_nobody")).status, (await send("tw_somebody")).status]).toEqual([401, 401])
  for (const refused of [await ask("tw_nobody"), await send("tw_nobody"), await ask(other.readKey)]) {
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0)
  }
  expect((await ask(one.readKey)).status).toBe(200)
  server.close()
})

test("a session that guesses passwords is locked, and the user's other session is not", async () => {
  const { orgId } = await givenOrganisation()
  const [person, other] = [await givenPerson(orgId, "viewer"), randomUUID()]
  const right = "a sentence that nobody guesses"
  const hash = await hashPassword(right, { email: person.email, name: "" })
  await asWorker((db) =>
    db.query(sql`
    with owner as (update app_user set password_hash = ${hash} where id = ${person.userId}::uuid
      returning id, org_id)
    insert into session (id, org_id, user_id) select ${other}::uuid, org_id, id from owner`),
  )
  const own = {
    cookie: `${sessionCookie()}=${await encode({ token: { sid: other }, secret: sessionSecret() })}`,
    host: "localhost",
    origin: "http://localhost",
  }
  const change = async (headers: Record<string, string>, current: string) =>
    (
      await call(changePassword, "/api/v1/password", {
        headers,
        body: JSON.stringify({ current, next: "another sentence that nobody guesses" }),
      })
    ).status
  for (let i = 0; i < 5; i += 1) expect(await change(person.headers, "a guess")).toBe(422)
  expect(await change(person.headers, right)).toBe(429)
  expect(await change(own, right)).toBe(200)
})

describe("signing in", () => {
  const now = () => Promise.resolve()
  const attempt = (email: string, address: string, wait: (ms: number) => Promise<unknown> = now) =>
    limitSignIn({ email, address, wait })
  const account = () => `${randomUUID()}@example.com`

  test("from one address is locked for an account after five wrong passwords", async () => {
    const email = account()
    const { allowed, refused } = await outcomes(
      Array.from({ length: 12 }, (_, i) =>
        attempt(i % 2 ? email : ` ${email.toUpperCase()}`, "198.51.100.1"),
      ),
    )
    expect([allowed, refused.length]).toEqual([5, 7])
    expect(await waitOf(attempt(account(), "198.51.100.1"))).toBeNull()
  })

  test("is never locked by other addresses, nor delayed from an address that is known", async () => {
    const email = account()
    await (
      await attempt(email, "198.51.100.2")
    )()
    const otherAddresses = Array.from({ length: 40 }, (_, i) => `192.0.2.${i}`)
    await outcomes(
      otherAddresses.flatMap((address) => Array.from({ length: 6 }, () => attempt(email, address))),
    )
    const pauses: number[] = []
    const wait = (ms: number) => Promise.resolve(pauses.push(ms))
    expect(await waitOf(attempt(email, "198.51.100.2", wait))).toBeNull()
    expect(pauses).toEqual([])
    expect(await waitOf(attempt(email, "198.51.100.3", wait))).toBeNull()
    expect(pauses).toEqual([5000])
  })

  test("from an address that tries many accounts is locked, except for known accounts", async () => {
    const email = account()
    const address = "198.51.100.4"
    await (
      await attempt(email, address)
    )()
    const { allowed } = await outcomes(Array.from({ length: 60 }, () => attempt(account(), address)))
    expect(allowed).toBe(50)
    expect(await waitOf(attempt(account(), address))).toBe(300)
    expect(await waitOf(attempt(email, address))).toBeNull()
  })

  test("is delayed step by step", () =>
    expect([20, 21, 26, 31, 60].map(pauseMs)).toEqual([0, 250, 500, 1000, 5000]))

  test("with the right password is refused too while it is locked, with the reason", async () => {
    const { orgId } = await givenOrganisation()
    const { email, password } = await createUser({
      actor: systemActor(orgId),
      email: account(),
      role: "viewer",
      password: "a sentence that nobody guesses",
    })
    const refusals: AppError[] = []
    const signIn = async (given: string, address: string): Promise<unknown> => {
      const { providers } = authOptions(new Headers({ "x-forwarded-for": address }), (error) =>
        refusals.push(error),
      )
      const { authorize } = (providers[0]?.options ?? {}) as {
        authorize: (credentials: object) => Promise<unknown>
      }
      return authorize({ email, password: given }).catch(() => null)
    }
    for (let i = 0; i < 5; i += 1) expect(await signIn("wrong", "198.51.100.9")).toBeNull()
    expect(refusals).toEqual([])
    expect(await signIn(password, "198.51.100.9")).toBeNull()
    expect(refusals.map(({ code, detail }) => [code, detail["retryAfterSeconds"]])).toEqual([
      ["rate_limited", 60],
    ])
    expect(await signIn(password, "198.51.100.10")).toMatchObject({ orgId })
  })
})
