import { nameAndZone, placeholderSerials } from "@/lib/access/organisation/sql"
import { inOrganisation, wholeOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** What the organisation of the transaction is called, and its own time zone. */
export async function ownOrganisation(db: Db): Promise<{ name: string; timeZone: string }> {
  const [row] = await nameAndZone(db)
  if (!row) throw new AppError("not_found", "The organisation does not exist any more.")
  return row
}

/** The organisation's own time zone, for what has no store to take one from. */
export const organisationZone = async (db: Db): Promise<string> => (await ownOrganisation(db)).timeZone

/** What its systems write where they know no serial number. */
export const ownPlaceholders = async (db: Db): Promise<string[]> => {
  const [row] = await placeholderSerials(db)
  return row?.serials ?? []
}

/** As `ownOrganisation`, for who has no transaction under way. */
export const organisationOf = (orgId: string): Promise<{ name: string; timeZone: string }> =>
  inOrganisation(wholeOrganisation(orgId), ownOrganisation)
