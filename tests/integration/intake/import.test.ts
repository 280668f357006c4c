import { existsSync, mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import iconv from "iconv-lite"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getFailureRates } from "@/app/api/v1/failure-rates/route"
import { asWorker } from "@/lib/base/db/transaction"
import type { FailureRatePage } from "@/lib/insight/rates/schemas"
import { loadProfile } from "@/lib/intake/imports/mapping/load-profile"
import { importFile } from "@/lib/intake/imports/runs/import-file"
import type { RejectedRow } from "@/lib/intake/imports/runs/schemas"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { rowsOf } from "@/tests/support/ingest"

useDatabase()

const folder = mkdtempSync(join(tmpdir(), "tillwatch-import-"))
const givenFile = (name: string, text: string | Buffer) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

async function run(
  actor: Parameters<typeof importFile>[0]["actor"],
  file: string,
  profile: string,
  codeSystem?: string,
) {
  const rejected: RejectedRow[] = []
  const {
    id: _id,
    leftOut: _leftOut,
    ...counts
  } = await importFile({
    actor,
    file,
    profile: await loadProfile(profile),
    codeSystem,
    onRejected: (rows) => rejected.push(...rows),
  })
  return { counts, rejected }
}

const realFile = "../shared/data/ibm-user0-transactions.csv"

describe("the real file", () => {
  test.skipIf(!existsSync(realFile))(
    `comes in whole, once (skipped where ${realFile} is absent)`,
    { timeout: 120_000 },
    async () => {
      const { actor, orgId, readKey } = await givenOrganisation({ timeZone: "UTC" })
      const first = await run(actor, realFile, "ibm-tabformer")
      expect(first.counts).toEqual({ rowsDone: 19_963, accepted: 19_963, duplicates: 0, rejected: 0 })
      await foldAll()

      const rates = async () => {
        const response = await call(
          getFailureRates,
          "/api/v1/failure-rates?groupBy=cause&from=2002-01-01T00:00:00Z&to=2021-01-01T00:00:00Z",
          { key: readKey },
        )
        return (await response.json()) as FailureRatePage
      }
      const page = await rates()
      expect(page.total).toMatchObject({
        attempts: 19_930,
        failures: 569,
        raw: { attempts: 19_963, failures: 574 },
      })
      expect(Object.fromEntries(page.data.map(({ value, raw }) => [value, raw.failures]))).toEqual({
        card: 484,
        operator: 44,
        system: 46,
        device: 0,
        unknown: 0,
      })

      const second = await run(actor, realFile, "ibm-tabformer")
      expect(second.counts).toMatchObject({ accepted: 0, duplicates: 19_963, rejected: 0 })
      await foldAll()
      expect((await rates()).total).toEqual(page.total)
      const [{ kept } = { kept: 0 }] = await asWorker((db) =>
        db.query<{ kept: number }>(sql`
      select count(*) as kept from transaction where org_id = ${orgId}::uuid
        and reversal_reason in ('Bad PIN,Insufficient Balance', 'Bad PIN,Technical Glitch')`),
      )
      expect(kept).toBe(2)
    },
  )
})

describe("terminals", () => {
  const header =
    "serial,tid,acquirer,model,status,merchant,region,store,storeName,timeZone,address,openingHours"
  const line = "SN1,T1,ums,A920,active,万家便利,华东,SH01,人民广场店,Asia/Shanghai,上海,09:00-21:30"
  const terminals = (orgId: string) =>
    asWorker((db) =>
      db.query(sql`
    select t.serial, m.name as model, s.code as store, s.name as store_name, mm.name as merchant, u.status,
           a.tid, s.opening_hours -> 'sun' as sunday
      from terminal t join terminal_store p on p.terminal_id = t.id and p.to_at is null
      join store s on s.id = p.store_id
      join terminal_status u on u.terminal_id = t.id and u.to_at is null
      left join terminal_tid a on a.terminal_id = t.id and a.to_at is null
      left join terminal_model m on m.id = t.model_id left join merchant mm on mm.id = s.merchant_id
     where t.org_id = ${orgId}::uuid order by 1`),
    )

  test("are imported with merchant, region, store, hours and model, also from GB18030", async () => {
    const { actor, orgId } = await givenOrganisation()
    const profile = { ...(await loadProfile("terminals")), encoding: "gb18030" as const }
    const file = givenFile("gb.csv", iconv.encode(`${header}\n${line}\n`, "gb18030"))
    await importFile({ actor, file, profile, onRejected: () => undefined })
    expect(await terminals(orgId)).toEqual([
      {
        serial: "SN1",
        model: "A920",
        store: "SH01",
        store_name: "人民广场店",
        merchant: "万家便利",
        status: "active",
        tid: "T1",
        sunday: [["09:00", "21:30"]],
      },
    ])
  })

  test("keep values for blank cells; a changed store ends the old assignment", async () => {
    const { actor, orgId } = await givenOrganisation()
    await run(actor, givenFile("a.csv", `\uFEFF${header}\n${line}\n`), "terminals")
    await run(actor, givenFile("b.csv", `${header}\nSN1,,,,,,,SH02,,,,\n`), "terminals")
    expect(await terminals(orgId)).toMatchObject([
      { model: "A920", store: "SH02", tid: "T1", status: "active" },
    ])
    const places = await asWorker((db) =>
      db.query(sql`select from_at, to_at from terminal_store where org_id = ${orgId}::uuid order by from_at`),
    )
    expect(places).toHaveLength(2)
  })

  test("report a bad row with its line, field and reason, and import the others", async () => {
    const { actor, orgId } = await givenOrganisation()
    const { counts, rejected } = await run(
      actor,
      givenFile("c.csv", `${header}\n${line}\n,,,,,,,,,,,\nSN3,,,,lost,,,,,,,\nSN4,,,,,,,,,,,nine to five\n`),
      "terminals",
    )
    expect(counts).toMatchObject({ accepted: 1, rejected: 3 })
    expect(rejected.map(({ line: number, field }) => [number, field]).toSorted()).toEqual([
      [3, "serial"],
      [4, "status"],
      [5, "openingHours"],
    ])
    expect(await terminals(orgId)).toHaveLength(1)
  })
})

describe("records", () => {
  test("report a rejected row with its line, and mask card numbers everywhere", async () => {
    const { actor, orgId } = await givenOrganisation()
    const now = new Date().toISOString()
    const file = givenFile(
      "t.csv",
      [
        "terminal,at,id,outcome,codeSystem,code,entryMode,amountMinor,currency,operator",
        `SN1,${now},1,approved,,,,,,`,
        `SN1,${now},2,approved,,,,,,4111111111111111`,
        "SN1,never,3,approved,,,,,,4111111111111111",
        "",
      ].join("\n"),
    )
    const { counts, rejected } = await run(actor, file, "transactions")
    expect(counts).toMatchObject({ accepted: 2, rejected: 1 })
    expect(rejected.map(({ line, code }) => [line, code])).toEqual([[4, "invalid"]])
    expect(rejected[0]?.row).toContain("411111******1111")
    expect(await rowsOf<{ operator: string | null }>(orgId, "transaction")).toMatchObject([
      { operator: null },
      { operator: "411111******1111" },
    ])
  })

  test("require only the necessary fields of their kind in a profile", async () => {
    const { actor, orgId } = await givenOrganisation()
    const at = new Date().toISOString()
    expect(
      (await run(actor, givenFile("few.csv", `terminal,at,outcome\nSN1,${at},approved\n`), "transactions"))
        .counts,
    ).toMatchObject({ accepted: 1, rejected: 0 })
    expect(await rowsOf<{ code: string | null }>(orgId, "transaction")).toMatchObject([{ code: null }])
    expect(
      (await run(actor, givenFile("beat.csv", `terminal,at\nSN1,${at}\n`), "heartbeats")).counts,
    ).toMatchObject({ accepted: 1, rejected: 0 })
    await expect(
      run(actor, givenFile("none.csv", `terminal,code\nSN1,51\n`), "transactions"),
    ).rejects.toThrow("No column says at and outcome")
  })

  test("number lines as a spreadsheet does, also below other rows", async () => {
    const { actor } = await givenOrganisation()
    const file = givenFile(
      "lines.csv",
      `Sales of May\n\nterminal,at,id,outcome\nSN1,never,1,approved\n\nSN1,never,2,approved\n`,
    )
    expect((await run(actor, file, "auto-transactions")).rejected.map(({ line }) => line)).toEqual([4, 6])
  })

  test("resume after the last slice of a stopped import", async () => {
    const { actor, orgId } = await givenOrganisation()
    const rows = Array.from(
      { length: 4_100 },
      (_, i) => `SN1,${new Date(Date.now() - i * 1000).toISOString()},50,,,`,
    ).join("\n")
    const file = givenFile("h.csv", `terminal,at,batteryPct,signalDbm,printerStatus,app\n${rows}\n`)
    const profile = await loadProfile("heartbeats")
    const stopped = importFile({
      actor,
      file,
      profile,
      onRejected: () => undefined,
      onProgress: () => {
        throw new Error("the plug is pulled")
      },
    })
    await expect(stopped).rejects.toThrow("plug")
    expect((await run(actor, file, "heartbeats")).counts).toEqual({
      rowsDone: 4_100,
      accepted: 4_100,
      duplicates: 0,
      rejected: 0,
    })
    const [row] = await asWorker((db) =>
      db.query<{ count: number }>(sql`select count(*) as count from heartbeat where org_id = ${orgId}::uuid`),
    )
    expect(row?.count).toBe(4_100)
  })

  test("import a code table completely or not at all", async () => {
    const { actor } = await givenOrganisation()
    const header = "code,cause,subcause,remedy,meaning_en,meaning_zh"
    await expect(
      run(actor, givenFile("bad.csv", `${header}\n01,weather,,,,\n`), "codes", "my-bank"),
    ).rejects.toThrow("Line 2")
    expect(
      (
        await run(
          actor,
          givenFile("good.csv", `${header}\n01,card,insufficient_funds,check_card,No funds,余额不足\n`),
          "codes",
          "my-bank",
        )
      ).counts.accepted,
    ).toBe(1)
  })
})
