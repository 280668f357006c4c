import { setTimeout as pause } from "node:timers/promises"
import { Connection, requestHead, type Answer } from "@/tests/bench/client"

export type Load = {
  records: number
  requests: number
  seconds: number
  latencies: number[]
  /** Number of answers by status. */
  statuses: Map<number, number>
  /** Errors without Retry-After. */
  withoutRetryAfter: number
}

type Options = {
  url: string
  path: string
  key: string
  type?: string
  connections: number
  seconds: number
  /** The next body of a connection, with its number of records. */
  next: (connection: number) => { body: Buffer; records: number }
  /** The most records per second, over all connections. */
  pace?: number
}

/** Sends bodies over several connections for some seconds, as fast as answers arrive or at a given pace. */
export async function load({
  url,
  path,
  key,
  type = "application/x-ndjson",
  connections,
  seconds,
  next,
  pace,
}: Options): Promise<Load> {
  const total: Load = {
    records: 0,
    requests: 0,
    seconds: 0,
    latencies: [],
    statuses: new Map(),
    withoutRetryAfter: 0,
  }
  const startedAt = performance.now()
  let sent = 0
  const until = startedAt + seconds * 1000
  const note = (answer: Answer, records: number) => {
    total.requests += 1
    total.statuses.set(answer.status, (total.statuses.get(answer.status) ?? 0) + 1)
    if (answer.status === 200) {
      total.records += records
      total.latencies.push(answer.milliseconds)
    } else if (answer.retryAfter === null) total.withoutRetryAfter += 1
  }
  await Promise.all(
    Array.from({ length: connections }, async (_, index) => {
      const connection = await Connection.open(url)
      while (performance.now() < until) {
        const { body, records } = next(index)
        if (pace !== undefined) {
          const due = startedAt + (sent / pace) * 1000
          sent += records
          const wait = due - performance.now()
          if (wait > 0) await pause(wait)
        }
        note(await connection.send(requestHead("POST", path, key, type, body.length), body), records)
      }
      connection.close()
    }),
  )
  total.seconds = (performance.now() - startedAt) / 1000
  return total
}
