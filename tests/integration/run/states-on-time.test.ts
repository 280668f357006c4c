import sql from "sql-template-tag"
import { expect, test, vi } from "vitest"
import { takeFoldLock } from "@/lib/base/db/fold-lock"
import { asWorker } from "@/lib/base/db/transaction"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { runLoop } from "@/lib/run/worker/loop"
import { statesLoop } from "@/lib/run/worker/rounds"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { alwaysOpen } from "@/tests/support/flags"
import { givenBatch } from "@/tests/support/raw"

useDatabase()

const intervalMs = 60_000
const onTimeMs = 2000

/** A terminal that has just sent a heartbeat, as it does every minute. */
async function givenBeating(): Promise<number> {
  const { orgId } = await givenOrganisation()
  const { storeId } = await givenStore(orgId, { openingHours: alwaysOpen })
  const { terminalId } = await givenTerminal(orgId, { storeId })
  const rows = Array.from({ length: 10 }, (_, i) => ({
    terminal_id: terminalId,
    at: new Date(Date.now() - i * intervalMs).toISOString(),
  }))
  await givenBatch(orgId, "heartbeat", rows)
  return terminalId
}

/** The terminal has been silent since then. */
const silentSince = (terminalId: number, at: number) =>
  asWorker((db) =>
    db.query(sql`
      update terminal_state set last_received_at = ${new Date(at)}::timestamptz, next_state_at = '-infinity'
       where terminal_id = ${terminalId}::bigint`),
  )

async function stateOf(terminalId: number): Promise<string | undefined> {
  const [row] = await asWorker((db) =>
    db.query<{ online_state: string }>(sql`
      select online_state from terminal_state where terminal_id = ${terminalId}::bigint`),
  )
  return row?.online_state
}

/** An organisation with a due terminal that another process folds for as long as the test runs. */
async function whileOneIsFolded(run: () => Promise<void>): Promise<void> {
  const { orgId } = await givenOrganisation()
  const { terminalId } = await givenTerminal(orgId)
  await givenBatch(orgId, "heartbeat", [{ terminal_id: terminalId, at: new Date().toISOString() }])
  await foldAll()
  await asWorker(async (db) => {
    await takeFoldLock(db, orgId)
    await run()
  })
}

// With an interval of a minute, a terminal is late after 2 minutes, suspect after 10 and offline after 120.
const cases = [
  { minutes: 2, inMs: 1500, state: "late" },
  { minutes: 2, inMs: 2100, state: "late" },
  { minutes: 10, inMs: 1900, state: "suspect" },
  { minutes: 120, inMs: 2600, state: "offline" },
]

test("states change within two seconds of their deadline while the worker runs", async () => {
  const ids = await Promise.all(cases.map(givenBeating))
  await foldAll()
  await whileOneIsFolded(async () => {
    const startedAt = Date.now()
    await Promise.all(
      cases.map(({ minutes, inMs }, i) => silentSince(ids[i] ?? 0, startedAt + inMs - minutes * intervalMs)),
    )
    const stopping = new AbortController()
    const running = runLoop(statesLoop, stopping.signal)
    const tookMs = await Promise.all(
      cases.map(async ({ state, inMs }, i) => {
        await vi.waitFor(async () => expect(await stateOf(ids[i] ?? 0)).toBe(state), {
          timeout: 20_000,
          interval: 50,
        })
        return Date.now() - startedAt - inMs
      }),
    )
    stopping.abort()
    await running
    for (const ms of tookMs) {
      expect(ms).toBeGreaterThanOrEqual(0)
      expect(ms).toBeLessThan(onTimeMs)
    }
  })
})
