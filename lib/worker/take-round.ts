import sql from "sql-template-tag"
import { asWorker } from "@/lib/db/transaction"

/**
 * Whether a round of this name is due that no other worker has begun: what counts rounds, as the detector does
 * before it opens a flag, must have as many with ten workers as with one.
 */
export async function takeRound(name: string, everyMs: number): Promise<boolean> {
  const taken = await asWorker((db) => db.query(sql`
    insert into loop_run as r (name, finished_at, took_ms) values (${`${name}, begun`}, now(), 0)
    on conflict (name) do update set finished_at = excluded.finished_at
     where r.finished_at <= now() - ${everyMs}::int * interval '1 ms'
    returning name`))
  return taken.length > 0
}
