import { systemActor } from "@/lib/access/actor/actor"
import { ensurePartitions } from "@/lib/base/db/partitions"
import type { Day } from "@/lib/base/time/zone"
import { detectAll } from "@/lib/insight/flags/detect"
import { settleNight } from "@/lib/insight/nights/settle-night"
import { settleStates } from "@/lib/insight/silence/settle-states"
import { judgeFailedSales } from "@/lib/insight/verdicts/judge-failed-sales"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { setClock } from "@/lib/run/evaluation/folder/played-clock"
import type { ArrivalDay } from "@/lib/run/evaluation/folder/read-folder"
import { addSent, nothingSent, sendFile, type Sent } from "@/lib/run/evaluation/folder/send-file"

/** The steps of a day, so that a run can say where its time goes. */
export const steps = ["ingest", "fold", "rounds", "verdicts", "night"] as const
export type Seconds = Record<(typeof steps)[number], number>
export type PlayedDay = { sent: Sent; seconds: Seconds }

const dayMs = 86_400_000
const minuteMs = 60_000

/** The last moment of a UTC day. */
export const endOf = (day: Day): Date => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs - 1)

/** Plays one day: what arrived on it is ingested and folded, and the worker's rounds run at its end. */
export async function playDay(arrival: ArrivalDay, orgId: string): Promise<PlayedDay> {
  const now = endOf(arrival.day)
  const seconds: Seconds = { ingest: 0, fold: 0, rounds: 0, verdicts: 0, night: 0 }
  const timed = async <T>(step: keyof Seconds, run: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    const result = await run()
    seconds[step] += (performance.now() - begun) / 1000
    return result
  }
  const sent = await timed("ingest", () => ingest(orgId, arrival, now))
  await timed("fold", foldAll)
  await timed("rounds", async () => {
    // A condition must hold twice before a flag opens, and be gone three times before it closes.
    for (const at of [2, 1, 0].map((ago) => new Date(now.getTime() - ago * minuteMs))) {
      await settleStates({ now: at })
      await detectAll({ now: at })
    }
  })
  // Nights leave out failed reads that verdicts put down to the card.
  await timed("verdicts", () => judgeFailedSales({ orgId, now }))
  await timed("night", () => settleNight({ orgId, at: now }))
  return { sent, seconds }
}

async function ingest(orgId: string, { heartbeats, transactions }: ArrivalDay, now: Date): Promise<Sent> {
  await setClock(now)
  await ensurePartitions()
  const to = { actor: systemActor(orgId), receivedAt: now }
  const total = nothingSent()
  if (heartbeats) addSent(total, await sendFile(recordHeartbeats, { ...to, path: heartbeats }))
  if (transactions) addSent(total, await sendFile(recordTransactions, { ...to, path: transactions }))
  return total
}
