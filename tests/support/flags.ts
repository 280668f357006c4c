import { GET as getFlags } from "@/app/api/v1/flags/route"
import type { Db } from "@/lib/base/db/transaction"
import { detectOnce } from "@/lib/insight/flags/detect"
import type { FlagPage } from "@/lib/insight/flags/schemas"
import { settleOrganisation } from "@/lib/insight/silence/settle-states"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { call } from "@/tests/support/http"
import { givenBatch } from "@/tests/support/raw"

export const minute = 60_000
export const alwaysOpen = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [day, [["00:00", "24:00"]]]),
)

type Fields = Record<string, unknown>

/** Stores `count` heartbeats, `every` minutes apart; the last one is from `until` minutes ago. */
export async function givenBeats(
  orgId: string,
  terminalId: number,
  {
    every = 15,
    until = 1,
    count = 10,
    fields = {},
  }: { every?: number; until?: number; count?: number; fields?: Fields } = {},
) {
  const rows = Array.from({ length: count }, (_, i) => ({
    terminal_id: terminalId,
    at: new Date(Date.now() - (until + i * every) * minute).toISOString(),
    ...fields,
  }))
  await givenBatch(orgId, "heartbeat", rows, new Date(Date.now() - until * minute))
  await foldAll()
}

/** The worker's rounds, half a minute apart, from now or so that the last is in `endingIn` minutes. */
export async function detect(orgId: string, runs: number, endingIn = 0) {
  const first = Date.now() + Math.max(0, endingIn - (runs - 1) / 2) * minute
  for (let run = 0; run < runs; run += 1) {
    const now = new Date(first + (run * minute) / 2)
    await settleOrganisation({ orgId, now })
    await detectOnce({ orgId, now })
  }
}

export const flagsOf = async (key: string, search = ""): Promise<FlagPage> =>
  (await call(getFlags, `/api/v1/flags${search}`, { key })).json() as Promise<FlagPage>

/** A transaction that runs `action` just before it takes the fold's lock. */
export const beforeFoldLock = (db: Db, action: () => Promise<unknown>): Db => ({
  ...db,
  query: async (statement) => {
    if (statement.sql.includes("pg_advisory_xact_lock(")) await action()
    return db.query(statement)
  },
})
