import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"

// What one organisation may still see, whatever the partitions hold. A setting that was shorter once brings
// nothing back when it is made longer.

/** Since when raw rows are shown. */
export const rawFrom = sql`(
  select greatest(now() - raw_retention_days * interval '1 day', raw_deleted_before) from organisation
  where id = ${ownOrg})`

/** Since when hours are shown. */
export const hoursFrom = sql`(
  select greatest(now() - hour_retention_days * interval '1 day', hour_deleted_before) from organisation
  where id = ${ownOrg})`
