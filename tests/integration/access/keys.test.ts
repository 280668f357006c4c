import { execFileSync } from "node:child_process"
import sql from "sql-template-tag"
import { describe, expect, test, vi } from "vitest"
import { POST as rotate } from "@/app/api/v1/keys/[id]/rotation/route"
import { DELETE as deleteKey, PATCH as patchKey } from "@/app/api/v1/keys/[id]/route"
import { GET as getKeys } from "@/app/api/v1/keys/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import type { ApiKey, MadeKey } from "@/lib/access/keys/schemas"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { heartbeatsOnce, lines, minutesAgo } from "@/tests/support/ingest"
import { givenAdmin, type Headers, createKey, createdKey } from "@/tests/support/keys"
import { givenPerson } from "@/tests/support/people"

useDatabase()
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

const list = async (headers: Headers): Promise<ApiKey[]> =>
  ((await (await call(getKeys, "/api/v1/keys", { headers })).json()) as { data: ApiKey[] }).data

const read = async (key: string): Promise<number> =>
  (await call(getTerminals, "/api/v1/terminals", { key })).status

/** A process may accept a key for one more second after it has seen it. */
const refused = (key: string) =>
  vi.waitFor(async () => expect(await read(key)).toBe(401), { timeout: 5000, interval: 200 })

const change = (headers: Headers, id: string, body: object) =>
  call(patchKey, `/api/v1/keys/${id}`, {
    method: "PATCH",
    headers,
    params: { id },
    body: JSON.stringify(body),
  })

const rotation = (headers: Headers, id: string, worksUntil: string) =>
  call(rotate, `/api/v1/keys/${id}/rotation`, {
    headers,
    params: { id },
    body: JSON.stringify({ worksUntil }),
  })

describe("a key", () => {
  test("is shown whole once, stored as a hash, and listed by its first characters", async () => {
    const { orgId, admin } = await givenAdmin()
    const { key, apiKey } = await createdKey(admin.headers, {
      scopes: ["read", "write"],
      expiresAt: inHours(24),
    })
    expect(await read(key)).toBe(200)
    expect(key.startsWith(apiKey.prefix)).toBe(true)
    const listed = (await list(admin.headers)).find(({ id }) => id === apiKey.id)
    expect(listed).toMatchObject({
      label: "gateway",
      scopes: ["read", "write"],
      reach: null,
      createdBy: admin.email,
      revokedAt: null,
    })
    const rows = await asWorker((db) =>
      db.query<{ text: string }>(sql`select k::text as text from api_key k where org_id = ${orgId}::uuid`),
    )
    const audited = await asWorker((db) =>
      db.query<{ text: string }>(
        sql`select e::text as text from audit_entry e where org_id = ${orgId}::uuid`,
      ),
    )
    expect(audited.some(({ text }) => text.includes("key.created"))).toBe(true)
    for (const { text } of [...rows, ...audited]) expect(text).not.toContain(key)
  })

  test("allows what its scopes allow, and cannot make keys", async () => {
    const { admin } = await givenAdmin()
    const { key } = await createdKey(admin.headers, { scopes: ["read", "write"] })
    expect(
      (await heartbeatsOnce({ key, body: lines([{ terminal: "SN1", at: minutesAgo(1) }]) })).status,
    ).toBe(403)
    expect((await call(getKeys, "/api/v1/keys", { key })).status).toBe(403)
    expect((await createKey({ authorization: `Bearer ${key}` }, {})).status).toBe(403)
  })

  test.each([["manager"], ["viewer"]] as const)("cannot be made by a %s", async (role) => {
    const { orgId } = await givenAdmin()
    expect((await createKey((await givenPerson(orgId, role)).headers, {})).status).toBe(403)
  })

  test("is refused with invalid fields", async () => {
    const { admin } = await givenAdmin()
    const elsewhere = await givenStore((await givenOrganisation()).orgId)
    const senseless = [
      { expiresAt: inHours(-1) },
      { scopes: [] },
      { label: " " },
      { reach: {} },
      { reach: { stores: [elsewhere.storeId] } },
      { extra: 1 },
    ]
    const statuses = await Promise.all(
      senseless.map(async (key) => (await createKey(admin.headers, key)).status),
    )
    expect(statuses).toEqual(senseless.map(() => 422))
  })

  test("ends when it is revoked, and cannot be changed afterwards", async () => {
    const { admin } = await givenAdmin()
    const {
      key,
      apiKey: { id },
    } = await createdKey(admin.headers)
    expect(await read(key)).toBe(200)
    expect(
      (
        await call(deleteKey, `/api/v1/keys/${id}`, {
          method: "DELETE",
          headers: admin.headers,
          params: { id },
        })
      ).status,
    ).toBe(200)
    await refused(key)
    expect((await change(admin.headers, id, { expiresAt: inHours(1) })).status).toBe(409)
    expect((await rotation(admin.headers, id, inHours(1))).status).toBe(409)
  })

  test("ends when it expires, and works again when extended", async () => {
    const { admin } = await givenAdmin()
    const {
      key,
      apiKey: { id },
    } = await createdKey(admin.headers, { expiresAt: inHours(1) })
    await asWorker((db) => db.query(sql`update api_key set expires_at = now() where id = ${id}::uuid`))
    expect(await read(key)).toBe(401)
    expect(
      await (await change(admin.headers, id, { label: "renamed", expiresAt: null })).json(),
    ).toMatchObject({ label: "renamed", expiresAt: null })
    expect(await read(key)).toBe(200)
  })

  test("of another organisation is not found", async () => {
    const [one, other] = [await givenAdmin(), await givenAdmin()]
    const {
      apiKey: { id },
    } = await createdKey(one.admin.headers)
    expect((await change(other.admin.headers, id, { label: "mine" })).status).toBe(404)
    expect((await rotation(other.admin.headers, id, inHours(1))).status).toBe(404)
    expect((await list(other.admin.headers)).some((key) => key.id === id)).toBe(false)
  })

  test("shows when it was last used, stored at most once a minute", async () => {
    const { orgId, admin } = await givenAdmin()
    const {
      key,
      apiKey: { id },
    } = await createdKey(admin.headers)
    const lastUsed = async () => (await list(admin.headers)).find((one) => one.id === id)?.lastUsedAt ?? null
    expect(await lastUsed()).toBeNull()
    await Promise.all(Array.from({ length: 20 }, () => read(key)))
    const first = await vi.waitFor(async () => {
      const at = await lastUsed()
      expect(at).not.toBeNull()
      return at
    })
    // Every write changes the row's version.
    const version = async () =>
      (
        await asWorker((db) =>
          db.query<{ xmin: string }>(sql`select xmin::text from api_key where id = ${id}::uuid`),
        )
      )[0]?.xmin
    const before = await version()
    const { recordUse } = await import("@/lib/access/keys/record-use")
    recordUse({ id, org_id: orgId, last_used_at: null })
    await read(key)
    await vi.waitFor(async () => expect(await lastUsed()).toBe(first))
    expect(await version()).toBe(before)
  })
})

describe("rotating a key", () => {
  test("creates a key with the same permissions while the old one works until the chosen time", async () => {
    const { orgId, admin } = await givenAdmin()
    const { storeId } = await givenStore(orgId)
    const old = await createdKey(admin.headers, { scopes: ["read"], reach: { stores: [storeId] } })
    const worksUntil = inHours(24)
    const next = (await (await rotation(admin.headers, old.apiKey.id, worksUntil)).json()) as MadeKey
    expect(next.apiKey).toMatchObject({
      label: "gateway",
      scopes: ["read"],
      reach: { stores: [{ id: storeId }] },
      expiresAt: null,
    })
    expect([await read(old.key), await read(next.key)]).toEqual([200, 200])
    const listed = (await list(admin.headers)).find(({ id }) => id === old.apiKey.id)
    expect(listed).toMatchObject({ expiresAt: worksUntil, successorPrefix: next.apiKey.prefix })
    expect((await rotation(admin.headers, old.apiKey.id, worksUntil)).status).toBe(409)

    await asWorker((db) =>
      db.query(sql`update api_key set expires_at = now() where id = ${old.apiKey.id}::uuid`),
    )
    await refused(old.key)
    expect(await read(next.key)).toBe(200)
  })

  test("gives the new key the same lifetime, and never extends the old one", async () => {
    const { admin } = await givenAdmin()
    const expiresAt = inHours(48)
    const old = await createdKey(admin.headers, { expiresAt })
    const next = (await (await rotation(admin.headers, old.apiKey.id, inHours(96))).json()) as MadeKey
    expect(Math.abs(Date.parse(next.apiKey.expiresAt ?? "") - Date.parse(inHours(48)))).toBeLessThan(60_000)
    expect((await list(admin.headers)).find(({ id }) => id === old.apiKey.id)?.expiresAt).toBe(expiresAt)
  })

  test("creates one successor, also when done twice at once", async () => {
    const { admin } = await givenAdmin()
    const {
      apiKey: { id },
    } = await createdKey(admin.headers)
    const statuses = (await Promise.all([1, 2, 3].map(() => rotation(admin.headers, id, inHours(1))))).map(
      ({ status }) => status,
    )
    expect(statuses.toSorted()).toEqual([200, 409, 409])
  })
})

test("the command creates a key for a store with an expiry", async () => {
  const { orgId, admin } = await givenAdmin()
  const { code, storeId } = await givenStore(orgId)
  const run = (...args: string[]) =>
    execFileSync(
      process.execPath,
      [
        "--import",
        "tsx",
        "lib/run/commands/create-key.ts",
        "--label",
        "cli",
        "--scope",
        "read",
        "--scope",
        "write",
        "--org",
        orgId,
        ...args,
      ],
      { encoding: "utf8", env: process.env, stdio: ["ignore", "pipe", "pipe"] },
    )
  const key = run("--store", code, "--expires", "2099-12-31").trimEnd()
  expect(key).toMatch(/^tw_\S+$/)
  expect((await list(admin.headers)).find(({ label }) => label === "cli")).toMatchObject({
    scopes: ["read", "write"],
    reach: { stores: [{ id: storeId }] },
    expiresAt: "2099-12-31T23:59:59.000Z",
    createdBy: "command line",
  })
  const audited = await asWorker((db) =>
    db.query(sql`select action, actor_name from audit_entry where org_id = ${orgId}::uuid`),
  )
  expect(audited).toEqual([{ action: "key.created", actor_name: "command line" }])
  expect(() => run("--store", "nowhere")).toThrow("No store has the code nowhere.")
})
