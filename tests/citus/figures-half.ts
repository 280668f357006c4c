import { spawn } from "node:child_process"
import { once } from "node:events"
import sql from "sql-template-tag"
import { POST as postHeartbeats } from "@/app/api/v1/heartbeats/route"
import { POST as postTransactions } from "@/app/api/v1/transactions/route"
import { closeDatabase } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { givenTerminals } from "@/tests/bench/ingest"
import { beatLine, Bodies, saleLine } from "@/tests/bench/records"
import { givenOrganisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"

// The figures of the database at DATABASE_URL, as a line of JSON.
const terminals = 300
const minutes = 200
const senders = 4
const routes = { heartbeats: postHeartbeats, transactions: postTransactions } as const
type Noun = keyof typeof routes

const startAt = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 2 * 86_400_000
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

async function besideWorker<T>(run: () => Promise<T>): Promise<T> {
  const worker = spawn(process.execPath, ["--import", "tsx", "lib/run/worker/main.ts"], {
    env: { ...process.env, LOG_LEVEL: "error" },
    stdio: ["ignore", "ignore", "inherit"],
  })
  try {
    return await run()
  } finally {
    worker.kill("SIGTERM")
    await once(worker, "exit")
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50))
}

const isFolded = () =>
  asWorker(
    async (db) => (await db.query(sql`select 1 from ingest_batch where folded_at is null`)).length === 0,
  )

const { orgId, ingestKey } = await givenOrganisation()
await givenTerminals(orgId, terminals)
for (const noun of ["heartbeats", "transactions"] as const) await send(ingestKey, noun)
await foldAll()

const alone = await ingest(ingestKey)
const foldStartedAt = performance.now()
const { rows } = await foldAll()
const fold = (performance.now() - foldStartedAt) / 1000
const folding = await besideWorker(async () => {
  // The worker is up once it has folded.
  await send(ingestKey, "heartbeats")
  await until(isFolded)
  return ingest(ingestKey)
})
process.stdout.write(`${JSON.stringify({ rows, alone, folding, fold })}\n`)
await closeDatabase()
