import { Connection, requestHead } from "@/tests/bench/client"
import { bodiesOf, drained, perBatch, startOfDay, type Bench } from "@/tests/bench/ingest-parts"
import { load } from "@/tests/bench/load"
import { quantile, residentMb, whileSampling } from "@/tests/bench/measure"
import { beatLine, Bodies } from "@/tests/bench/records"

type Batches = { connections: number; seconds: number; daysAgo: number; pace?: number }

/** Measures the overview at 80 % of ingest's capacity, more uploads than are accepted, and large bodies. */
export async function benchOverload(bench: Bench): Promise<void> {
  await overviewUnderLoad(bench)
  await flood(bench)
  await largeBodies(bench)
}

function sendBatches(
  { stack, ingestKey, terminals }: Bench,
  { connections, seconds, daysAgo, pace }: Batches,
) {
  const bodies = bodiesOf(terminals, perBatch, startOfDay(daysAgo), beatLine, 8)
  return load({
    url: stack.url,
    path: "/api/v1/heartbeats",
    key: ingestKey,
    connections,
    seconds,
    next: (index) => ({ body: bodies(index % 8), records: perBatch }),
    ...(pace === undefined ? {} : { pace }),
  })
}

async function overviewUnderLoad(bench: Bench): Promise<void> {
  const { stack, orgId, readKey, seconds, say, figures } = bench
  const full = await sendBatches(bench, { connections: 8, seconds: 5, daysAgo: 11 })
  const capacity = full.records / full.seconds
  await drained(orgId)
  say("the overview while ingest runs at 80 %")
  const overviews: number[] = []
  const connection = await Connection.open(stack.url)
  const request = requestHead("GET", "/api/v1/overview", readKey, "application/json", 0)
  await whileSampling(
    100,
    async () => {
      const answer = await connection.send(request)
      if (answer.status !== 200) throw new Error(`the overview answered ${answer.status}`)
      overviews.push(answer.milliseconds)
    },
    () => sendBatches(bench, { connections: 8, seconds, daysAgo: 5, pace: capacity * 0.8 }),
  )
  connection.close()
  figures["overview at 80 % ingest: ms p95"] = quantile(overviews, 0.95)
  await drained(orgId)
}

async function flood(bench: Bench): Promise<void> {
  const { stack, orgId, seconds, say, figures } = bench
  say("twice as many uploads as are accepted at the same time")
  const sent = await sendBatches(bench, { connections: 256, seconds, daysAgo: 7 })
  figures["flood of 256 uploads: records/s"] = sent.records / sent.seconds
  figures["flood of 256 uploads: answers"] = [...sent.statuses]
    .map(([status, count]) => `${count} x ${status}`)
    .join(", ")
  figures["flood of 256 uploads: errors without Retry-After"] = sent.withoutRetryAfter
  figures["flood of 256 uploads: web resident MB"] = residentMb(stack.web.pid()).now
  await drained(orgId)
}

async function largeBodies({ stack, ingestKey, terminals, say, figures }: Bench): Promise<void> {
  say("eight bodies of 16 MiB at once")
  const many = Math.floor((16 * 1024 * 1024) / (beatLine(0).length + 1))
  const bodies = new Bodies({
    terminals: many,
    size: many,
    startAt: startOfDay(9),
    line: (terminal) => beatLine(terminal % terminals),
  })
  const sendOne = async () => {
    const body = bodies.next()
    const connection = await Connection.open(stack.url)
    const head = requestHead("POST", "/api/v1/heartbeats", ingestKey, "application/x-ndjson", body.length)
    const answer = await connection.send(head, body)
    if (answer.status !== 200) throw new Error(`a large body was answered ${answer.status}: ${answer.body}`)
    connection.close()
  }
  const resident: number[] = []
  await whileSampling(
    100,
    () => Promise.resolve(void resident.push(residentMb(stack.web.pid()).now)),
    () => Promise.all(Array.from({ length: 8 }, sendOne)),
  )
  figures["eight bodies of 16 MiB: peak web resident MB"] = Math.max(...resident)
}
