import { POST as postHeartbeats } from "@/app/api/v1/heartbeats/route"
import { POST as postTransactions } from "@/app/api/v1/transactions/route"
import { closeDatabase } from "@/lib/base/db/client"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { givenTerminals } from "@/tests/bench/ingest"
import { startOfDay } from "@/tests/bench/ingest-parts"
import { cpuSeconds, ownCpuSeconds, serverPid } from "@/tests/bench/measure"
import { beatLine, Bodies, saleLine } from "@/tests/bench/records"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { onServer } from "@/tests/support/on-server"
import { isFolded } from "@/tests/support/raw"
import { workerOf } from "@/tests/support/stack"
import { until } from "@/tests/support/wait"

// The figures of the database at DATABASE_URL, as a line of JSON. The servers at the addresses that are given
// run on this machine: processor time is theirs and this process's.
const terminals = 300
const minutes = 200
/** How often all is sent and folded. */
const steps = 3
const senders = 4
const foldsWithinMs = 120_000
const routes = { heartbeats: postHeartbeats, transactions: postTransactions } as const
type Spent = { seconds: number; processor: number }
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

/** Sends so many minutes of all terminals. */
async function ingest(key: string): Promise<void> {
  let left = minutes
  await Promise.all(
    Array.from({ length: senders }, async () => {
      while (left > 0) {
        left -= 1
        for (const noun of ["heartbeats", "transactions"] as const) await send(key, noun)
      }
    }),
  )
}

const servers = await Promise.all(process.argv.slice(2).map((url) => onServer(url, serverPid)))
const spentNow = (): Spent => ({
  seconds: performance.now() / 1000,
  processor: servers.reduce((sum, pid) => sum + cpuSeconds(pid), ownCpuSeconds()),
})

async function measured(run: () => Promise<unknown>): Promise<Spent> {
  const before = spentNow()
  await run()
  const after = spentNow()
  return { seconds: after.seconds - before.seconds, processor: after.processor - before.processor }
}

const meanOf = (all: Spent[]): Spent => ({
  seconds: all.reduce((sum, { seconds }) => sum + seconds, 0) / all.length,
  processor: all.reduce((sum, { processor }) => sum + processor, 0) / all.length,
})

const { orgId, ingestKey } = await givenOrganisation()
await givenTerminals(orgId, terminals)
for (const noun of ["heartbeats", "transactions"] as const) await send(ingestKey, noun)
await foldAll()

const sent: Spent[] = []
const folded: Spent[] = []
for (let step = 0; step < steps; step += 1) {
  sent.push(await measured(() => ingest(ingestKey)))
  folded.push(await measured(foldAll))
}
const worker = workerOf({ ...process.env, LOG_LEVEL: "error" }, () => undefined)
await worker.start()
let folding: Spent
try {
  // The worker is up once it has folded.
  await send(ingestKey, "heartbeats")
  await until("the fold", foldsWithinMs, () => isFolded(orgId))
  folding = await measured(() => ingest(ingestKey))
} finally {
  await worker.end()
}
const rows = minutes * terminals * 2
process.stdout.write(`${JSON.stringify({ rows, sent: meanOf(sent), folded: meanOf(folded), folding })}\n`)
await closeDatabase()
