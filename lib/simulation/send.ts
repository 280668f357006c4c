import { Readable } from "node:stream"
import type { Actor } from "@/lib/access/actor"
import { recordHeartbeats } from "@/lib/heartbeats/record-heartbeats"
import type { IngestAnswer } from "@/lib/ingest/answer"
import { demoSeed, type Demo } from "@/lib/simulation/demo-organisation"
import { demoFleet } from "@/lib/simulation/fleet"
import { beatsOf, salesOf } from "@/lib/simulation/records"
import { recordTransactions } from "@/lib/transactions/record-transactions"

type Verb = typeof recordHeartbeats

async function post(verb: Verb, actor: Actor, records: Record<string, unknown>[]): Promise<number> {
  if (records.length === 0) return 0
  const body = Readable.from([Buffer.from(records.map((record) => JSON.stringify(record)).join("\n"))])
  const answer: IngestAnswer = await verb({
    actor,
    upload: { body, contentType: "application/x-ndjson", contentEncoding: null },
  })
  return answer.accepted
}

/** Sends what the demo's fleet measured and sold in [from, to), through the verbs of the API. Answers how many records were new. */
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
