import type { Db } from "@/lib/base/db/transaction"
import { newestVersions } from "@/lib/fleet/code-packs/sql"

/** The versions of the code tables that sales are booked by now. */
export const versionsInForce = (db: Db) => newestVersions(db)
