import { execFileSync } from "node:child_process"
import sql from "sql-template-tag"
import { describe, expect, test, vi } from "vitest"
import { POST as postVendor } from "@/app/api/v1/adapters/[vendor]/route"
import { POST as rotate } from "@/app/api/v1/keys/[id]/rotation/route"
import { DELETE as deleteKey, PATCH as patchKey } from "@/app/api/v1/keys/[id]/route"
import { GET as getKeys, POST as postKey } from "@/app/api/v1/keys/route"
import { GET as getTerminals } from "@/app/api/v1/terminals/route"
import type { ApiKey, MadeKey } from "@/lib/access/keys/schemas"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import {
  answerOf,
  heartbeats,
  heartbeatsOnce,
  lines,
  minutesAgo,
  rowsOf,
  transactions,
} from "@/tests/support/ingest"
import { givenPerson } from "@/tests/support/people"

useDatabase()

async function givenAdmin() {
  const org = await givenOrganisation()
  return { ...org, admin: await givenPerson(org.orgId, "admin") }
}
type Headers = Record<string, string>

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const create = (headers: Headers, key: object) =>
  call(postKey, "/api/v1/keys", {
    headers,
    body: JSON.stringify({ label: "gateway", scopes: ["read"], ...key }),
  })
const made = async (headers: Headers, key: object = {}): Promise<MadeKey> => {
  const response = await create(headers, key)
  expect(response.status).toBe(200)
  return (await response.json()) as MadeKey
}
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
    const { key, apiKey } = await made(admin.headers, { scopes: ["read", "write"], expiresAt: inHours(24) })
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
    const trail = await asWorker((db) =>
      db.query<{ text: string }>(
        sql`select e::text as text from audit_entry e where org_id = ${orgId}::uuid`,
      ),
    )
    expect(trail.some(({ text }) => text.includes("key.created"))).toBe(true)
    for (const { text } of [...rows, ...trail]) expect(text).not.toContain(key)
  })

  test("allows what its scopes allow, and cannot make keys", async () => {
    const { admin } = await givenAdmin()
    const { key } = await made(admin.headers, { scopes: ["read", "write"] })
    expect(
      (await heartbeatsOnce({ key, body: lines([{ terminal: "SN1", at: minutesAgo(1) }]) })).status,
    ).toBe(403)
    expect((await call(getKeys, "/api/v1/keys", { key })).status).toBe(403)
    expect((await create({ authorization: `Bearer ${key}` }, {})).status).toBe(403)
  })

  test.each([["manager"], ["viewer"]] as const)("cannot be made by a %s", async (role) => {
    const { orgId } = await givenAdmin()
    expect((await create((await givenPerson(orgId, role)).headers, {})).status).toBe(403)
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
      senseless.map(async (key) => (await create(admin.headers, key)).status),
    )
    expect(statuses).toEqual(senseless.map(() => 422))
  })

  test("ends when it is revoked, and cannot be changed afterwards", async () => {
    const { admin } = await givenAdmin()
    const {
      key,
      apiKey: { id },
    } = await made(admin.headers)
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
    } = await made(admin.headers, { expiresAt: inHours(1) })
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
    } = await made(one.admin.headers)
    expect((await change(other.admin.headers, id, { label: "mine" })).status).toBe(404)
    expect((await rotation(other.admin.headers, id, inHours(1))).status).toBe(404)
    expect((await list(other.admin.headers)).some((key) => key.id === id)).toBe(false)
  })

  test("shows when it was last used, stored at most once a minute", async () => {
    const { orgId, admin } = await givenAdmin()
    const {
      key,
      apiKey: { id },
    } = await made(admin.headers)
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
    const old = await made(admin.headers, { scopes: ["read"], reach: { stores: [storeId] } })
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
    const old = await made(admin.headers, { expiresAt })
    const next = (await (await rotation(admin.headers, old.apiKey.id, inHours(96))).json()) as MadeKey
    expect(Math.abs(Date.parse(next.apiKey.expiresAt ?? "") - Date.parse(inHours(48)))).toBeLessThan(60_000)
    expect((await list(admin.headers)).find(({ id }) => id === old.apiKey.id)?.expiresAt).toBe(expiresAt)
  })

  test("creates one successor, also when done twice at once", async () => {
    const { admin } = await givenAdmin()
    const {
      apiKey: { id },
    } = await made(admin.headers)
    const statuses = (await Promise.all([1, 2, 3].map(() => rotation(admin.headers, id, inHours(1))))).map(
      ({ status }) => status,
    )
    expect(statuses.toSorted()).toEqual([200, 409, 409])
  })
})

describe("a key limited to a store", () => {
  async function givenLimited() {
    const org = await givenAdmin()
    const [own, other] = [await givenStore(org.orgId), await givenStore(org.orgId)]
    const { key } = await made(org.admin.headers, {
      scopes: ["ingest", "read"],
      reach: { stores: [own.storeId] },
    })
    return {
      ...org,
      key,
      own,
      other,
      ownTerminal: await givenTerminal(org.orgId, own),
      otherTerminal: await givenTerminal(org.orgId, other),
    }
  }

  test("sends records of that store's terminals only, and enrols none", async () => {
    const { orgId, key, own, ownTerminal, otherTerminal } = await givenLimited()
    const beats = [
      { terminal: ownTerminal.serial, at: minutesAgo(3) },
      { terminal: otherTerminal.serial, at: minutesAgo(3) },
      { terminal: otherTerminal.tid, at: minutesAgo(2) },
      { terminal: "SN-STRANGER", store: own.code, at: minutesAgo(3) },
    ]
    const answer = await answerOf(await heartbeats({ key, body: lines(beats) }))
    expect(answer).toMatchObject({
      accepted: 1,
      rejected: 3,
      errors: [
        { index: 1, code: "unknown_terminal" },
        { index: 2, code: "unknown_terminal" },
        { index: 3, code: "unknown_terminal" },
      ],
    })
    const sale = { at: minutesAgo(3), id: "1", outcome: "approved" }
    expect(
      await answerOf(
        await transactions({
          key,
          body: lines([
            { ...sale, terminal: ownTerminal.tid },
            { ...sale, terminal: otherTerminal.tid },
          ]),
        }),
      ),
    ).toMatchObject({ accepted: 1, rejected: 1 })
    expect(await rowsOf<{ terminal_id: number }>(orgId, "heartbeat")).toMatchObject([
      { terminal_id: ownTerminal.terminalId },
    ])
    const terminals = await asWorker((db) =>
      db.query<{ count: number }>(
        sql`select count(*)::int as count from terminal where org_id = ${orgId}::uuid`,
      ),
    )
    expect(terminals).toEqual([{ count: 2 }])
  })

  test("is not affected by what others send at the same moment", async () => {
    const { key, ingestKey, ownTerminal, otherTerminal } = await givenLimited()
    const one = (sender: string, terminal: string, i: number) =>
      heartbeatsOnce({ key: sender, body: lines([{ terminal, at: minutesAgo(10 + i) }]) }).then(answerOf)
    const sent = await Promise.all(
      Array.from({ length: 12 }, (_, i) => [
        one(key, otherTerminal.serial, i),
        one(ingestKey, otherTerminal.serial, 100 + i),
        one(key, ownTerminal.serial, i),
        one(key, `SN-NEW-${i}`, i),
        one(ingestKey, `SN-NEW-${i}`, 100 + i),
      ]).flat(),
    )
    expect(sent.map(({ accepted }) => accepted)).toEqual(
      Array.from({ length: 12 }, () => [0, 1, 1, 0, 1]).flat(),
    )
  })

  test("loses access to a terminal that moves away", async () => {
    const { orgId, key, other, ownTerminal } = await givenLimited()
    await asWorker(async (db) => {
      await db.query(
        sql`update terminal_store set to_at = now() where terminal_id = ${ownTerminal.terminalId}::bigint`,
      )
      await db.query(
        sql`
          insert into terminal_store (org_id, terminal_id, store_id, from_at)
          values (${orgId}::uuid, ${ownTerminal.terminalId}::bigint, ${other.storeId}::bigint, now())`,
      )
    })
    expect(
      await answerOf(
        await heartbeats({ key, body: lines([{ terminal: ownTerminal.serial, at: minutesAgo(1) }]) }),
      ),
    ).toMatchObject({ accepted: 0, rejected: 1 })
  })

  test("sees only that store's terminals, and cannot send vendors' JSON", async () => {
    const { key, ownTerminal } = await givenLimited()
    expect(await (await call(getTerminals, "/api/v1/terminals", { key })).json()).toMatchObject({
      total: 1,
      data: [{ serial: ownTerminal.serial }],
    })
    expect(
      (await call(postVendor, "/api/v1/adapters/stripe", { key, body: "{}", params: { vendor: "stripe" } }))
        .status,
    ).toBe(403)
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
  const trail = await asWorker((db) =>
    db.query(sql`select action, actor_name from audit_entry where org_id = ${orgId}::uuid`),
  )
  expect(trail).toEqual([{ action: "key.created", actor_name: "command line" }])
  expect(() => run("--store", "nowhere")).toThrow("No store has the code nowhere.")
})
