import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { takeRound } from "@/lib/run/worker/take-round"
import { useDatabase } from "@/tests/support/database"

useDatabase()

const begun = async (name: string) =>
  (await Promise.all(Array.from({ length: 8 }, () => takeRound(name, 60_000)))).filter(Boolean).length

test("lets one of many workers begin a round, and the next only when it is due", async () => {
  expect(await begun("detect")).toBe(1)
  expect(await begun("detect")).toBe(0)
  expect(await begun("another")).toBe(1)
  await asWorker((db) =>
    db.query(sql`update loop_run set begun_at = now() - interval '61 s' where name = 'detect'`),
  )
  expect(await begun("detect")).toBe(1)
})
