import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** When each loop of the worker last ended a round. */
export const loopRuns = (db: Db) =>
  db.query<{ name: string; finished_at: Date; seconds_ago: number }>(sql`
  select name, finished_at, extract(epoch from now() - finished_at)::float8 as seconds_ago from loop_run
  order by name`)

/** How many organisations have days that `npm run db:migrate` has not summed by store yet. */
export const unsummedOrganisations = (db: Db) =>
  db.query<{ count: number }>(sql`select count(*) as count from organisation where places_from is not null`)
