import { gzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"
import { POST as postHeartbeats } from "@/app/api/v1/heartbeats/route"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import {
  answerOf,
  heartbeats,
  heartbeatsOnce,
  lines,
  minutesAgo,
  ndjson,
  quarantined,
  rowsOf,
  transactions,
  type Send,
} from "@/tests/support/ingest"

useDatabase()

const problemOf = async (response: Response) => ({
  ...((await response.json()) as object),
  status: response.status,
  media: response.headers.get("content-type"),
})
const begun = Date.now()
const secondsAgo = (seconds: number) => new Date(begun - seconds * 1_000).toISOString()

describe("authentication", () => {
  test.each([
    ["no key", undefined],
    ["an unknown key", "tw_nobody"],
  ])("answers %s with 401 and problem details", async (_name, key) => {
    const response = await call(postHeartbeats, "/api/v1/heartbeats", {
      ...(key ? { key } : {}),
      body: "{}",
      headers: { "content-type": ndjson },
    })
    expect(response.headers.get("www-authenticate")).toContain("Bearer")
    expect(await problemOf(response)).toMatchObject({
      status: 401,
      media: "application/problem+json",
      title: expect.any(String) as string,
    })
  })

  test("answers a key without the scope ingest with 403", async () => {
    const { readKey } = await givenOrganisation()
    expect(await problemOf(await heartbeats({ key: readKey, body: "{}" }))).toMatchObject({
      status: 403,
      media: "application/problem+json",
    })
  })
})

describe("a broken envelope", () => {
  const halfGzip = gzipSync("{}").subarray(0, 12)
  const gzip = { "content-encoding": "gzip" }
  const bombs = gzipSync(Buffer.alloc(17 * 1024 * 1024, " "))
  test.each([
    ["another content type", { type: "application/xml", body: "<a/>" }, 415],
    ["another character set", { type: "text/csv; charset=gbk", body: "terminal,at\n" }, 415],
    ["an unknown encoding", { body: "{}", headers: { "content-encoding": "br" } }, 415],
    ["an empty body", { body: "" }, 422],
    ["a body of empty lines", { body: "\n\r\n\n" }, 422],
    ["an empty JSON body", { type: "application/json", body: "" }, 422],
    ["an empty CSV", { type: "text/csv", body: "" }, 422],
    ["half a gzip", { body: halfGzip, headers: gzip }, 422],
    ["half a gzip of JSON", { type: "application/json", body: halfGzip, headers: gzip }, 422],
    ["half a gzip of CSV", { type: "text/csv", body: halfGzip, headers: gzip }, 422],
    ["no gzip at all", { body: "{}", headers: gzip }, 422],
    ["a broken JSON document", { type: "application/json", body: '{"heartbeats": [{"terminal": ' }, 422],
    ["a document without the member", { type: "application/json", body: '{"beats": []}' }, 422],
    [
      "a document whose member is no list",
      { type: "application/json", body: '{"heartbeats": {"a": {}}}' },
      422,
    ],
    ["a document that is a list", { type: "application/json", body: '["heartbeats", [{}]]' }, 422],
    ["two documents", { type: "application/json", body: '{"heartbeats": []}{"heartbeats": []}' }, 422],
    ["a CSV without the required names", { type: "text/csv", body: "a,b\n1,2" }, 422],
    ["a CSV whose quotes do not close", { type: "text/csv", body: 'terminal,at\n"SN,2' }, 422],
    ["a body over 16 MiB", { body: Buffer.alloc(16 * 1024 * 1024 + 1, " ") }, 413],
    [
      "a CSV over 16 MiB",
      { type: "text/csv", body: Buffer.alloc(16 * 1024 * 1024 + 1, "terminal,at\n") },
      413,
    ],
    [
      "a JSON document over 16 MiB",
      { type: "application/json", body: Buffer.alloc(16 * 1024 * 1024 + 1, " ") },
      413,
    ],
    ["a small gzip of more than 16 MiB", { body: bombs, headers: gzip }, 413],
    [
      "a small gzip of more than 16 MiB of CSV",
      { type: "text/csv", body: gzipSync(Buffer.alloc(17 * 1024 * 1024, "terminal,at\n")), headers: gzip },
      413,
    ],
  ])("%s", async (_name, { headers, ...send }: Omit<Send, "key">, status) => {
    const { ingestKey } = await givenOrganisation()
    const problem = await problemOf(
      await heartbeatsOnce({ key: ingestKey, ...send, ...(headers ? { headers } : {}) }),
    )
    expect(problem).toMatchObject({
      status,
      media: "application/problem+json",
      detail: expect.any(String) as string,
    })
  })

  test.each([
    ["a document without a record", { type: "application/json", body: '{"heartbeats": []}' }],
    ["a CSV without a row", { type: "text/csv", body: "terminal,at\n" }],
  ])("accepts %s as complete", async (_name, send) => {
    const { ingestKey } = await givenOrganisation()
    expect(await answerOf(await heartbeats({ key: ingestKey, ...send }))).toEqual({
      accepted: 0,
      duplicates: 0,
      rejected: 0,
      errors: [],
      ignored: [],
    })
  })

  test("refuses more than 50,000 records and reports those that were stored", async () => {
    const { ingestKey } = await givenOrganisation()
    expect(
      await problemOf(await heartbeatsOnce({ key: ingestKey, body: "{}\n".repeat(50_001) })),
    ).toMatchObject({ status: 413, stored: { rejected: 50_000 } })
  })

  test("reports the records stored before a body broke, and accepts the whole body again", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const whole = JSON.stringify({
      heartbeats: Array.from({ length: 2_500 }, (_, i) => ({ terminal: serial, at: secondsAgo(i) })),
    })
    const broken = await problemOf(
      await heartbeatsOnce({ key: ingestKey, type: "application/json", body: whole.slice(0, -50) }),
    )
    expect(broken).toMatchObject({ status: 422, stored: { accepted: 2_000, duplicates: 0, rejected: 0 } })
    expect(
      await answerOf(await heartbeats({ key: ingestKey, type: "application/json", body: whole })),
    ).toMatchObject({ accepted: 500, duplicates: 2_000 })
    expect(await rowsOf(orgId, "heartbeat")).toHaveLength(2_500)
  })
})

describe("large bodies", () => {
  test("accepts 15 MiB", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const padding = "x".repeat(1_500)
    const body = lines(
      Array.from({ length: 10_000 }, (_, i) => ({ terminal: serial, at: secondsAgo(i), padding })),
    )
    expect(Buffer.byteLength(body)).toBeGreaterThan(15 * 1024 * 1024)
    expect(await answerOf(await heartbeats({ key: ingestKey, body }))).toMatchObject({
      accepted: 10_000,
      ignored: ["padding"],
    })
  })

  test("stores rows while the body is still being sent", async () => {
    const { orgId, actor } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const seen: number[] = []
    const beatsFrom = (from: number) =>
      Array.from({ length: 2_000 }, (_, i) => ({ terminal: serial, at: secondsAgo(from + i) }))
    const slice = (from: number) => Buffer.from(`${lines(beatsFrom(from))}\n`)
    const body = async function* () {
      yield slice(0)
      seen.push((await rowsOf(orgId, "heartbeat")).length)
      yield slice(2_000)
      seen.push((await rowsOf(orgId, "heartbeat")).length)
    }
    for (const accepted of [4_000, 0]) {
      const answer = await recordHeartbeats({
        actor,
        upload: { body: body(), contentType: ndjson, contentEncoding: null },
      })
      expect(answer).toMatchObject({ accepted, duplicates: 4_000 - accepted })
    }
    expect(seen).toEqual([2_000, 4_000, 4_000, 4_000])
  })

  test("reads records that are split between chunks at any place", async () => {
    const { orgId, actor } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const beat = { terminal: serial, at: minutesAgo(1), os: "安卓 10" }
    const bodies = {
      [ndjson]: `${JSON.stringify(beat)}\r\n`,
      "application/json": JSON.stringify({ heartbeats: [beat] }),
      "text/csv": `terminal,at,os\n${serial},${beat.at},安卓 10`,
    }
    for (const [contentType, text] of Object.entries(bodies)) {
      const bytes = async function* () {
        for (const byte of Buffer.from(`\uFEFF${text}`)) yield Uint8Array.of(byte)
      }
      const { accepted, duplicates } = await recordHeartbeats({
        actor,
        upload: { body: bytes(), contentType, contentEncoding: null },
      })
      expect(accepted + duplicates).toBe(1)
    }
    expect(await rowsOf(orgId, "heartbeat")).toMatchObject([{ os: "安卓 10" }])
  })
})

describe("one bad record does not affect its neighbours", () => {
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`
  test.each([
    ["nested too deeply, NDJSON", ndjson, (good: string) => `${good}\n{"terminal":"\\\\","x":${deep}}`],
    [
      "nested too deeply, JSON",
      "application/json",
      (good: string) => `{"heartbeats":[${good},{"terminal":"x","x":${deep}}]}`,
    ],
    [
      "longer than 64 KiB, NDJSON",
      ndjson,
      (good: string) => `${good}\n${JSON.stringify({ terminal: "x".repeat(70_000) })}`,
    ],
    [
      "longer than 64 KiB, JSON",
      "application/json",
      (good: string) => `{"heartbeats":[${good},${JSON.stringify({ terminal: "x".repeat(70_000) })}]}`,
    ],
    [
      "half a surrogate pair",
      ndjson,
      (good: string) => `${good}\n{"terminal":"\\ud800","at":"${minutesAgo(1)}"}`,
    ],
  ])("%s", async (_name, type, body) => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const answer = await answerOf(
      await heartbeats({
        key: ingestKey,
        type,
        body: body(JSON.stringify({ terminal: serial, at: minutesAgo(1) })),
      }),
    )
    expect(answer).toMatchObject({ accepted: 1, rejected: 1, errors: [{ index: 1, code: "invalid" }] })
    expect(await quarantined(orgId)).toHaveLength(1)
  })

  test("a CSV row that is not UTF-8", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const sale = (id: string) => `${serial},${minutesAgo(1)},${id},approved`
    const body = Buffer.concat([
      Buffer.from(`terminal,at,id,outcome,operator\n${sale("1")},`),
      Buffer.from([0xd5, 0xc5]),
      Buffer.from(`\n${sale("2")},张\n`),
    ])
    expect(await answerOf(await transactions({ key: ingestKey, type: "text/csv", body }))).toMatchObject({
      accepted: 1,
      errors: [{ index: 0, code: "invalid" }],
    })
    expect(await rowsOf(orgId, "transaction")).toMatchObject([{ id: "2", operator: "张" }])
  })
})

test("answers too many concurrent uploads with 429", async () => {
  const { actor, ingestKey } = await givenOrganisation()
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  const body = async function* () {
    await held
    yield Buffer.from("{}")
  }
  const uploads = Array.from({ length: 128 }, () =>
    recordHeartbeats({ actor, upload: { body: body(), contentType: ndjson, contentEncoding: null } }),
  )
  const refused = await heartbeatsOnce({ key: ingestKey, body: "{}" })
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0)
  expect(await problemOf(refused)).toMatchObject({ status: 429, media: "application/problem+json" })
  release()
  await Promise.all(uploads)
  expect(await answerOf(await heartbeatsOnce({ key: ingestKey, body: "{}" }))).toMatchObject({ rejected: 1 })
})
