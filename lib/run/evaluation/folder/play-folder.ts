import { systemActor } from "@/lib/access/actor/actor"
import { ensurePartitions } from "@/lib/base/db/partitions"
import { metrics } from "@/lib/base/metrics"
import type { Day } from "@/lib/base/time/zone"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { setClock } from "@/lib/run/evaluation/folder/played-clock"
import type { ArrivalDay } from "@/lib/run/evaluation/folder/read-folder"
import { addSent, nothingSent, sendFile, type Sent } from "@/lib/run/evaluation/folder/send-file"
import { rounds } from "@/lib/run/worker/rounds"

/** How long each step took: ingest and the rounds of the worker. */
export type Seconds = Record<string, number>
export type PlayedDay = { sent: Sent; seconds: Seconds }

const dayMs = 86_400_000
const minuteMs = 60_000
/** A condition must hold twice before a flag opens, and be gone three times before it closes. */
const minutesBeforeEnd = [2, 1, 0]

/** The last moment of a UTC day. */
export const endOf = (day: Day): Date => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs - 1)

/** Plays one day: what arrived on it is ingested and folded, and the worker's rounds run at its end. */
export async function playDay(arrival: ArrivalDay, orgId: string): Promise<PlayedDay> {
  const now = endOf(arrival.day)
  const seconds: Seconds = {}
  const timed = async <T>(step: string, run: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    const result = await run()
    seconds[step] = (seconds[step] ?? 0) + (performance.now() - begun) / 1000
    return result
  }
  const sent = await timed("ingest", () => ingest(orgId, arrival, now))
  await timed("fold", foldAll)
  const { signal } = new AbortController()
  for (const minutes of minutesBeforeEnd)
    for (const { name, work, everyMs = 0 } of rounds)
      // A round that keeps a longer pace of its own runs once.
      if (everyMs <= minuteMs || minutes === 0)
        await timed(name, () => work({ now: new Date(now.getTime() - minutes * minuteMs), signal }))
  await endIfFailed()
  return { sent, seconds }
}

/** The worker tries again what has failed for an organisation. A folder would get wrong results. */
async function endIfFailed(): Promise<void> {
  const { values } = await metrics.organisationFailures.get()
  const failed = values.filter(({ value }) => value > 0).map(({ labels }) => String(labels.loop))
  if (failed.length > 0) throw new Error(`The round ${failed.join(", ")} failed.`)
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
