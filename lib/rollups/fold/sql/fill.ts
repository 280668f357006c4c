import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"
import type { Kept } from "@/lib/rollups/fold/sql/claim"

/** Organisations of which places do not hold all days yet. */
export const unfilledOrganisations = (db: Db) =>
  db.query<{ org_id: string; name: string }>(sql`
  select id as org_id, name from organisation where places_from is not null order by name`)

/** The newest day with rollups that places do not hold yet. Null if they hold all. */
export const newestUnfilledDay = (db: Db, { org_id: orgId, places_from: from }: Kept) =>
  db.query<{ day: string | null }>(sql`
  select max(d.day) as day
    from terminal_day d
   where d.org_id = ${orgId}::uuid
     and d.day < ${from}::date`)

/** Says from which day on places hold all days; null if they hold all there are. */
export const setPlacesFrom = (db: Db, { orgId, from }: { orgId: string; from: string | null }) =>
  db.query(sql`update organisation set places_from = ${from}::date where id = ${orgId}::uuid`)

/**
 * Ends the transaction with a conflict, so that it is tried again, if days were filled after its snapshot
 * began: it would leave out its changes of these days.
 */
export const holdPlacesFrom = (db: Db, orgId: string) =>
  db.query(sql`
  select places_from from organisation
   where id = ${orgId}::uuid and places_from is not null
     for share`)
