import sql from "sql-template-tag"
import { ownOrg } from "@/lib/base/db/own-org"

// What an organisation may still see, even if partitions hold more. Making a setting longer does not bring
// back what a shorter one has hidden.

/** The earliest raw rows to show. */
export const rawFrom = sql`(
  select greatest(now() - raw_retention_days * interval '1 day', raw_deleted_before) from organisation
  where id = ${ownOrg})`

/** The earliest hours to show. */
export const hoursFrom = sql`(
  select greatest(now() - hour_retention_days * interval '1 day', hour_deleted_before) from organisation
  where id = ${ownOrg})`
