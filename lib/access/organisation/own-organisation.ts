import { nameAndZone, placeholderSerials } from "@/lib/access/organisation/sql"
import { inOrganisation, wholeOrganisation, type Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"

/** Name and time zone of the transaction's organisation. */
export async function ownOrganisation(db: Db): Promise<{ name: string; timeZone: string }> {
  const [row] = await nameAndZone(db)
  if (!row) throw new AppError("not_found", "The organisation no longer exists.")
  return row
}

/** The organisation's time zone, for what belongs to no store. */
export const organisationZone = async (db: Db): Promise<string> => (await ownOrganisation(db)).timeZone

/** Texts that the organisation's systems send instead of a serial number. */
export const ownPlaceholders = async (db: Db): Promise<string[]> => {
  const [row] = await placeholderSerials(db)
  return row?.serials ?? []
}

/** Like `ownOrganisation`, in a transaction of its own. */
export const organisationOf = (orgId: string): Promise<{ name: string; timeZone: string }> =>
  inOrganisation(wholeOrganisation(orgId), ownOrganisation)
