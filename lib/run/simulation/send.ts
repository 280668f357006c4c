import type { Actor } from "@/lib/access/actor/actor"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import type { IngestAnswer } from "@/lib/intake/ingest/answer"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"
import { demoSeed, type Demo } from "@/lib/run/simulation/demo-organisation"
import { demoFleet } from "@/lib/run/simulation/fleet"
import { beatsOf, salesOf } from "@/lib/run/simulation/records"

type Verb = typeof recordHeartbeats

async function post(verb: Verb, actor: Actor, records: Record<string, unknown>[]): Promise<number> {
  if (records.length === 0) return 0
  const body = Buffer.from(records.map((record) => JSON.stringify(record)).join("\n"))
  const answer: IngestAnswer = await verb({
    actor,
    upload: { body, contentType: "application/x-ndjson", contentEncoding: null },
  })
  return answer.accepted
}

/** Sends the demo's records in [from, to) through the verbs of the API. Returns how many were new. */
export async function sendWindow(
  { actor, startedAt }: Demo,
  from: number,
  to: number,
  { isLive }: { isLive: boolean },
): Promise<number> {
  const fleet = demoFleet(demoSeed)
  const window = { seed: demoSeed, startedAt, from, to, isLive }
  const beats = await post(
    recordHeartbeats,
    actor,
    fleet.flatMap((terminal) => beatsOf(terminal, window)),
  )
  return (
    beats +
    (await post(
      recordTransactions,
      actor,
      fleet.flatMap((terminal) => salesOf(terminal, window)),
    ))
  )
}
