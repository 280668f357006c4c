import { zoneRow } from "@/lib/access/organisation/sql"
import type { Db } from "@/lib/base/db/transaction"

/** The organisation's own time zone, for what has no store to take one from. */
export async function organisationZone(db: Db): Promise<string> {
  const [row] = await zoneRow(db)
  return row?.time_zone ?? "UTC"
}
