import pg from "pg"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { PUT as putCodePack } from "@/app/api/v1/code-packs/[codeSystem]/route"
import { GET as getCodePacks } from "@/app/api/v1/code-packs/route"
import type { Actor } from "@/lib/access/actor/actor"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { loadShippedPacks } from "@/lib/fleet/code-packs/load-packs"
import { codeKey, noteUnmappedCodes, resolveCodes } from "@/lib/fleet/code-packs/resolve-codes"
import { CodePackList, ResponseCode } from "@/lib/fleet/code-packs/schemas"
import { uploadCodePack } from "@/lib/fleet/code-packs/upload-code-pack"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()
const upload = (actor: Actor, codeSystem: string, codes: object[]) =>
  uploadCodePack({ actor, codeSystem, codes: codes.map((code) => ResponseCode.parse(code)) })

async function asOwner<T>(run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

/** Cause and subcause of codes by the packs that count for the organisation. */
const meanings = (orgId: string, codes: [codeSystem: string | null, code: string][]) =>
  inOrganisation(wholeOrganisation(orgId), async (db) => {
    const ids = await resolveCodes(
      db,
      codes.map(([codeSystem, code]) => ({ codeSystem, code })),
    )
    const rows = await db.query<{ id: number; meaning: string }>(sql`
      select id, cause || ' ' || subcause as meaning from response_code
      where id = any(${[...ids.values()]}::bigint[])`)
    return codes.map(
      ([codeSystem, code]) =>
        rows.find(({ id }) => id === ids.get(codeKey(codeSystem, code)))?.meaning ?? null,
    )
  })

const unmapped = (orgId: string) =>
  inOrganisation(wholeOrganisation(orgId), (db) =>
    db.query<{ code_system: string; code: string; seen_count: number }>(sql`
  select code_system, code, seen_count from unmapped_code order by 1, 2`),
  )

describe("shipped packs", () => {
  const counts = (client: pg.Client) =>
    client.query(
      "select count(distinct p.code_system)::int as systems, max(p.version) as version, count(*)::int as codes from code_pack p join response_code c on c.pack_id = p.id where p.org_id is null",
    )

  test("are all there after migrating, and loading them again adds nothing", async () => {
    await asOwner(async (client) => {
      const expected = { systems: 32, version: 1, codes: 1802 }
      expect((await counts(client)).rows).toEqual([expected])
      await loadShippedPacks(client)
      expect((await counts(client)).rows).toEqual([expected])
    })
  })

  test("that changed become a new version; the old one keeps its rows", async () => {
    await asOwner(async (client) => {
      const of = (code: string) =>
        client.query<{ version: number; cause: string }>(
          "select p.version, c.cause from response_code c join code_pack p on p.id = c.pack_id where p.code_system = 'boc-pos' and c.code = $1 order by 1",
          [code],
        )
      const { rows: before } = await of("19")
      await client.query(
        "update response_code c set cause = 'device' from code_pack p where p.id = c.pack_id and p.code_system = 'boc-pos' and c.code = '19'",
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
  test("means what its own code system says, as sent but for spaces; without a system it means nothing", async () => {
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

  test("is read by the organisation's own newest table first, and by the shipped one where that leaves it out", async () => {
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

  test("that no pack knows is counted in the queue", async () => {
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

describe("uploading a table", () => {
  async function givenSales(days: number[], code = "E7") {
    const organisation = await givenOrganisation()
    const { terminalId } = await givenTerminal(organisation.orgId)
    await givenBatch(
      organisation.orgId,
      "transaction",
      days.map((day, i) => ({
        terminal_id: terminalId,
        id: String(i),
        at: daysAgo(day),
        outcome: "declined",
        code_system: "own",
        code,
        entry_mode: "chip",
      })),
    )
    await foldAll()
    return organisation
  }
  const booked = (orgId: string) =>
    asWorker((db) =>
      db.query<{ id: string; cause: string | null }>(sql`
    select t.id, c.cause from transaction t left join response_code c on c.id = t.response_code_id
    where t.org_id = ${orgId}::uuid order by t.id`),
    )
  const causesByDay = (orgId: string) =>
    asWorker((db) =>
      db.query<{ device: number; unknown: number }>(sql`
    select device, unknown from terminal_day where org_id = ${orgId}::uuid order by day desc`),
    )

  test("books its sales anew, which the fold then counts, and empties the queue", async () => {
    const { orgId, actor } = await givenSales([1, 3])
    await inOrganisation(wholeOrganisation(orgId), (db) =>
      noteUnmappedCodes(db, [
        { codeSystem: "own", code: "E7" },
        { codeSystem: "own", code: "E8" },
      ]),
    )
    expect(await causesByDay(orgId)).toEqual([
      { device: 0, unknown: 1 },
      { device: 0, unknown: 1 },
    ])
    expect(
      await upload(actor, "own", [{ code: "E7", cause: "device", subcause: "chip_read_error" }]),
    ).toEqual({ codeSystem: "own", version: 1, codes: 1, rebooked: 2 })
    await foldAll()
    expect(await causesByDay(orgId)).toEqual([
      { device: 1, unknown: 0 },
      { device: 1, unknown: 0 },
    ])
    expect(await unmapped(orgId)).toMatchObject([{ code: "E8" }])
  })

  test("again, unchanged, is no new version and books nothing; another wording is a version that books nothing", async () => {
    const { actor } = await givenSales([1])
    const table = [{ code: "E7", cause: "device", subcause: "chip_read_error" }]
    await upload(actor, "own", table)
    expect(await upload(actor, "own", table)).toMatchObject({ version: 1, rebooked: 0 })
    expect(
      await upload(
        actor,
        "own",
        table.map((row) => ({ ...row, meaning_zh: "读卡失败" })),
      ),
    ).toMatchObject({ version: 2, rebooked: 0 })
  })

  test("that drops a code puts its sales back into the queue", async () => {
    const { orgId, actor } = await givenSales([1, 2])
    await upload(actor, "own", [{ code: "E7", cause: "device" }])
    expect(await upload(actor, "own", [{ code: "E8", cause: "device" }])).toMatchObject({
      version: 2,
      rebooked: 2,
    })
    expect(await booked(orgId)).toEqual([
      { id: "0", cause: null },
      { id: "1", cause: null },
    ])
    expect(await unmapped(orgId)).toEqual([{ code_system: "own", code: "E7", seen_count: 2 }])
  })

  test("leaves what is older than raw retention as it was booked", async () => {
    const { orgId, actor } = await givenSales([34, 36])
    expect(await upload(actor, "own", [{ code: "E7", cause: "device" }])).toMatchObject({ rebooked: 1 })
    expect(await booked(orgId)).toEqual([
      { id: "0", cause: "device" },
      { id: "1", cause: null },
    ])
  })

  test("touches no other organisation", async () => {
    const [{ actor }, other] = [await givenSales([1]), await givenSales([1])]
    expect(await upload(actor, "own", [{ code: "E7", cause: "device" }])).toMatchObject({ rebooked: 1 })
    expect(await booked(other.orgId)).toEqual([{ id: "0", cause: null }])
  })

  test("twice at once makes two versions", async () => {
    const { actor } = await givenOrganisation()
    const both = await Promise.all(
      ["device", "card"].map((cause) => upload(actor, "own", [{ code: "E7", cause }])),
    )
    expect(both.map(({ version }) => version).toSorted()).toEqual([1, 2])
  })

  test("with a code twice, or a card number, is refused whole", async () => {
    const { actor, orgId } = await givenOrganisation()
    await expect(
      upload(actor, "own", [
        { code: "E7", cause: "device" },
        { code: "E7 ", cause: "card" },
      ]),
    ).rejects.toThrow("twice")
    await expect(
      upload(actor, "own", [{ code: "E7", cause: "card", meaning_en: "as with 4111 1111 1111 1111" }]),
    ).rejects.toThrow("card number")
    expect(await meanings(orgId, [["own", "E7"]])).toEqual([null])
  })

  test("is for administrators: neither a viewer nor a key may", async () => {
    const { actor, readKey } = await givenOrganisation()
    await expect(
      upload({ ...actor, role: "viewer" }, "own", [{ code: "E7", cause: "device" }]),
    ).rejects.toThrow("role admin")
    const response = await call(putCodePack, "/api/v1/code-packs/own", {
      method: "PUT",
      key: readKey,
      params: { codeSystem: "own" },
      headers: { "content-type": "text/csv" },
      body: "code,cause\nE7,device\n",
    })
    expect([response.status, response.headers.get("content-type")]).toEqual([403, "application/problem+json"])
  })
})

test("the list names every version and what waits to be mapped", async () => {
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
