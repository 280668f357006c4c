import type { Actor } from "@/lib/access/actor/actor"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import type { IngestAnswer } from "@/lib/intake/ingest/answer"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"
import type { Demo } from "@/lib/run/demo/organisation"

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
  { actor, records }: Demo,
  from: number,
  to: number,
  { isLive }: { isLive: boolean },
): Promise<number> {
  const { beats, sales } = records.between({ from, to, isLive })
  return (await post(recordHeartbeats, actor, beats)) + (await post(recordTransactions, actor, sales))
}
