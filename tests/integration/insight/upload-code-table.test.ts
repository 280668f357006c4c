import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { PUT as putCodePack } from "@/app/api/v1/code-packs/[codeSystem]/route"
import { asWorker, inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { noteUnmappedCodes } from "@/lib/fleet/code-packs/resolve-codes"
import { judgeFailedSales } from "@/lib/insight/verdicts/judge-failed-sales"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { meanings, unmapped, upload } from "@/tests/support/code-packs"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString()

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

  test("maps its sales again, recounts them and removes its codes from the queue", async () => {
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

  test("moves places and segments, and lets failed sales be judged again", async () => {
    const { orgId, actor } = await givenSales([1])
    const judged = () =>
      asWorker((db) => db.query(sql`select cause, kind, version from verdict where org_id = ${orgId}::uuid`))
    const sums = () =>
      asWorker((db) =>
        db.query(sql`
          select 'place' as of, device, unknown from place_day
           where org_id = ${orgId}::uuid and store_id = 0 and presentments > 0
          union all
          select 'segment', coalesce(sum(failures) filter (where subcause = 'chip_read_error'), 0)::int,
                 coalesce(sum(failures) filter (where subcause = 'unmapped'), 0)::int
            from segment_day
           where org_id = ${orgId}::uuid and store_id = 0 and dimension = 'entryMode'`),
      )
    await judgeFailedSales({ orgId, now: new Date() })
    expect(await judged()).toMatchObject([{ kind: "unknown" }])
    const before = await sums()
    const table = [{ code: "E7", cause: "device", subcause: "chip_read_error", device_attributable: "true" }]
    await upload(actor, "own", table)
    await foldAll()
    await judgeFailedSales({ orgId, now: new Date() })
    expect(await judged()).toMatchObject([{ cause: "device", kind: "chip" }])
    expect([before, await sums()]).toEqual([
      [
        { of: "place", device: 0, unknown: 1 },
        { of: "segment", device: 0, unknown: 1 },
      ],
      [
        { of: "place", device: 1, unknown: 0 },
        { of: "segment", device: 1, unknown: 0 },
      ],
    ])
  })

  test("makes no version without a change, and recounts nothing after a change of wording", async () => {
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

  test("without a code that it had before puts the sales back into the queue", async () => {
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

  test("leaves sales older than raw retention as they were counted", async () => {
    const { orgId, actor } = await givenSales([34, 36])
    expect(await upload(actor, "own", [{ code: "E7", cause: "device" }])).toMatchObject({ rebooked: 1 })
    expect(await booked(orgId)).toEqual([
      { id: "0", cause: "device" },
      { id: "1", cause: null },
    ])
  })

  test("changes no other organisation", async () => {
    const [{ actor }, other] = [await givenSales([1]), await givenSales([1])]
    expect(await upload(actor, "own", [{ code: "E7", cause: "device" }])).toMatchObject({ rebooked: 1 })
    expect(await booked(other.orgId)).toEqual([{ id: "0", cause: null }])
  })

  test("makes two versions when two are uploaded at the same time", async () => {
    const { actor } = await givenOrganisation()
    const both = await Promise.all(
      ["device", "card"].map((cause) => upload(actor, "own", [{ code: "E7", cause }])),
    )
    expect(both.map(({ version }) => version).toSorted()).toEqual([1, 2])
  })

  test("rejects the whole table when it has a code twice or a card number", async () => {
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

  test("needs an admin: a viewer or a key may not", async () => {
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
