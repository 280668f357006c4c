import pg from "pg"
import { describe, expect, test } from "vitest"
import { GET as getCodePacks } from "@/app/api/v1/code-packs/route"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { loadShippedPacks } from "@/lib/fleet/code-packs/load-packs"
import { noteUnmappedCodes } from "@/lib/fleet/code-packs/resolve-codes"
import { CodePackList } from "@/lib/fleet/code-packs/schemas"
import { meanings, unmapped, upload } from "@/tests/support/code-packs"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"

useDatabase()

async function asOwner<T>(run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

describe("shipped packs", () => {
  const counts = (client: pg.Client) =>
    client.query(
      `select count(distinct p.code_system)::int as systems, max(p.version) as version, count(*)::int as codes
         from code_pack p join response_code c on c.pack_id = p.id where p.org_id is null`,
    )

  test("are complete after migrating, and loading them again adds nothing", async () => {
    await asOwner(async (client) => {
      const expected = { systems: 32, version: 1, codes: 1807 }
      expect((await counts(client)).rows).toEqual([expected])
      await loadShippedPacks(client)
      expect((await counts(client)).rows).toEqual([expected])
    })
  })

  test("get a new version when they change, and the old version keeps its rows", async () => {
    await asOwner(async (client) => {
      const of = (code: string) =>
        client.query<{ version: number; cause: string }>(
          `select p.version, c.cause from response_code c join code_pack p on p.id = c.pack_id
            where p.code_system = 'boc-pos' and c.code = $1 order by 1`,
          [code],
        )
      const { rows: before } = await of("19")
      await client.query(
        `update response_code c set cause = 'device' from code_pack p
          where p.id = c.pack_id and p.code_system = 'boc-pos' and c.code = '19'`,
      )
      await loadShippedPacks(client)
      expect((await of("19")).rows).toEqual([
        { version: 1, cause: "device" },
        { version: 2, cause: before[0]?.cause },
      ])
      expect(
        (await client.query("select count(*)::int as packs from code_pack where version > 1")).rows,
      ).toEqual([{ packs: 1 }])
    })
  })
})

describe("a code", () => {
  test("is looked up in its own code system, exactly but without spaces, and only there", async () => {
    const { orgId } = await givenOrganisation()
    expect(
      await meanings(orgId, [
        ["unionpay", "A2"],
        ["ums-mispos", "A2"],
        ["unionpay", " 51 "],
        ["unionpay", "a2"],
        ["nobody", "51"],
        [null, "51"],
      ]),
    ).toEqual([
      "none approved_pending_confirmation",
      "device magstripe_read_error",
      "card insufficient_funds",
      null,
      null,
      null,
    ])
  })

  test("is looked up in the organisation's newest table first, then in the shipped one", async () => {
    const [{ orgId, actor }, other] = [await givenOrganisation(), await givenOrganisation()]
    await upload(actor, "unionpay", [
      { code: "05", cause: "operator" },
      { code: "X1", cause: "device" },
    ])
    await upload(actor, "unionpay", [{ code: "05", cause: "system", subcause: "risk_control_block" }])
    expect(
      await meanings(orgId, [
        ["unionpay", "05"],
        ["unionpay", "51"],
        ["unionpay", "X1"],
      ]),
    ).toEqual(["system risk_control_block", "card insufficient_funds", null])
    expect(await meanings(other.orgId, [["unionpay", "05"]])).toEqual(["card cardholder_identity_mismatch"])
  })

  test("is counted in the queue when no pack has it", async () => {
    const { orgId } = await givenOrganisation()
    const note = (codes: [string | null, string][]) =>
      inOrganisation(wholeOrganisation(orgId), (db) =>
        noteUnmappedCodes(
          db,
          codes.map(([codeSystem, code]) => ({ codeSystem, code })),
        ),
      )
    await note([
      ["own", "E7"],
      ["own", " E7"],
      [null, "E7"],
    ])
    await note([["own", "E7"]])
    expect(await unmapped(orgId)).toEqual([
      { code_system: "", code: "E7", seen_count: 1 },
      { code_system: "own", code: "E7", seen_count: 3 },
    ])
  })
})

test("the list has every version and the unmapped codes", async () => {
  const { actor, orgId, readKey } = await givenOrganisation()
  await upload(actor, "visa", [{ code: "05", cause: "system" }])
  await upload(actor, "visa", [
    { code: "05", cause: "card" },
    { code: "06", cause: "card" },
  ])
  await inOrganisation(wholeOrganisation(orgId), (db) =>
    noteUnmappedCodes(db, [
      { codeSystem: null, code: "7" },
      { codeSystem: "own", code: "E7" },
      { codeSystem: "own", code: "E7" },
    ]),
  )
  const response = await call(getCodePacks, "/api/v1/code-packs", { key: readKey })
  const list = CodePackList.parse(await response.json())
  expect(list.data).toHaveLength(32)
  expect(list.data.find(({ codeSystem }) => codeSystem === "visa")).toMatchObject({
    own: [
      { version: 2, codes: 2 },
      { version: 1, codes: 1 },
    ],
    shipped: [{ version: 1, codes: 73 }],
  })
  expect(list.unmapped).toMatchObject([
    { codeSystem: "own", code: "E7", seenCount: 2 },
    { codeSystem: null, code: "7", seenCount: 1 },
  ])
})
