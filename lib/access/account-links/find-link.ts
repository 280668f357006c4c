import type { AccountLink } from "@/lib/access/account-links/schemas"
import { linkByHash } from "@/lib/access/account-links/sql"
import { hashSecret } from "@/lib/access/credentials/hash-secret"
import { organisationOf } from "@/lib/access/organisation/own-organisation"
import { AppError } from "@/lib/base/errors"

export const linkExpired = () =>
  new AppError("not_found", "The link has been used, replaced or has expired. Ask for a new one.")

/** Returns the owner of a link. Reading a link does not use it up, because mail programs open links too. */
export async function findLink({ token }: { token: string }): Promise<AccountLink> {
  const [link] = await linkByHash(hashSecret(token))
  if (!link) throw linkExpired()
  const { name } = await organisationOf(link.org_id)
  return { purpose: link.purpose, email: link.email, organisation: name }
}
