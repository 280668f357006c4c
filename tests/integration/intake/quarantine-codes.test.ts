import sql from "sql-template-tag"
import { beforeAll, describe, expect, test } from "vitest"
import { systemActor } from "@/lib/access/actor/actor"
import { asWorker } from "@/lib/base/db/transaction"
import { unmapped, upload } from "@/tests/support/code-packs"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal, type Organisation } from "@/tests/support/factories"
import { salesOf, takenIn, type Taken } from "@/tests/support/import-files"
import { minutesAgo } from "@/tests/support/ingest"
import { kept, list, replayAll, strict } from "@/tests/support/quarantine"

useDatabase()

describe("sales of a file that are left to the quarantine because no code table has their code", () => {
  let org: Organisation
  let taken: Taken
  const body = [
    "Terminal ID,Transaction time,Transaction ID,Result code,Type,Amount",
    `W1,${minutesAgo(5)},w1,000000,sale,3.00`,
    `W1,${minutesAgo(4)},w2,200010,sale,3.00`,
    `W1,${minutesAgo(3)},w3,200011,refund,3.00`,
    `W1,${minutesAgo(2)},w4,200012,sale,3.00`,
  ].join("\n")
  const settings = { codeSystem: "own-bank", codeMeanings: { "*": "quarantine" } } as const

  beforeAll(async () => {
    org = await givenOrganisation()
    taken = await takenIn(org, body, settings)
  })

  test("do not keep the other rows from being stored", async () => {
    expect(taken.run).toMatchObject({ accepted: 1, rejected: 3 })
    expect(taken.rejected.map(({ line, code, message }) => [line, code, message.slice(0, 39)])).toEqual(
      ["200010", "200011", "200012"].map((code, i) => [
        i + 3,
        "unmapped_code",
        `the code "${code}" is in no code table: `,
      ]),
    )
    expect((await salesOf(org)).map(({ id }) => id)).toEqual(["w1"])
  })

  test("wait there, and their codes are listed", async () => {
    const waiting = await list(org, "?code=unmapped_code")
    expect(waiting.data.map(({ terminal, field }) => [terminal, field])).toEqual(
      [1, 2, 3].map(() => ["W1", "code"]),
    )
    expect((await unmapped(org.orgId)).map(({ code_system, code }) => [code_system, code])).toEqual(
      ["000000", "200010", "200011", "200012"].map((code) => ["own-bank", code]),
    )
  })

  test("stay there in a replay before their code is in a table", async () => {
    expect(await replayAll(org)).toMatchObject({ resolved: 0, left: 0 })
    expect((await list(org, "?code=unmapped_code")).data).toHaveLength(3)
  })

  test("are stored by a replay with the outcome that the table gives", async () => {
    await upload(systemActor(org.orgId), "own-bank", [
      { code: "200010", cause: "card" },
      { code: "200011", cause: "none" },
    ])
    expect(await replayAll(org)).toMatchObject({ resolved: 2 })
    expect(
      (await salesOf(org)).map(({ id, outcome, amount_minor, response_code_id }) => [
        id,
        outcome,
        amount_minor,
        response_code_id === null,
      ]),
    ).toEqual([
      ["w1", "approved", 300, true],
      ["w2", "declined", 300, false],
      ["w3", "approved", -300, false],
    ])
    expect((await kept(org)).filter((row) => row.resolved_at === null)).toHaveLength(1)
  })

  test("add nothing when the file is imported again", async () => {
    const again = await takenIn(org, body, settings)
    expect(again.run).toMatchObject({ accepted: 0, duplicates: 3, rejected: 1 })
    expect(await salesOf(org)).toHaveLength(3)
  })
})

test("a code without a table means what all tables agree on; only other codes are asked for", async () => {
  const org = await givenOrganisation()
  const file = ["Terminal ID,Transaction time,Transaction ID,Response code", "C1,TIME,c1,51", "C1,TIME,c2,91"]
    .join("\n")
    .replaceAll("TIME", minutesAgo(5))
  await takenIn(org, file)
  expect((await salesOf(org)).map(({ outcome }) => outcome)).toEqual(["declined", "declined"])
})

const lastYear = new Date(Date.now() - 365 * 24 * 3_600_000).toISOString()
const own = { codeSystem: "own-bank", codeMeanings: { "*": "quarantine" } } as const
const header = "Terminal ID,Transaction time,Transaction ID,Result code,Card number"
const map = (org: Organisation) =>
  upload(systemActor(org.orgId), "own-bank", [
    { code: "200010", cause: "card" },
    { code: "200011", cause: "none" },
  ])

test.each([
  ["of today", minutesAgo(5)],
  ["of last year", lastYear],
])("a waiting sale %s gets its outcome after a replay that failed for its terminal", async (_name, at) => {
  const org = await strict()
  await takenIn(org, [header, `U1,${at},u1,200010,`, `U1,${at},u2,200011,`].join("\n"), own)
  await map(org)
  expect(await replayAll(org)).toMatchObject({ resolved: 0, rejected: 2 })
  expect((await list(org, "?code=unknown_terminal")).data).toHaveLength(2)
  await givenTerminal(org.orgId, { serial: "U1" })
  expect(await replayAll(org)).toMatchObject({ resolved: 2, rejected: 0 })
  const outcomes = (await salesOf(org)).map(({ id, outcome }) => [id, outcome])
  expect(Object.fromEntries(outcomes)).toEqual({ u1: "declined", u2: "approved" })
})

test("a waiting sale that came over fourteen days ago is stored without the card reference", async () => {
  const org = await givenOrganisation()
  const card = "622202******1234"
  const rows = ["v1", "v2"].map((id) => `V1,${lastYear},${id},200010,${card}`)
  await takenIn(org, [header, ...rows].join("\n"), own)
  await asWorker((db) =>
    db.query(sql`
      update quarantine set received_at = now() - interval '15 days'
       where org_id = ${org.orgId}::uuid and record like '%"v1"%'`),
  )
  await map(org)
  expect(await replayAll(org)).toMatchObject({ resolved: 2 })
  const refs = (await salesOf(org)).map(({ id, card_ref }) => [id, card_ref])
  expect(Object.fromEntries(refs)).toEqual({ v1: null, v2: expect.stringMatching(/^h1:/) as string })
})
