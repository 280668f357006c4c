import { finished } from "node:stream/promises"
import pg from "pg"
import { from as copyFrom } from "pg-copy-streams"
import { dayPartition } from "@/lib/base/db/partitions"
import {
  bodiesOf,
  drained,
  expectAll,
  perBatch,
  profiled,
  startOfDay,
  waitingSeconds,
  walBytes,
  type Bench,
} from "@/tests/bench/ingest-parts"
import { load } from "@/tests/bench/load"
import { cpuSeconds, ownCpuSeconds, quantile, quantiles, whileSampling } from "@/tests/bench/measure"

/** Connections that send batches at the same time. */
const connections = 12

/** Sends batches of 1,000 over several connections while the worker folds. */
export async function benchBatches(
  bench: Bench,
  noun: "heartbeats" | "transactions",
  line: (terminal: number) => string,
  daysAgo: number,
): Promise<number> {
  const { stack, orgId, ingestKey, seconds, terminals, say, figures } = bench
  const bodies = bodiesOf(terminals, perBatch, startOfDay(daysAgo), line, connections)
  const send = (length: number, pace?: number) =>
    load({
      url: stack.url,
      path: `/api/v1/${noun}`,
      key: ingestKey,
      connections,
      seconds: length,
      next: (index) => ({ body: bodies(index), records: perBatch }),
      ...(pace === undefined ? {} : { pace }),
    })
  say(`${noun}: warming up`)
  await send(3)
  await drained(orgId)
  say(`${noun}: ${seconds} s of batches of 1,000`)
  const spent = () => ({
    web: cpuSeconds(stack.web.pid()),
    worker: cpuSeconds(stack.worker.pid()),
    PostgreSQL: cpuSeconds(stack.postgres.pid()),
    "this sender": ownCpuSeconds(),
  })
  const [before, walBefore] = [spent(), await walBytes()]
  const lags: number[] = []
  const sent = await profiled(bench, noun, () =>
    whileSampling(
      250,
      async () => void lags.push(await waitingSeconds(orgId)),
      () => send(seconds),
    ),
  )
  const after = spent()
  expectAll(sent, 200)
  const afterwards = await drained(orgId)
  const perSecond = sent.records / sent.seconds
  const { p50, p95, p99 } = quantiles(sent.latencies)
  Object.assign(figures, {
    [`${noun}: records/s, batches of 1,000`]: perSecond,
    [`${noun}: request ms p50`]: p50,
    [`${noun}: request ms p95`]: p95,
    [`${noun}: request ms p99`]: p99,
    [`${noun}: fold lag s p95`]: quantile(lags, 0.95),
    [`${noun}: s until all was folded after the last answer`]: afterwards,
    [`${noun}: WAL bytes/record, fold included`]: ((await walBytes()) - walBefore) / sent.records,
  })
  for (const part of ["web", "worker", "PostgreSQL", "this sender"] as const)
    figures[`${noun}: CPU cores while sending, ${part}`] = (after[part] - before[part]) / sent.seconds
  return perSecond
}

/**
 * Measures COPY of the same rows into a table of the same shape without row security, as its owner, over one
 * connection.
 */
export async function benchCopy(
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
