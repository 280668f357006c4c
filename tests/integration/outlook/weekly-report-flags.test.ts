import { parse } from "csv-parse/sync"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { GET as getCsv } from "@/app/api/v1/reports/weekly/[week]/csv/route"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays } from "@/lib/base/time/zone"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { monday, phoenix, reportOf, shanghai, sunday, week } from "@/tests/support/weekly-report"

useDatabase()

describe("flags in the weekly report", () => {
  type Given = { opened: string | null; closed?: string; status?: string }
  const givenFlag = (
    orgId: string,
    { terminalId, storeId }: { terminalId: number; storeId: number },
    { opened, closed, status }: Given,
  ) =>
    asWorker((db) =>
      db.query(sql`
      insert into flag (org_id, kind, rule, subject, terminal_id, store_id, status, since_at, opened_at,
        closed_at, evaluated_at, reasons)
      values (${orgId}::uuid, 'maintenance', 'self_check', ${`terminal:${terminalId}`}, ${terminalId}::bigint,
              ${storeId}::bigint,
              ${status ?? (closed === undefined ? "open" : "closed")},
              ${opened ?? shanghai(1, "08:00:00")}::timestamptz, ${opened}::timestamptz,
              ${closed ?? null}::timestamptz, now(),
              '[{"code": "check_failed", "check": "pinpad"}]'::jsonb)`),
    )

  test("are those opened, closed and open in the store's own week", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId: far } = await givenStore(orgId, { name: "Far", timeZone: "America/Phoenix" })
    const one = async (name: string, given: Given, storeId?: number) => {
      const terminal = await givenTerminal(orgId, {
        serial: name,
        ...(storeId === undefined ? {} : { storeId }),
      })
      await givenFlag(orgId, terminal, given)
    }
    await one("long open", { opened: shanghai(-9, "10:00:00") })
    await one("long closed", { opened: shanghai(-9, "10:00:00"), closed: shanghai(-2, "10:00:00") })
    await one("closed in the week", {
      opened: shanghai(-9, "10:00:00"),
      closed: shanghai(monday, "00:00:00"),
    })
    await one("came and went", { opened: shanghai(1, "10:00:00"), closed: shanghai(3, "10:00:00") })
    await one("closed after it", { opened: shanghai(sunday, "10:00:00"), closed: shanghai(7, "00:00:00") })
    await one("opened after it", { opened: shanghai(7, "00:00:00") })
    await one("never shown", { opened: null, status: "candidate" })
    await one("far, the week before", { opened: phoenix(-1, "23:00:00") }, far)
    await one("far, late on Sunday", { opened: phoenix(sunday, "23:00:00") }, far)
    const other = await givenOrganisation()
    await givenFlag(other.orgId, await givenTerminal(other.orgId), { opened: shanghai(1, "10:00:00") })

    const { flags } = await reportOf(readKey)
    const names = (part: typeof flags.open) => part.map(({ terminal }) => terminal?.serial).toSorted()
    expect(names(flags.opened)).toEqual(["came and went", "closed after it", "far, late on Sunday"])
    expect(names(flags.closed)).toEqual(["came and went", "closed in the week"])
    expect(names(flags.open)).toEqual([
      "closed after it",
      "far, late on Sunday",
      "far, the week before",
      "long open",
    ])
    expect(flags.open[0]).toMatchObject({
      kind: "maintenance",
      reasons: [{ code: "check_failed", check: "pinpad" }],
      store: { name: "Far" },
    })
  })

  test("are in the CSV in both languages, and no cell is a formula", async () => {
    const { orgId, readKey } = await givenOrganisation()
    const { storeId } = await givenStore(orgId, { name: '=HYPERLINK("http://example.com")', code: "+1" })
    const terminal = await givenTerminal(orgId, { storeId, serial: "-12" })
    await givenFlag(orgId, terminal, { opened: shanghai(1, "10:00:00") })
    const csv = async (lang: string) => {
      const response = await call(getCsv, `/api/v1/reports/weekly/${week.name}/csv?lang=${lang}`, {
        key: readKey,
        params: { week: week.name },
      })
      expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8")
      expect(response.headers.get("content-disposition")).toBe(
        `attachment; filename="tillwatch-${week.name}-${lang}.csv"`,
      )
      const bytes = Buffer.from(await response.arrayBuffer())
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
      return parse(bytes, { bom: true, relax_column_count: true, skip_empty_lines: true }) as string[][]
    }
    const english = await csv("en")
    const row = english.find((cells) => cells.includes("'-12"))
    expect(row?.[0]).toBe('\'=HYPERLINK("http://example.com")')
    expect(row).toContain("Self-check failed: PIN pad")
    expect(row).toContain(`${addDays(week.from, 1)} 10:00`)
    const chinese = await csv("zh")
    expect(chinese[0]?.slice(0, 2)).toEqual(["终端维护周报", week.name])
    expect(chinese.find((cells) => cells.includes("'-12"))?.join()).toContain("自检异常")
    expect(chinese.length).toBe(english.length)
  })
})
