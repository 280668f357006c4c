import { POST as postHeartbeats } from "@/app/api/v1/heartbeats/route"
import { POST as postTransactions } from "@/app/api/v1/transactions/route"
import { closeDatabase } from "@/lib/base/db/client"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { givenTerminals } from "@/tests/bench/ingest"
import { startOfDay } from "@/tests/bench/ingest-parts"
import { beatLine, Bodies, saleLine } from "@/tests/bench/records"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { isFolded } from "@/tests/support/raw"
import { workerOf } from "@/tests/support/stack"
import { until } from "@/tests/support/wait"

// The figures of the database at DATABASE_URL, as a line of JSON.
const terminals = 300
const minutes = 200
const senders = 4
const foldsWithinMs = 120_000
const routes = { heartbeats: postHeartbeats, transactions: postTransactions } as const
type Noun = keyof typeof routes

const startAt = startOfDay(2)
const bodies = {
  heartbeats: new Bodies({ terminals, size: terminals, startAt, line: beatLine }),
  transactions: new Bodies({ terminals, size: terminals, startAt, line: saleLine }),
}

async function send(key: string, noun: Noun): Promise<void> {
  const response = await call(routes[noun], `/api/v1/${noun}`, {
    key,
    body: new Uint8Array(bodies[noun].next()),
    headers: { "content-type": "application/x-ndjson" },
  })
  const text = await response.text()
  const { accepted } = JSON.parse(text) as { accepted?: number }
  if (accepted !== terminals) throw new Error(`answered ${response.status}: ${text.slice(0, 300)}`)
}

/** Sends so many minutes of all terminals. Returns the rows a second. */
async function ingest(key: string): Promise<number> {
  const startedAt = performance.now()
  let left = minutes
  await Promise.all(
    Array.from({ length: senders }, async () => {
      while (left > 0) {
        left -= 1
        for (const noun of ["heartbeats", "transactions"] as const) await send(key, noun)
      }
    }),
  )
  return (minutes * terminals * 2) / ((performance.now() - startedAt) / 1000)
}

const { orgId, ingestKey } = await givenOrganisation()
await givenTerminals(orgId, terminals)
for (const noun of ["heartbeats", "transactions"] as const) await send(ingestKey, noun)
await foldAll()

const alone = await ingest(ingestKey)
const foldStartedAt = performance.now()
const { rows } = await foldAll()
const fold = (performance.now() - foldStartedAt) / 1000
const worker = workerOf({ ...process.env, LOG_LEVEL: "error" }, () => undefined)
await worker.start()
let folding: number
try {
  // The worker is up once it has folded.
  await send(ingestKey, "heartbeats")
  await until("the fold", foldsWithinMs, () => isFolded(orgId))
  folding = await ingest(ingestKey)
} finally {
  await worker.end()
}
process.stdout.write(`${JSON.stringify({ rows, alone, folding, fold })}\n`)
await closeDatabase()
