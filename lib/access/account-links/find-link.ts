import type { AccountLink } from "@/lib/access/account-links/schemas"
import { linkByHash } from "@/lib/access/account-links/sql"
import { hashSecret } from "@/lib/access/credentials/hash-secret"
import { organisationOf } from "@/lib/access/organisation/own-organisation"
import { AppError } from "@/lib/base/errors"

export const linkIsOver = () =>
  new AppError("not_found", "The link was used, replaced, or is over: ask for a new one.")

/** Whose link it is. Looking does not use it up: mail programs look as well. */
export async function findLink({ token }: { token: string }): Promise<AccountLink> {
  const [link] = await linkByHash(hashSecret(token))
  if (!link) throw linkIsOver()
  const { name } = await organisationOf(link.org_id)
  return { purpose: link.purpose, email: link.email, organisation: name }
}
