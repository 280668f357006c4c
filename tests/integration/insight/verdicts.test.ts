import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import type { Cause } from "@/lib/fleet/code-packs/cause"
import { judgeFailedSales } from "@/lib/insight/verdicts/judge-failed-sales"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenTerminal } from "@/tests/support/factories"
import { at } from "@/tests/support/fold-sales"
import { lines, transactions } from "@/tests/support/ingest"

useDatabase()

type Stored = { id: string; cause: Cause; version: number; share: number }

const verdictsOf = (orgId: string) =>
  asWorker((db) =>
    db.query<Stored>(sql`
      select id, cause, version,
             round((p_device + p_card + p_operator + p_system)::numeric, 4)::float as share
        from verdict where org_id = ${orgId}::uuid order by id`),
  )

describe("a failed sale", () => {
  test("gets a verdict, and an approved one gets none", async () => {
    const { orgId, ingestKey } = await givenOrganisation()
    const { serial } = await givenTerminal(orgId, { codeSystem: "unionpay" })
    const sale = { terminal: serial, entryMode: "chip", amountMinor: 1000, currency: "CNY" }
    const body = lines([
      { ...sale, id: "a", at: at(0), outcome: "approved", code: "00" },
      { ...sale, id: "b", at: at(600), outcome: "declined", code: "51" },
      { ...sale, id: "c", at: at(1200), outcome: "declined", code: "91" },
      { ...sale, id: "d", at: at(1800), outcome: "declined", code: "no such code" },
    ])
    await transactions({ key: ingestKey, body })
    await foldAll()
    await judgeFailedSales({ orgId, now: new Date() })
    expect(await verdictsOf(orgId)).toEqual([
      { id: "b", cause: "card", version: 1, share: 1 },
      { id: "c", cause: "system", version: 1, share: 1 },
      { id: "d", cause: "unknown", version: 1, share: 1 },
    ])
    expect(await judgeFailedSales({ orgId, now: new Date() })).toEqual({ batches: 0, judged: 0 })
  })
})
