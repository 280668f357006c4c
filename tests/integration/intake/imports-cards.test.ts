import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { deleteOldImports } from "@/lib/intake/imports/runs/keep-imports"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { preview, rejectedOf, imported, salesOf, header, pan } from "@/tests/support/sales-files"

useDatabase()

describe("a card number", () => {
  const body = [
    header,
    `T1,2026-05-04 09:00:00,1.00,${pan},51,600000000001,${pan}`,
    "T1,2026-05-04 09:01:00,1.00,6212 3456 7890 1232,00,600000000002,01",
    `T2,never,1.00,${pan},00,600000000003,01`,
    "T2,2026-05-04 09:02:00,1.00,4111-1111-1111-1111,00,600000000004,01",
    "",
  ].join("\n")

  test("is stored in no table, and equal cards have equal references", async () => {
    const org = await givenOrganisation()
    const run = await imported(org, body, "fileName=cards.csv")
    expect(run).toMatchObject({ accepted: 3, rejected: 1 })
    const [first, second, other] = await salesOf(org)
    expect(first?.card_ref).toMatch(/^h1:\d+:/)
    expect(second?.card_ref).toBe(first?.card_ref)
    expect(other?.card_ref).not.toBe(first?.card_ref)
    expect(first?.operator).toBe("621234******1232")

    // All rows of all tables as text. Chunks are compressed, so they are read through the preview.
    const tables = await asWorker((db) =>
      db.query<{ name: string }>(sql`
      select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace
        and c.relkind in ('r', 'p') and not c.relispartition and has_table_privilege(c.oid, 'select')`),
    )
    expect(tables.length).toBeGreaterThan(25)
    const holding = await asWorker((db) =>
      db.query<{ name: string }>(sql`
      select t.name from unnest(${tables.map(({ name }) => name)}::text[]) as t (name)
       where (xpath('/table/row/found/text()',
         query_to_xml(
           format(
             'select count(*) as found from %I x where regexp_replace(x::text, %L, %L, %L) ~ %L',
             t.name, '[ -]', '', 'g', '6212345678901232|4111111111111111'),
           false, false, '')))[1]::text <> '0'`),
    )
    expect(holding).toEqual([])
    const shown = JSON.stringify(await preview(org, run, run.mapping))
    expect(shown).toContain("621234******1232")
    expect(shown.replaceAll(/[ -]/g, "")).not.toMatch(/6212345678901232|4111111111111111/)
    expect(await (await rejectedOf(org, run)).text()).not.toContain(pan)
  })

  test("has its reference deleted after 14 days, while tokens in the file stay", async () => {
    const org = await givenOrganisation()
    const run = await imported(org, body, "fileName=cards.csv")
    await imported(
      org,
      `${header},cardRef\nT1,2026-05-04 09:00:30,1.00,,00,600000000009,01,tok-1\n`,
      "fileName=tokens.csv",
    )
    const refs = async () => (await salesOf(org)).map(({ card_ref }) => card_ref?.slice(0, 3) ?? null)
    await deleteOldImports()
    expect(await refs()).toEqual(["h1:", "tok", "h1:", "h1:"])
    const age = (days: number) =>
      asWorker(async (db) => {
        await db.query(
          sql`
            update import_run set finished_at = now() - ${days}::int * interval '1 day'
            where id = ${run.id}::uuid`,
        )
        await db.query(
          sql`
            update ingest_batch set received_at = now() - ${days}::int * interval '1 day'
            where org_id = ${org.orgId}::uuid`,
        )
        await db.query(
          sql`
            update card_key set created_at = now() - ${days}::int * interval '1 day'
            where org_id = ${org.orgId}::uuid`,
        )
      })
    await age(15)
    await deleteOldImports()
    expect(await refs()).toEqual([null, "tok", null, null])

    // Another file gets another key. The old key is deleted once no reference can be made with it.
    await imported(org, `${header}\nT1,2026-05-05 09:00:00,1.00,${pan},00,600000000011,01\n`)
    const keys = () =>
      asWorker((db) => db.query(sql`select 1 from card_key where org_id = ${org.orgId}::uuid`))
    expect(await keys()).toHaveLength(2)
    await age(29)
    await deleteOldImports()
    expect(await keys()).toHaveLength(0)
    expect((await refs()).at(-1)).toBeNull()
  })
})
