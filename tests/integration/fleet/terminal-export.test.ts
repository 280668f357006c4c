import { parse } from "csv-parse/sync"
import { readXlsx } from "hucre/xlsx"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { GET as exportTerminals } from "@/app/api/v1/terminals/export/route"
import { asWorker } from "@/lib/base/db/transaction"
import { TerminalEntry } from "@/lib/fleet/terminals/schemas"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson } from "@/tests/support/people"

useDatabase()

type Row = Record<string, string>

const rowsOfCsv = (text: string): Row[] => parse(text, { columns: true, bom: true })

async function rowsOfWorkbook(bytes: ArrayBuffer): Promise<Row[]> {
  const { sheets } = await readXlsx(bytes)
  const [head = [], ...rows] = sheets[0]?.rows.map((row) => row.map((cell) => String(cell ?? ""))) ?? []
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ""])))
}

/** With the byte order mark, which `text()` drops. */
const csvOf = async (headers: Record<string, string>, query = "") =>
  Buffer.from(
    await (
      await call(exportTerminals, `/api/v1/terminals/export?format=csv${query}`, { headers })
    ).arrayBuffer(),
  ).toString("utf8")

test("contains what the filters show, in their order, and can be imported again", async () => {
  const { orgId } = await givenOrganisation()
  const { storeId, code } = await givenStore(orgId, { name: "南京东路店" })
  for (const serial of ["SN-2", "SN-3", "SN-1"])
    await givenTerminal(orgId, { serial, storeId, tid: `T-${serial}` })
  await givenTerminal(orgId, { serial: "SN-9", status: "spare" })
  await asWorker((db) =>
    db.query(
      sql`update terminal set labels = '{pilot,"till 3"}' where org_id = ${orgId}::uuid and serial = 'SN-2'`,
    ),
  )
  const { headers } = await givenPerson(orgId, "viewer")

  const text = await csvOf(headers, "&status=active&order=desc")
  expect(
    text.startsWith(
      "\uFEFFserial,tid,acquirer,model,status,merchant,region,store,storeName,timeZone,address,labels," +
        "supplier,boughtOn,warrantyUntil\n",
    ),
  ).toBe(true)
  const rows = rowsOfCsv(text)
  expect(rows.map(({ serial, tid, labels }) => [serial, tid, labels])).toEqual([
    ["SN-3", "T-SN-3", ""],
    ["SN-2", "T-SN-2", "pilot; till 3"],
    ["SN-1", "T-SN-1", ""],
  ])
  for (const row of rows) {
    const entry = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ""))
    expect(
      TerminalEntry.parse({ ...entry, labels: row["labels"]?.split("; ").filter(Boolean) }),
    ).toMatchObject({ store: code, storeName: "南京东路店", status: "active", timeZone: "Asia/Shanghai" })
  }

  const book = await call(exportTerminals, "/api/v1/terminals/export?format=xlsx&status=active&order=desc", {
    headers,
  })
  expect(book.headers.get("content-disposition")).toContain("terminals.xlsx")
  expect(await rowsOfWorkbook(await book.arrayBuffer())).toEqual(rows)
})

test("never contains a formula", async () => {
  const { orgId } = await givenOrganisation()
  const { storeId } = await givenStore(orgId, { name: "=cmd|' /c calc'!A1" })
  await givenTerminal(orgId, { storeId, serial: "+SN", tid: "@T" })
  const { headers } = await givenPerson(orgId, "viewer")
  const [row] = rowsOfCsv(await csvOf(headers))
  expect(row).toMatchObject({ serial: "'+SN", tid: "'@T", storeName: "'=cmd|' /c calc'!A1" })
  const { sheets } = await readXlsx(
    await (await call(exportTerminals, "/api/v1/terminals/export?format=xlsx", { headers })).arrayBuffer(),
    { readStyles: true },
  )
  expect(sheets[0]?.rows[1]?.[8]).toBe("=cmd|' /c calc'!A1")
  expect([...(sheets[0]?.cells?.values() ?? [])].filter(({ type }) => type !== "string")).toEqual([])
})

test("has all pages, and fetches no more than is read", async () => {
  const { orgId } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  await asWorker((db) =>
    db.query(sql`
    with made as (insert into terminal (org_id, serial) select ${orgId}::uuid, 'SN' || to_char(n, 'FM00000')
      from generate_series(1, 3001) n returning id),
    placed as (insert into terminal_store (org_id, terminal_id, store_id, from_at) select ${orgId}::uuid, id,
      ${storeId}::bigint, '1970-01-01' from made)
    insert into terminal_status (org_id, terminal_id, status, from_at) select ${orgId}::uuid, id, 'active',
      '1970-01-01' from made`),
  )
  const { headers } = await givenPerson(orgId, "viewer")
  const serials = rowsOfCsv(await csvOf(headers)).map(({ serial }) => serial)
  expect(serials).toHaveLength(3001)
  expect(new Set(serials).size).toBe(3001)
  const book = await call(exportTerminals, "/api/v1/terminals/export?format=xlsx", { headers })
  expect(await rowsOfWorkbook(await book.arrayBuffer())).toHaveLength(3001)

  const slow = await call(exportTerminals, "/api/v1/terminals/export?format=csv", { headers })
  const reader = slow.body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  expect(value?.length).toBeLessThan(200_000)
  await reader?.cancel()
})

test("of an actor limited to one store contains that store's terminals", async () => {
  const { orgId } = await givenOrganisation()
  const [own] = [await givenTerminal(orgId), await givenTerminal(orgId)]
  const { headers } = await givenPerson(orgId, "viewer", { stores: [own.storeId] })
  expect(rowsOfCsv(await csvOf(headers)).map(({ serial }) => serial)).toEqual([own.serial])
})
