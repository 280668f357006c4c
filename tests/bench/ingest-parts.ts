import { setTimeout as pause } from "node:timers/promises"
import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import type { Figures } from "@/tests/bench/figures"
import type { Load } from "@/tests/bench/load"
import type { Profiler } from "@/tests/bench/profile/profiler"
import { Bodies } from "@/tests/bench/records"
import type { Organisation } from "@/tests/support/factories"
import type { Stack } from "@/tests/support/stack"

export type Options = {
  seconds: number
  terminals: number
  only?: string | undefined
  /** Whether to say where the time goes. Profiling makes everything a little slower. */
  profile?: boolean
  say: (text: string) => void
}
export type Bench = Options &
  Pick<Organisation, "orgId" | "ingestKey" | "readKey"> & {
    stack: Stack
    figures: Figures
    profiler: Profiler | undefined
  }

/** Runs, and profiles it if the benchmark says where the time goes. */
export const profiled = <T extends { records: number }>(
  { profiler }: Bench,
  name: string,
  run: () => Promise<T>,
): Promise<T> => (profiler ? profiler.stretch(name, run) : run())

const dayMs = 86_400_000
export const startOfDay = (daysAgo: number) => Math.floor(Date.now() / dayMs) * dayMs - daysAgo * dayMs
export const perBatch = 1000

/**
 * Bodies for several connections, each with terminals of its own: a terminal never has two requests at
 * once.
 */
export function bodiesOf(
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

export const waitingSeconds = async (orgId: string): Promise<number> => {
  const [row] = await asWorker((db) =>
    db.query<{ seconds: number }>(sql`
    select coalesce(extract(epoch from now() - min(received_at)), 0)::float8 as seconds from ingest_batch
    where org_id = ${orgId}::uuid and folded_at is null`),
  )
  return row?.seconds ?? 0
}

export const walBytes = async (): Promise<number> => {
  const [row] = await asWorker((db) =>
    db.query<{ bytes: number }>(sql`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes`),
  )
  return row?.bytes ?? 0
}

/** Waits until all is folded, and returns how many seconds that took. */
export async function drained(orgId: string): Promise<number> {
  const startedAt = performance.now()
  while ((await waitingSeconds(orgId)) > 0) await pause(100)
  return (performance.now() - startedAt) / 1000
}

export function expectAll(sent: Load, status: number): void {
  const others = [...sent.statuses].filter(([one]) => one !== status)
  if (others.length > 0)
    throw new Error(`unexpected answers: ${others.map(([one, count]) => `${count} times ${one}`).join(", ")}`)
}
