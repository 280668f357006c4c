import sql from "sql-template-tag"
import { lookUp } from "@/lib/db/transaction"

/** Resolves once this process can serve: the database answers and is migrated. Rejects otherwise. */
export async function readiness(): Promise<void> {
  await lookUp(sql`select finished_at from loop_run limit 1`)
}
