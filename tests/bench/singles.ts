import { execFileSync, spawn } from "node:child_process"
import { setTimeout as pause } from "node:timers/promises"
import getPort from "get-port"
import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { Connection, requestHead } from "@/tests/bench/client"
import { bodiesOf, drained, expectAll, profiled, startOfDay, type Bench } from "@/tests/bench/ingest-parts"
import { load } from "@/tests/bench/load"
import { quantiles } from "@/tests/bench/measure"
import { beatLine, serialOf } from "@/tests/bench/records"

/** Terminals that send one record in each request, at the same time. */
const clients = 96
const next = "node_modules/next/dist/bin/next"
const folder = "tests/bench/create-route"
/** Compares single heartbeats with a Next route that calls prisma.heartbeat.create for each request. */
export async function benchSingles(bench: Bench): Promise<void> {
  const { stack, orgId, ingestKey, seconds, terminals, say, figures } = bench
  say("single records")
  const bodies = bodiesOf(terminals, 1, startOfDay(2), beatLine, clients)
  const send = (length: number) =>
    load({
      url: stack.url,
      path: "/api/v1/heartbeats",
      key: ingestKey,
      connections: clients,
      seconds: length,
      next: (index) => ({ body: bodies(index), records: 1 }),
    })
  await send(3)
  const ours = await profiled(bench, "single records", () => send(seconds))
  expectAll(ours, 200)
  await drained(orgId)

  say("building the simple route")
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" }
  execFileSync(process.execPath, [next, "build", folder], { env, stdio: ["ignore", "ignore", "inherit"] })
  const port = await getPort()
  const route = spawn(process.execPath, [next, "start", folder, "-p", String(port)], { env, stdio: "ignore" })
  try {
    const url = `http://127.0.0.1:${port}`
    while (!(await fetch(url).catch(() => null))) await pause(100)
    say("sending to the simple route")
    const create = await creator(bench, url)
    await create(3)
    const theirs = await create(seconds)
    const { p50, p95, p99 } = quantiles(ours.latencies)
    Object.assign(figures, {
      "single records: requests/s": ours.requests / ours.seconds,
      "single records: ms p50": p50,
      "single records: ms p95": p95,
      "single records: ms p99": p99,
      "single records: requests/s of prisma.heartbeat.create in a Next route": theirs,
      "single records: ratio to that route": ours.requests / ours.seconds / theirs,
    })
  } finally {
    route.kill("SIGKILL")
  }
}

/** Returns a function that sends to the simple route for some seconds, and returns requests per second. */
async function creator(
  { orgId, ingestKey }: Bench,
  url: string,
): Promise<(seconds: number) => Promise<number>> {
  const [terminal] = await asWorker((db) =>
    db.query<{ id: number }>(sql`select id from terminal where serial = ${serialOf(0)}`),
  )
  const header = `\r\nx-terminal: ${JSON.stringify({ orgId, terminalId: terminal?.id })}\r\n\r\n`
  let minute = 0
  const sendOne = async (connection: Connection) => {
    minute += 1
    const at = new Date(startOfDay(30) + minute * 100).toISOString()
    const body = Buffer.from(beatLine(0).replace(/T{24}/, at))
    const head = requestHead("POST", "/api/heartbeats", ingestKey, "application/json", body.length)
    const answer = await connection.send(Buffer.from(head.toString().replace("\r\n\r\n", header)), body)
    if (answer.status !== 200) throw new Error(`the route answered ${answer.status}`)
  }
  return async (seconds) => {
    const until = performance.now() + seconds * 1000
    let requests = 0
    await Promise.all(
      Array.from({ length: clients }, async () => {
        const connection = await Connection.open(url)
        for (; performance.now() < until; requests += 1) await sendOne(connection)
        connection.close()
      }),
    )
    return requests / seconds
  }
}
