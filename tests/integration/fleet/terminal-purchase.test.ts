import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getLeague } from "@/app/api/v1/league/route"
import { PUT as changeSupplier } from "@/app/api/v1/suppliers/[id]/route"
import { GET as getTerminal, PATCH as patchTerminal } from "@/app/api/v1/terminals/[id]/route"
import { POST as changeMany } from "@/app/api/v1/terminals/bulk/route"
import { GET as getTerminals, POST as addTerminal } from "@/app/api/v1/terminals/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import type { Terminal, TerminalPage } from "@/lib/fleet/terminals/schemas"
import type { LeagueTable } from "@/lib/outlook/league/schemas"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { minutesAgo } from "@/tests/support/ingest"
import { givenPerson, type Person } from "@/tests/support/people"
import { send, read, givenSupplier, givenFleet } from "@/tests/support/purchases"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const refusalOf = async (answer: Promise<Response>) => {
  const response = await answer
  return { status: response.status, ...((await response.json()) as object) }
}

const purchaseOf = async (by: Person, id: number) => {
  const terminal = await read<Terminal>(
    call(getTerminal, "/api/v1/terminals/x", { headers: by.headers, params: { id: String(id) } }),
  )
  return {
    supplier: terminal.supplier?.name ?? null,
    boughtOn: terminal.boughtOn,
    warrantyUntil: terminal.warrantyUntil,
    basis: terminal.warrantyBasis,
    isOver: terminal.isWarrantyOver,
  }
}

const patch = (by: Person, id: number, body: object) => send(patchTerminal, by, body, id)

const list = (by: Person, query: string) =>
  read<TerminalPage>(call(getTerminals, `/api/v1/terminals?${query}`, { headers: by.headers }))

const serials = async (by: Person, query: string) => (await list(by, query)).data.map(({ serial }) => serial)

const entries = (orgId: string) =>
  asWorker((db) =>
    db.query<{ subject_name: string; before: object | null; after: object | null }>(sql`
  select subject_name, before, after from audit_entry where org_id = ${orgId}::uuid
    and action like 'terminal.%' order by id`),
  )

describe("a purchase", () => {
  test("comes with a new terminal; the warranty follows the supplier's months or is entered", async () => {
    const { orgId, admin, storeId, supplierId } = await givenFleet()
    const { id } = await read<{ id: number }>(
      send(addTerminal, admin, { serial: "SN-1", store: storeId, supplierId, boughtOn: "2022-02-28" }),
    )
    expect(await purchaseOf(admin, id)).toEqual({
      supplier: "Harbour",
      boughtOn: "2022-02-28",
      warrantyUntil: "2024-02-28",
      basis: "computed",
      isOver: true,
    })
    await read(patch(admin, id, { boughtOn: "2022-02-27" }))
    expect(await purchaseOf(admin, id)).toMatchObject({ warrantyUntil: "2024-02-27", basis: "computed" })
    await read(patch(admin, id, { warrantyUntil: "2099-12-31" }))
    await read(patch(admin, id, { boughtOn: "2022-03-01", labels: ["pilot"] }))
    expect(await purchaseOf(admin, id)).toEqual({
      supplier: "Harbour",
      boughtOn: "2022-03-01",
      warrantyUntil: "2099-12-31",
      basis: "entered",
      isOver: false,
    })
    await read(patch(admin, id, { warrantyUntil: null }))
    expect(await purchaseOf(admin, id)).toMatchObject({ warrantyUntil: "2024-03-01", basis: "computed" })
    expect(await read(patch(admin, id, { boughtOn: "2022-03-01" }))).toEqual({ changed: 0 })
    await read(patch(admin, id, { supplierId: null }))
    expect(await purchaseOf(admin, id)).toEqual({
      supplier: null,
      boughtOn: "2022-03-01",
      warrantyUntil: null,
      basis: null,
      isOver: false,
    })
    expect((await entries(orgId)).slice(0, 4)).toMatchObject([
      {
        subject_name: "SN-1",
        after: { supplier: "Harbour", boughtOn: "2022-02-28", warrantyUntil: "2024-02-28" },
      },
      {
        before: { boughtOn: "2022-02-28", warrantyUntil: "2024-02-28" },
        after: { boughtOn: "2022-02-27", warrantyUntil: "2024-02-27" },
      },
      { before: { warrantyUntil: "2024-02-27" }, after: { warrantyUntil: "2099-12-31" } },
      {
        before: { boughtOn: "2022-02-27", labels: [] },
        after: { boughtOn: "2022-03-01", labels: ["pilot"] },
      },
    ])
  })

  test("is refused from an unknown supplier, from a manufacturer, and after its warranty", async () => {
    const { admin, storeId, supplierId } = await givenFleet()
    const maker = await givenSupplier(admin, "Maker", { isManufacturer: true, isSupplier: false })
    const foreign = (await givenFleet()).supplierId
    const add = (more: object) =>
      refusalOf(send(addTerminal, admin, { serial: "SN-1", store: storeId, ...more }))
    expect(await add({ supplierId: foreign })).toMatchObject({
      status: 422,
      field: "supplierId",
      detail: "This supplier does not exist.",
    })
    expect(await add({ supplierId: maker })).toMatchObject({
      status: 422,
      field: "supplierId",
      detail: expect.stringContaining("Maker is only a manufacturer") as string,
    })
    expect(await add({ boughtOn: "2025-06-01", warrantyUntil: "2025-05-31" })).toMatchObject({
      status: 422,
      field: "warrantyUntil",
      reason: "warranty_before_purchase",
    })
    expect(await add({ boughtOn: "0205-06-01" })).toMatchObject({ status: 422 })
    const { id } = await read<{ id: number }>(
      send(addTerminal, admin, { serial: "SN-1", store: storeId, supplierId, warrantyUntil: "2025-05-31" }),
    )
    expect(await refusalOf(patch(admin, id, { boughtOn: "2025-06-01" }))).toMatchObject({
      status: 422,
      reason: "warranty_before_purchase",
    })
    expect(await purchaseOf(admin, id)).toMatchObject({
      supplier: "Harbour",
      boughtOn: null,
      warrantyUntil: "2025-05-31",
    })
  })

  test("of many terminals is changed at once, and each refusal is named", async () => {
    const { orgId, admin, storeId, supplierId } = await givenFleet()
    const [first, second, third] = [
      await givenTerminal(orgId, { serial: "B-1", storeId }),
      await givenTerminal(orgId, { serial: "B-2", storeId }),
      await givenTerminal(orgId, { serial: "C-3" }),
    ]
    await read(patch(admin, second.terminalId, { warrantyUntil: "2024-12-31" }))
    const change = { kind: "purchase", supplierId, boughtOn: "2025-01-31" }
    const limited = await givenPerson(orgId, "manager", { stores: [storeId] })
    expect(
      await read(
        send(changeMany, limited, { terminals: { ids: [first.terminalId, third.terminalId] }, change }),
      ),
    ).toMatchObject({ changed: 1, refused: [{ id: third.terminalId, reason: "not_found" }] })
    expect(await read(send(changeMany, admin, { terminals: { filter: { q: "B-" } }, change }))).toMatchObject(
      { changed: 0, refused: [{ serial: "B-2", reason: "warranty_before_purchase" }] },
    )
    expect(
      await read(
        send(changeMany, admin, { terminals: { filter: {} }, change: { kind: "purchase", supplierId } }),
      ),
    ).toMatchObject({ changed: 2, refused: [] })
    expect(await purchaseOf(admin, first.terminalId)).toMatchObject({
      supplier: "Harbour",
      boughtOn: "2025-01-31",
      warrantyUntil: "2027-01-31",
    })
    expect(await purchaseOf(admin, second.terminalId)).toMatchObject({
      supplier: "Harbour",
      boughtOn: null,
      warrantyUntil: "2024-12-31",
    })
    expect((await entries(orgId)).slice(1)).toEqual([
      {
        subject_name: "B-1",
        before: { supplier: null, boughtOn: null, warrantyUntil: null },
        after: { supplier: "Harbour", boughtOn: "2025-01-31", warrantyUntil: "2027-01-31" },
      },
      { subject_name: "B-2", before: { supplier: null }, after: { supplier: "Harbour" } },
      { subject_name: "C-3", before: { supplier: null }, after: { supplier: "Harbour" } },
    ])
    const foreign = (await givenFleet()).supplierId
    expect(
      await refusalOf(
        send(changeMany, admin, {
          terminals: { filter: {} },
          change: { kind: "purchase", supplierId: foreign },
        }),
      ),
    ).toMatchObject({ status: 422, field: "supplierId" })
  })

  test("follows the supplier's months when these change, unless its warranty was entered", async () => {
    const { admin, storeId, supplierId } = await givenFleet()
    const added = async (serial: string, more: object) =>
      (
        await read<{ id: number }>(
          send(addTerminal, admin, { serial, store: storeId, supplierId, boughtOn: "2024-08-31", ...more }),
        )
      ).id
    const [counted, entered] = [await added("SN-1", {}), await added("SN-2", { warrantyUntil: "2030-01-01" })]
    const months = async (warrantyMonths: number | null) =>
      read(send(changeSupplier, admin, { name: "Harbour", isSupplier: true, warrantyMonths }, supplierId))
    const ends = async () =>
      [await purchaseOf(admin, counted), await purchaseOf(admin, entered)].map(({ warrantyUntil, basis }) => [
        warrantyUntil,
        basis,
      ])
    await months(18)
    expect(await ends()).toEqual([
      ["2026-02-28", "computed"],
      ["2030-01-01", "entered"],
    ])
    await months(null)
    expect(await ends()).toEqual([
      [null, null],
      ["2030-01-01", "entered"],
    ])
    await months(6)
    expect(await ends()).toEqual([
      ["2025-02-28", "computed"],
      ["2030-01-01", "entered"],
    ])
    expect(
      (await send(changeMany, admin, { terminals: { ids: [counted] }, change: { kind: "purchase" } })).status,
    ).toBe(422)
  })

  test("can be filtered by supplier and by warranty on the store's date", async () => {
    const { admin, storeId, supplierId } = await givenFleet()
    const today = localDay(new Date(), "Asia/Shanghai")
    const ends = { "SN-over": -1, "SN-today": 0, "SN-30": 30, "SN-31": 31, "SN-365": 365 }
    for (const [serial, days] of Object.entries(ends))
      await read(
        send(addTerminal, admin, {
          serial,
          store: storeId,
          warrantyUntil: addDays(today, days),
          ...(days > 0 ? { supplierId } : {}),
        }),
      )
    await read(send(addTerminal, admin, { serial: "SN-unknown", store: storeId }))
    expect(await serials(admin, "warranty=over")).toEqual(["SN-over"])
    expect(await serials(admin, "warranty=within30")).toEqual(["SN-30", "SN-today"])
    expect(await serials(admin, "warranty=within90")).toEqual(["SN-30", "SN-31", "SN-today"])
    expect(await serials(admin, "warranty=within365")).toEqual(["SN-30", "SN-31", "SN-365", "SN-today"])
    expect(await serials(admin, "warranty=unknown")).toEqual(["SN-unknown"])
    expect(await serials(admin, `supplier=${supplierId}&warranty=within30`)).toEqual(["SN-30"])
    expect((await list(admin, "q=SN-over")).data).toMatchObject([
      { supplier: null, warrantyUntil: addDays(today, -1), isWarrantyOver: true },
    ])
  })

  test("counts the terminal's sales for its supplier in the league table", async () => {
    const { orgId, admin, storeId, supplierId } = await givenFleet()
    const { terminalId } = await givenTerminal(orgId, { storeId })
    await givenBatch(orgId, "transaction", [
      { terminal_id: terminalId, at: minutesAgo(10), id: "1", outcome: "approved", entry_mode: "chip" },
    ])
    await foldAll()
    const today = localDay(new Date(), "Asia/Shanghai")
    const league = () =>
      read<LeagueTable>(
        call(getLeague, `/api/v1/league?by=supplier&from=${addDays(today, -2)}&to=${today}`, {
          headers: admin.headers,
        }),
      )
    expect((await league()).data).toEqual([])
    await read(
      send(changeMany, admin, { terminals: { ids: [terminalId] }, change: { kind: "purchase", supplierId } }),
    )
    expect((await league()).data).toMatchObject([
      { id: supplierId, name: "Harbour", terminals: 1, attempts: 1 },
    ])
  })
})
