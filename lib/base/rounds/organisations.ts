import sql from "sql-template-tag"
import { asWorker } from "@/lib/base/db/transaction"

type Organisation = { id: string; zone: string }

export const allOrganisations = () =>
  asWorker((db) => db.query<Organisation>(sql`select id, time_zone as zone from organisation order by id`))

/** All but those whose demo data are still coming in. */
export const filledOrganisations = () =>
  asWorker((db) =>
    db.query<Organisation>(sql`
    select id, time_zone as zone from organisation
     where coalesce(demo_progress_pct, 100) = 100 order by id`),
  )
