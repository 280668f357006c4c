import sql from "sql-template-tag"
import type { Db } from "@/lib/base/db/transaction"

/** The code systems of the acquirers that have one. */
export const acquirerSystems = (db: Db, codes: string[]) =>
  db.query<{ code: string; code_system: string }>(sql`
  select code, code_system from acquirer where code = any(${codes}::text[]) and code_system is not null`)
