import { organisationsLike } from "@/lib/access/organisation/sql"
import { asWorker } from "@/lib/base/db/transaction"

/** Finds organisations by name or id, for commands. Without a name, returns all. */
export const findOrganisations = (name: string | undefined): Promise<{ id: string; name: string }[]> =>
  asWorker((db) => organisationsLike(db, name ?? null))
