import fc from "fast-check"
import sql from "sql-template-tag"
import { expect, test, vi } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { addDays, localDay } from "@/lib/base/time/zone"
import { checkRollups } from "@/lib/rollups/fold/check-rollups"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { moveRecords } from "@/lib/rollups/merge/move-records"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const interrupted = new Error("interrupted")

/** A signal that interrupts after so many steps. */
function after(steps: number): AbortSignal {
  const { signal } = new AbortController()
  let left = steps
  vi.spyOn(signal, "throwIfAborted").mockImplementation(() => {
    if (left === 0) throw interrupted
    left -= 1
  })
  return signal
}

/** Long ago, so that it is not recounted with today. */
const daysAgo = 20

test("a merge counts all days again whose records it moved, wherever a run was interrupted", async () => {
  const { orgId } = await givenOrganisation()
  const { storeId } = await givenStore(orgId)
  const [{ terminalId: kept }, { terminalId: merged }] = [
    await givenTerminal(orgId, { storeId }),
    await givenTerminal(orgId, { storeId }),
  ]
  const day = addDays(localDay(new Date(), "UTC"), -daysAgo)
  const beats = (id: number, hours: string[]) =>
    givenBatch(
      orgId,
      "heartbeat",
      hours.map((hour) => ({ terminal_id: id, at: `${day}T${hour}:00:00Z`, battery_pct: 50 })),
    )
  await asWorker((db) =>
    db.query(sql`update terminal set merged_into = ${kept}::bigint where id = ${merged}::bigint`),
  )
  // The merge does not know of the merged terminal's day, and it is folded under the old name.
  await beats(kept, ["01", "03"])
  await beats(merged, ["02", "04"])
  await foldAll()
  const move = (steps: number) =>
    moveRecords({ orgId, from: merged, to: kept, days: [], signal: after(steps) })
  // When all is moved and nothing is recounted, and when some days are.
  const [someDays] = fc.sample(fc.integer({ min: 1, max: 6 }), 1)
  for (const steps of [1, someDays ?? 1]) await expect(move(steps)).rejects.toBe(interrupted)
  await move(Infinity)
  const days = { from: addDays(day, -2), to: addDays(day, 2) }
  expect(await checkRollups({ orgId, ...days, isRepair: false })).toEqual([])
})
