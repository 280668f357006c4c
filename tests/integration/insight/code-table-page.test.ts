import { expect, test } from "vitest"
import { POST as mapCodes } from "@/app/api/v1/code-packs/[codeSystem]/codes/route"
import { POST as preview } from "@/app/api/v1/code-packs/[codeSystem]/preview/route"
import { GET as getTable, PUT as putTable } from "@/app/api/v1/code-packs/[codeSystem]/route"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { noteUnmappedCodes } from "@/lib/fleet/code-packs/resolve-codes"
import { givenManager, type Headers } from "@/tests/support/catalogue"
import { meanings, unmapped } from "@/tests/support/code-packs"
import { useDatabase } from "@/tests/support/database"
import { call } from "@/tests/support/http"

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
