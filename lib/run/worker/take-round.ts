import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"

/**
 * Whether a round of this loop is due that no other worker has begun: what counts rounds, as the detector
 * does before it opens a flag, must have as many with ten workers as with one.
 */
export async function takeRound(name: string, everyMs: number): Promise<boolean> {
  const taken = await asWorker((db) =>
    db.query(sql`
    insert into loop_run as r (name, finished_at, took_ms, begun_at) values (${name}, now(), 0, now())
    on conflict (name) do update set begun_at = excluded.begun_at
     where r.begun_at is null or r.begun_at <= now() - ${everyMs}::int * interval '1 ms'
    returning name`),
  )
  return taken.length > 0
}
