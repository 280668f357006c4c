import { execFileSync, spawn } from "node:child_process"
import { finished } from "node:stream/promises"
import { setTimeout as pause } from "node:timers/promises"
import getPort from "get-port"
import pg from "pg"
import { from as copyFrom } from "pg-copy-streams"
import sql from "sql-template-tag"
import { dayPartition } from "@/lib/base/db/partitions"
import { asWorker } from "@/lib/base/db/transaction"
import { Connection, requestHead } from "@/tests/bench/client"
import { load, type Load } from "@/tests/bench/load"
import { cpuSeconds, quantile, quantiles, residentMb, whileSampling } from "@/tests/bench/measure"
import { beatLine, Bodies, saleLine, serialOf } from "@/tests/bench/records"
import { givenOrganisation, type Organisation } from "@/tests/support/factories"
import { startStack, type Stack } from "@/tests/support/stack"

type Options = { seconds: number; terminals: number; only?: string | undefined; say: (text: string) => void }
type Figures = Record<string, number | string>

const dayMs = 86_400_000
const startOfDay = (daysAgo: number) => Math.floor(Date.now() / dayMs) * dayMs - daysAgo * dayMs
const perBatch = 1000
/** Senders of batches, at once. */
const batchClients = 12
/** Terminals that send a record a request, at once. */
const clients = 96

/**
 * Ingest against raw COPY of the same rows, and single records against a route that creates them one by one,
 * in one run.
 */
export async function benchIngest({ seconds, terminals, only, say }: Options): Promise<Figures> {
  const stack = await startStack({
    settings: { shared_buffers: "512MB", max_wal_size: "4GB", max_connections: "100" },
  })
  try {
    const { orgId, ingestKey, readKey } = await givenOrganisation()
    await givenTerminals(orgId, terminals)
    await stack.worker.start()
    await stack.web.start()
    const figures: Figures = {}
    const bench = { stack, orgId, ingestKey, readKey, seconds, terminals, say, figures }
    const wants = (part: string) => only === undefined || only === part
    if (wants("heartbeats")) {
      await batches(bench, "heartbeats", beatLine, 3)
      await copyOf(bench, "heartbeat", "heartbeats")
    }
    if (wants("transactions")) {
      await batches(bench, "transactions", saleLine, 3)
      await copyOf(bench, "transaction", "transactions")
    }
    if (wants("singles")) await singles(bench)
    if (wants("overload")) await overload(bench)
    return figures
  } finally {
    await stack.stop()
  }
}

type Bench = Options &
  Pick<Organisation, "orgId" | "ingestKey" | "readKey"> & { stack: Stack; figures: Figures }

const givenTerminals = (orgId: string, terminals: number) =>
  asWorker(async (db) => {
    await db.query(
      sql`
        insert into store (org_id, code, name, time_zone) select ${orgId}::uuid, 'S' || n, 'S' || n,
          'Asia/Shanghai' from generate_series(1, 100) n`,
    )
    await db.query(
      sql`
        insert into terminal (org_id, serial) select ${orgId}::uuid, serial
        from unnest(${Array.from({ length: terminals }, (_, i) => serialOf(i))}::text[]) as s (serial)`,
    )
    await db.query(sql`insert into terminal_store (org_id, terminal_id, store_id, from_at)
      select t.org_id, t.id, s.id, '1970-01-01' from terminal t join store s on s.org_id = t.org_id
        and s.code = 'S' || (1 + t.id % 100)`)
    await db.query(
      sql`
        insert into terminal_status (org_id, terminal_id, status, from_at) select org_id, id, 'active',
          '1970-01-01' from terminal`,
    )
  })

/** Every connection speaks for terminals of its own, as terminals do: none has two requests under way. */
function shared(
  terminals: number,
  size: number,
  startAt: number,
  line: (terminal: number) => string,
  connections: number,
): (connection: number) => Buffer {
  const own = Math.floor(terminals / connections)
  const bodies = Array.from(
    { length: connections },
    (_, i) => new Bodies({ first: i * own, terminals: own, size: Math.min(size, own), startAt, line }),
  )
  return (connection) => bodies[connection]?.next() ?? Buffer.alloc(0)
}

const waitingSeconds = async (orgId: string): Promise<number> => {
  const [row] = await asWorker((db) =>
    db.query<{ seconds: number }>(sql`
    select coalesce(extract(epoch from now() - min(received_at)), 0)::float8 as seconds from ingest_batch
    where org_id = ${orgId}::uuid and folded_at is null`),
  )
  return row?.seconds ?? 0
}

const walBytes = async (): Promise<number> => {
  const [row] = await asWorker((db) =>
    db.query<{ bytes: number }>(sql`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes`),
  )
  return row?.bytes ?? 0
}

async function drained(orgId: string): Promise<number> {
  const startedAt = performance.now()
  while ((await waitingSeconds(orgId)) > 0) await pause(100)
  return (performance.now() - startedAt) / 1000
}

/** Bodies of 1,000 over eight connections, while the worker folds. */
async function batches(
  bench: Bench,
  noun: "heartbeats" | "transactions",
  line: (terminal: number) => string,
  daysAgo: number,
): Promise<number> {
  const { stack, orgId, ingestKey, seconds, terminals, say, figures } = bench
  const bodies = shared(terminals, perBatch, startOfDay(daysAgo), line, batchClients)
  const send = (length: number, pace?: number) =>
    load({
      url: stack.url,
      path: `/api/v1/${noun}`,
      key: ingestKey,
      connections: batchClients,
      seconds: length,
      next: (index) => ({ body: bodies(index), records: perBatch }),
      ...(pace === undefined ? {} : { pace }),
    })
  say(`${noun}: warming up`)
  await send(3)
  await drained(orgId)
  say(`${noun}: ${seconds} s of batches of 1,000`)
  const parts = { web: stack.web.pid(), worker: stack.worker.pid(), postgres: stack.postgres.pid() }
  const before = {
    web: cpuSeconds(parts.web),
    worker: cpuSeconds(parts.worker),
    postgres: cpuSeconds(parts.postgres),
    wal: await walBytes(),
  }
  const lags: number[] = []
  const sent = await whileSampling(
    250,
    async () => void lags.push(await waitingSeconds(orgId)),
    () => send(seconds),
  )
  expectAll(sent, 200)
  const afterwards = await drained(orgId)
  const total = sent.seconds + afterwards
  const perSecond = sent.records / sent.seconds
  const { p50, p95, p99 } = quantiles(sent.latencies)
  Object.assign(figures, {
    [`${noun}: records/s, batches of 1,000`]: perSecond,
    [`${noun}: request ms p50`]: p50,
    [`${noun}: request ms p95`]: p95,
    [`${noun}: request ms p99`]: p99,
    [`${noun}: fold lag s p95`]: quantile(lags, 0.95),
    [`${noun}: s until all was folded after the last answer`]: afterwards,
    [`${noun}: CPU cores web`]: (cpuSeconds(parts.web) - before.web) / total,
    [`${noun}: CPU cores worker`]: (cpuSeconds(parts.worker) - before.worker) / total,
    [`${noun}: CPU cores PostgreSQL`]: (cpuSeconds(parts.postgres) - before.postgres) / total,
    [`${noun}: WAL bytes/record, fold included`]: ((await walBytes()) - before.wal) / sent.records,
  })
  return perSecond
}

function expectAll(sent: Load, status: number): void {
  const others = [...sent.statuses].filter(([one]) => one !== status)
  if (others.length > 0)
    throw new Error(`unexpected answers: ${others.map(([one, count]) => `${count} times ${one}`).join(", ")}`)
}

/**
 * COPY of the rows that were just taken in, into the same partitioned table without row security, by its
 * owner, one connection, in one piece a day.
 */
async function copyOf(
  { say, figures }: Bench,
  table: "heartbeat" | "transaction",
  noun: string,
): Promise<void> {
  say(`raw COPY of the same rows into ${table}`)
  const owner = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
  await owner.connect()
  const day = new Date(startOfDay(3)).toISOString().slice(0, 10)
  const { rows } = await owner.query<{
    line: string
  }>(`select array_to_string(array_agg(coalesce(v.value, '\\N') order by v.place), E'\\t') as line
     from (select * from ${dayPartition(table, day)} limit 600000) r
    cross join lateral json_each_text(row_to_json(r)) with ordinality as v (key, value, place)
    group by r.terminal_id, r.at${table === "transaction" ? ", r.id" : ""}
    order by r.at, r.terminal_id`)
  await owner.query(`create table copied (like ${table} including all) partition by range (at)`)
  await owner.query(
    `create table copied_day partition of copied for values from ('${day}') to ('${day}'::date + 1)`,
  )
  const rates: number[] = []
  for (let round = 0; round < 3; round += 1) {
    await owner.query("truncate copied")
    const startedAt = performance.now()
    const stream = owner.query(copyFrom("copy copied from stdin"))
    for (let i = 0; i < rows.length; i += 1000) {
      const chunk = rows
        .slice(i, i + 1000)
        .map(({ line }) => line)
        .join("\n")
      if (!stream.write(`${chunk}\n`)) await new Promise((resume) => stream.once("drain", resume))
    }
    stream.end()
    await finished(stream)
    rates.push((rows.length / (performance.now() - startedAt)) * 1000)
  }
  await owner.query("drop table copied")
  await owner.end()
  const rate = quantile(rates, 0.5)
  figures[`${noun}: raw COPY rows/s, one connection`] = rate
  figures[`${noun}: ratio to raw COPY`] = Number(figures[`${noun}: records/s, batches of 1,000`]) / rate
}

/** One heartbeat a request, and a Next route that does prisma.heartbeat.create for each. */
async function singles(bench: Bench): Promise<void> {
  const { stack, orgId, ingestKey, seconds, terminals, say, figures } = bench
  say("single records")
  const bodies = shared(terminals, 1, startOfDay(2), beatLine, clients)
  const send = (url: string, length: number, connections: number) =>
    load({
      url,
      path: "/api/v1/heartbeats",
      key: ingestKey,
      connections,
      seconds: length,
      next: (index) => ({ body: bodies(index), records: 1 }),
    })
  await send(stack.url, 3, clients)
  const ours = await send(stack.url, seconds, clients)
  expectAll(ours, 200)
  await drained(orgId)

  say("the route that creates a row a request: building")
  const folder = "tests/bench/create-route"
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" }
  execFileSync(process.execPath, ["node_modules/next/dist/bin/next", "build", folder], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  })
  const port = await getPort()
  const route = spawn(
    process.execPath,
    ["node_modules/next/dist/bin/next", "start", folder, "-p", String(port)],
    { env, stdio: "ignore" },
  )
  try {
    const url = `http://127.0.0.1:${port}`
    for (;;) {
      if (
        await fetch(url).then(
          () => true,
          () => false,
        )
      )
        break
      await pause(100)
    }
    const [terminal] = await asWorker((db) =>
      db.query<{ id: number }>(sql`select id from terminal where serial = ${serialOf(0)}`),
    )
    const head = JSON.stringify({ orgId, terminalId: terminal?.id })
    let minute = 0
    const create = async (length: number) => {
      const until = performance.now() + length * 1000
      let requests = 0
      await Promise.all(
        Array.from({ length: clients }, async () => {
          const connection = await Connection.open(url)
          while (performance.now() < until) {
            minute += 1
            const body = Buffer.from(
              beatLine(0).replace(/T{24}/, new Date(startOfDay(30) + minute * 100).toISOString()),
            )
            const request = requestHead("POST", "/api/heartbeats", ingestKey, "application/json", body.length)
            const answer = await connection.send(
              Buffer.from(request.toString().replace("\r\n\r\n", `\r\nx-terminal: ${head}\r\n\r\n`)),
              body,
            )
            if (answer.status !== 200) throw new Error(`the route answered ${answer.status}`)
            requests += 1
          }
          connection.close()
        }),
      )
      return requests / length
    }
    say("the route that creates a row a request: sending")
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

/** More connections than it serves, big bodies at once, and the overview while ingest runs at 80 %. */
async function overload(bench: Bench): Promise<void> {
  const { stack, orgId, ingestKey, readKey, seconds, terminals, say, figures } = bench
  const send = (options: {
    size: number
    connections: number
    seconds: number
    daysAgo: number
    pace?: number
  }) => {
    const bodies = shared(terminals, options.size, startOfDay(options.daysAgo), beatLine, 8)
    return load({
      url: stack.url,
      path: "/api/v1/heartbeats",
      key: ingestKey,
      connections: options.connections,
      seconds: options.seconds,
      next: (index) => ({ body: bodies(index % 8), records: options.size }),
      ...(options.pace === undefined ? {} : { pace: options.pace }),
    })
  }
  const full = await send({ size: perBatch, connections: 8, seconds: 5, daysAgo: 11 })
  const capacity = full.records / full.seconds
  await drained(orgId)
  say("the overview while ingest runs at 80 %")
  const overviews: number[] = []
  const connection = await Connection.open(stack.url)
  await whileSampling(
    100,
    async () => {
      const answer = await connection.send(
        requestHead("GET", "/api/v1/overview", readKey, "application/json", 0),
      )
      if (answer.status !== 200) throw new Error(`the overview answered ${answer.status}`)
      overviews.push(answer.milliseconds)
    },
    () => send({ size: perBatch, connections: 8, seconds, daysAgo: 5, pace: capacity * 0.8 }),
  )
  connection.close()
  figures["overview at 80 % ingest: ms p95"] = quantile(overviews, 0.95)
  await drained(orgId)

  say("twice as many uploads at once as are taken")
  const flood = await send({ size: perBatch, connections: 256, seconds, daysAgo: 7 })
  figures["flood of 256 uploads: records/s"] = flood.records / flood.seconds
  figures["flood of 256 uploads: answers"] = [...flood.statuses]
    .map(([status, count]) => `${count} x ${status}`)
    .join(", ")
  figures["flood of 256 uploads: refusals without Retry-After"] = flood.withoutRetryAfter
  figures["flood of 256 uploads: web resident MB"] = residentMb(stack.web.pid()).now
  await drained(orgId)

  say("eight bodies of 16 MiB at once")
  const whole = 16 * 1024 * 1024
  const many = Math.floor(whole / (beatLine(0).length + 1))
  const big = new Bodies({
    terminals: many,
    size: many,
    startAt: startOfDay(9),
    line: (terminal) => beatLine(terminal % terminals),
  })
  const resident: number[] = []
  await whileSampling(
    100,
    () => Promise.resolve(void resident.push(residentMb(stack.web.pid()).now)),
    () =>
      Promise.all(
        Array.from({ length: 8 }, async () => {
          const body = big.next()
          const one = await Connection.open(stack.url)
          const answer = await one.send(
            requestHead("POST", "/api/v1/heartbeats", ingestKey, "application/x-ndjson", body.length),
            body,
          )
          if (answer.status !== 200)
            throw new Error(`a big body was answered ${answer.status}: ${answer.body}`)
          one.close()
        }),
      ),
  )
  figures["eight bodies of 16 MiB: web resident MB, most"] = Math.max(...resident)
}
