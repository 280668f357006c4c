import { organisationsLike } from "@/lib/access/organisation/sql"
import { asWorker } from "@/lib/base/db/transaction"

/** The organisations of this name or id, for commands, which see all of them; all where none is named. */
export const findOrganisations = (name: string | undefined): Promise<{ id: string; name: string }[]> =>
  asWorker((db) => organisationsLike(db, name ?? null))
