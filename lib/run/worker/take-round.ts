import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"

/**
 * Whether a round of this loop is due and no other worker has begun it. The detector counts rounds before it
 * opens a flag, so ten workers must run as many rounds as one.
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
