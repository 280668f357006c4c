import { expect, test } from "vitest"
import {
  DELETE as forgetCode,
  GET as getCode,
  POST as mapCodes,
} from "@/app/api/v1/code-packs/[codeSystem]/codes/route"
import { POST as preview } from "@/app/api/v1/code-packs/[codeSystem]/preview/route"
import { GET as getTable, PUT as putTable } from "@/app/api/v1/code-packs/[codeSystem]/route"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { noteUnmappedCodes } from "@/lib/fleet/code-packs/resolve-codes"
import { judgeFailedSales } from "@/lib/insight/verdicts/judge-failed-sales"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { givenManager, type Headers } from "@/tests/support/catalogue"
import { meanings, unmapped } from "@/tests/support/code-packs"
import { useDatabase } from "@/tests/support/database"
import { givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { lines, minutesAgo, transactions } from "@/tests/support/ingest"

useDatabase()

type Route = Parameters<typeof call>[0]

const ask = (route: Route, headers: Headers, body?: string | object, method = "POST") =>
  call(route, "/api/v1/code-packs/own", {
    method,
    headers: { ...headers, "content-type": typeof body === "string" ? "text/csv" : "application/json" },
    params: { codeSystem: "own" },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  })

test("a preview says what an upload changes, and writes nothing", async () => {
  const { orgId, headers } = await givenManager()
  expect((await ask(putTable, headers, "code,cause\nE1,device\nE2,card\n", "PUT")).status).toBe(200)
  const table = "code,cause\nE2,system\nE3,operator\n"
  expect(await (await ask(preview, headers, table)).json()).toMatchObject({
    added: 1,
    changed: 1,
    dropped: 1,
    same: 0,
    rows: [
      { code: "E2", was: "card", cause: "system", change: "changed" },
      { code: "E3", was: null, change: "added" },
      { code: "E1", change: "dropped" },
    ],
  })
  expect(
    await meanings(orgId, [
      ["own", "E2"],
      ["own", "E3"],
    ]),
  ).toEqual(["card unspecified", null])
  const wrong = await ask(preview, headers, "code,cause\nE2,banana\n")
  expect([wrong.status, await wrong.json()]).toMatchObject([
    422,
    { detail: expect.stringContaining("banana") },
  ])
})

test("a waiting code gets a cause, and the other codes of the table keep theirs", async () => {
  const { orgId, headers } = await givenManager()
  await ask(putTable, headers, "code,cause,meaning_en\nE1,device,Chip broken\n", "PUT")
  await inOrganisation(wholeOrganisation(orgId), (db) =>
    noteUnmappedCodes(db, [
      { codeSystem: "own", code: "E7" },
      { codeSystem: "own", code: "E8" },
    ]),
  )
  const map = (code: string, cause: string) => ask(mapCodes, headers, { codes: [{ code, cause }] })
  expect((await map("E7", "card")).status).toBe(200)
  expect((await map("E1", "operator")).status).toBe(200)
  expect(await unmapped(orgId)).toMatchObject([{ code: "E8" }])
  const { codes } = (await (await ask(getTable, headers, undefined, "GET")).json()) as { codes: object[] }
  expect(codes).toMatchObject([
    { code: "E1", cause: "operator", isOwn: true },
    { code: "E7", cause: "card", isOwn: true },
  ])
  expect((await map("E7", "banana")).status).toBe(422)
})

const one = async (headers: Headers, code: string, route: Route = getCode, codeSystem = "own") => {
  const answer = await call(route, `/api/v1/code-packs/${codeSystem}/codes?code=${code}`, {
    method: route === getCode ? "GET" : "DELETE",
    headers,
    params: { codeSystem },
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

test("a code has a history, and its shipped meaning again once its own is removed", async () => {
  const { headers, email } = await givenManager()
  const map = (cause: string) =>
    call(mapCodes, "/api/v1/code-packs/unionpay/codes", {
      headers: { ...headers, "content-type": "application/json" },
      params: { codeSystem: "unionpay" },
      body: JSON.stringify({ codes: [{ code: "51", cause, meaning_en: "No money" }] }),
    })
  await map("operator")
  await map("system")
  expect((await one(headers, "51", getCode, "unionpay")).body).toMatchObject({
    isOwn: true,
    hasShipped: true,
    now: { cause: "system", meaning_en: "No money" },
    history: [
      { version: 2, by: email, from: { cause: "operator" }, to: { cause: "system" } },
      { version: 1, by: email, from: { cause: "card" }, to: { cause: "operator" } },
    ],
  })
  expect((await one(headers, "51", forgetCode, "unionpay")).status).toBe(200)
  expect((await one(headers, "51", getCode, "unionpay")).body).toMatchObject({
    isOwn: false,
    now: { cause: "card", subcause: "insufficient_funds" },
    history: [{ version: 3, to: { cause: "card" } }, { version: 2 }, { version: 1 }],
  })
  expect((await one(headers, "51", forgetCode, "unionpay")).status).toBe(404)
})

test("a code that no table has comes with a suggestion and its newest sale", async () => {
  const { orgId, headers, ingestKey } = await givenManager()
  await givenTerminal(orgId, { serial: "till 1", codeSystem: "own" })
  const sale = { terminal: "till 1", id: "1", at: minutesAgo(5), entryMode: "chip" }
  await transactions({ key: ingestKey, body: lines([{ ...sale, outcome: "declined", code: "54" }]) })
  await foldAll()
  await judgeFailedSales({ orgId, now: new Date() })
  expect((await one(headers, "54")).body).toMatchObject({
    now: null,
    suggestion: { cause: "card", subcause: "expired_card" },
    example: { serial: "till 1", entryMode: "chip" },
  })
  expect((await one(headers, "no-such-code")).body).toMatchObject({ suggestion: null, example: null })
})

test("a table gets no more codes than an upload may have, and loses none", async () => {
  const { headers } = await givenManager()
  const rows = Array.from({ length: 5000 }, (_, i) => `C${i},device`)
  await ask(putTable, headers, `code,cause\n${rows.join("\n")}\n`, "PUT")
  const refused = await ask(mapCodes, headers, { codes: [{ code: "more", cause: "card" }] })
  expect([refused.status, await refused.json()]).toMatchObject([
    422,
    { detail: expect.stringContaining("5,000 codes") },
  ])
  const stored = await ask(mapCodes, headers, { codes: [{ code: "C4999", cause: "card" }] })
  expect([stored.status, await stored.json()]).toMatchObject([200, { codes: 5000 }])
})
