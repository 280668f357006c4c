import { systemActor } from "@/lib/access/actor/actor"
import { ensurePartitions } from "@/lib/base/db/partitions"
import type { Day } from "@/lib/base/time/zone"
import { detectAll } from "@/lib/insight/flags/detect"
import { settleStates } from "@/lib/insight/silence/settle-states"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { setClock } from "@/lib/run/evaluation/folder/played-clock"
import { noteDay } from "@/lib/run/evaluation/folder/progress"
import type { ArrivalDay } from "@/lib/run/evaluation/folder/read-folder"
import { addTo, nothingSent, sendFile, type Sent } from "@/lib/run/evaluation/folder/send-file"

/** A step of a day, by name, so that a run can say where its time goes. */
export type Seconds = Record<"ingest" | "fold" | "rounds", number>
export type PlayedDay = { day: Day; sent: Sent; seconds: Seconds }

/** The last moment of a UTC day. */
export const endOf = (day: Day): Date => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000 - 1)

/** Plays one day: what arrived on it is ingested and folded, and all rounds run at its end. */
export async function playDay(
  orgId: string,
  { day, heartbeats, transactions }: ArrivalDay,
): Promise<PlayedDay> {
  const now = endOf(day)
  const seconds: Seconds = { ingest: 0, fold: 0, rounds: 0 }
  const timed = async <T>(step: keyof Seconds, run: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    const result = await run()
    seconds[step] += (performance.now() - begun) / 1000
    return result
  }
  const sent = await timed("ingest", async () => {
    await setClock(now)
    await ensurePartitions()
    const actor = systemActor(orgId)
    const total = nothingSent()
    if (heartbeats) add(total, await sendFile(recordHeartbeats, { actor, path: heartbeats, receivedAt: now }))
    if (transactions)
      add(total, await sendFile(recordTransactions, { actor, path: transactions, receivedAt: now }))
    return total
  })
  await timed("fold", foldAll)
  await timed("rounds", async () => {
    await settleStates({ now })
    await detectAll({ now })
  })
  await noteDay(day)
  return { day, sent, seconds }
}

function add(total: Sent, { accepted, duplicates, rejected }: Sent): void {
  total.accepted += accepted
  total.duplicates += duplicates
  for (const [code, count] of Object.entries(rejected)) addTo(total.rejected, code, count)
}
