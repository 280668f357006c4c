import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"
import { benchBatches, benchCopy } from "@/tests/bench/batches"
import type { Figures } from "@/tests/bench/figures"
import type { Options } from "@/tests/bench/ingest-parts"
import { benchOverload } from "@/tests/bench/overload"
import { Profiler } from "@/tests/bench/profile/profiler"
import { beatLine, saleLine, serialOf } from "@/tests/bench/records"
import { benchSingles } from "@/tests/bench/singles"
import { givenOrganisation } from "@/tests/support/factories"
import { startStack } from "@/tests/support/stack"

/** Measures ingest against raw COPY of the same rows, and single records against a simple route. */
export async function benchIngest({ seconds, terminals, only, profile, say }: Options): Promise<Figures> {
  const profiler = profile ? new Profiler() : undefined
  const stack = await startStack({
    settings: { shared_buffers: "512MB", max_wal_size: "4GB", max_connections: "100", ...profiler?.settings },
    webOptions: profiler?.webOptions ?? [],
  })
  try {
    const { orgId, ingestKey, readKey } = await givenOrganisation()
    await givenTerminals(orgId, terminals)
    await profiler?.start()
    await stack.worker.start()
    await stack.web.start()
    const figures: Figures = {}
    const bench = { stack, orgId, ingestKey, readKey, seconds, terminals, say, figures, profiler }
    // Figures are said after each part, so that a run that is cut short does not lose them.
    const measure = async (part: string, run: () => Promise<unknown>) => {
      if (only !== undefined && only !== part) return
      await run()
      say(`so far: ${JSON.stringify(figures)}`)
    }
    await measure("heartbeats", async () => {
      await benchBatches(bench, "heartbeats", beatLine, 3)
      await benchCopy(bench, "heartbeat", "heartbeats")
    })
    await measure("transactions", async () => {
      await benchBatches(bench, "transactions", saleLine, 3)
      await benchCopy(bench, "transaction", "transactions")
    })
    await measure("singles", () => benchSingles(bench))
    await measure("overload", () => benchOverload(bench))
    await profiler?.report(stack, figures)
    return figures
  } finally {
    await stack.stop()
  }
}

/** Active terminals in a hundred stores. */
export const givenTerminals = (orgId: string, terminals: number) =>
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
