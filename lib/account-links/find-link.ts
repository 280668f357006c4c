import { hashSecret } from "@/lib/access/hash-secret"
import { organisationName } from "@/lib/access/organisation-name"
import type { AccountLink } from "@/lib/account-links/schemas"
import { linkByHash } from "@/lib/account-links/sql"
import { AppError } from "@/lib/errors"

export const linkIsOver = () =>
  new AppError("not_found", "The link was used, replaced, or is over: ask for a new one.")

/** Whose link it is. Looking does not use it up: mail programs look as well. */
export async function findLink({ token }: { token: string }): Promise<AccountLink> {
  const [link] = await linkByHash(hashSecret(token))
  if (!link) throw linkIsOver()
  return { purpose: link.purpose, email: link.email, organisation: await organisationName(link.org_id) }
}
