import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { ResponseCode } from "@/lib/fleet/code-packs/schemas"
import { uploadCodePack } from "@/lib/fleet/code-packs/upload-code-pack"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { answerOf, lines, minutesAgo, rowsOf, transactions } from "@/tests/support/ingest"

useDatabase()

describe("codes", () => {
  const meaning = (orgId: string) =>
    asWorker((db) =>
      db.query<{ id: string; code_system: string | null; cause: string | null }>(sql`
    select t.id, t.code_system, c.cause from transaction t
    left join response_code c on c.id = t.response_code_id where t.org_id = ${orgId}::uuid order by t.id`),
    )

  test("use the record's code system, or else the acquirer's, or else the terminal's", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    await asWorker((db) =>
      db.query(
        sql`
          insert into acquirer (org_id, code, name, code_system)
          values (${orgId}::uuid, 'ums', '银联商务', 'ums-mispos')`,
      ),
    )
    const [coded, plain] = [
      await givenTerminal(orgId, { codeSystem: "ums-mispos" }),
      await givenTerminal(orgId),
    ]
    // A2 is an approval at UnionPay and a reader error at UMS.
    const sale = { at: minutesAgo(1), outcome: "declined", code: "A2" }
    await transactions({
      key: ingestKey,
      body: lines([
        { ...sale, terminal: plain.serial, id: "1", codeSystem: "unionpay", acquirer: "ums" },
        { ...sale, terminal: plain.serial, id: "2", acquirer: "ums" },
        { ...sale, terminal: coded.serial, id: "3" },
        { ...sale, terminal: plain.serial, id: "4" },
      ]),
    })
    expect(await meaning(orgId)).toEqual([
      { id: "1", code_system: "unionpay", cause: "none" },
      { id: "2", code_system: "ums-mispos", cause: "device" },
      { id: "3", code_system: "ums-mispos", cause: "device" },
      { id: "4", code_system: null, cause: null },
    ])
  })

  test("belong to one acquirer if two requests add it at the same time", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const at = minutesAgo(1)
    const sends = Array.from({ length: 6 }, (_, i) => ({
      key: ingestKey,
      body: lines([{ terminal: serial, at, id: String(i), outcome: "approved", acquirer: "new" }]),
    }))
    await Promise.all(sends.map(transactions))
    const acquirers = await asWorker((db) =>
      db.query<{ id: number }>(sql`select id from acquirer where org_id = ${orgId}::uuid`),
    )
    expect(acquirers).toHaveLength(1)
    expect(
      (await rowsOf<{ acquirer_id: number }>(orgId, "transaction")).map((row) => row.acquirer_id),
    ).toEqual(sends.map(() => acquirers[0]?.id))
  })

  test("change rows within raw retention when they are mapped, and these are folded again", async () => {
    const { orgId, ingestKey, actor } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    await transactions({
      key: ingestKey,
      body: lines([
        { terminal: serial, at: minutesAgo(1), id: "1", outcome: "declined", codeSystem: "own", code: "E7" },
      ]),
    })
    expect(await meaning(orgId)).toEqual([{ id: "1", code_system: "own", cause: null }])
    const before = (await rowsOf(orgId, "ingest_batch")).length
    await uploadCodePack({
      actor,
      codeSystem: "own",
      codes: [ResponseCode.parse({ code: "E7", cause: "device", subcause: "chip_read_error" })],
    })
    expect(await meaning(orgId)).toEqual([{ id: "1", code_system: "own", cause: "device" }])
    expect(await rowsOf(orgId, "unmapped_code")).toEqual([])
    expect(await rowsOf(orgId, "ingest_batch")).toHaveLength(before + 1)
  })

  test("of no pack are accepted and queued with their count", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId)
    const sale = {
      terminal: serial,
      at: minutesAgo(1),
      outcome: "declined",
      codeSystem: "unionpay",
      code: "ZZZ",
    }
    const body = lines([
      { ...sale, id: "1" },
      { ...sale, id: "2" },
    ])
    expect(await answerOf(await transactions({ key: ingestKey, body }))).toMatchObject({ accepted: 2 })
    expect(
      await answerOf(
        await transactions({
          key: ingestKey,
          body: lines([
            { ...sale, id: "2" },
            { ...sale, id: "3" },
          ]),
        }),
      ),
    ).toMatchObject({ accepted: 1, duplicates: 1 })
    expect(await rowsOf(orgId, "unmapped_code")).toMatchObject([
      { code_system: "unionpay", code: "ZZZ", seen_count: 3 },
    ])
  })
})
