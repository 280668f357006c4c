import { findLink } from "@/lib/access/account-links/find-link"
import { LinkToken, type AccountLink } from "@/lib/access/account-links/schemas"
import type { Purpose } from "@/lib/access/account-links/words"
import { AppError } from "@/lib/base/errors"

/** The link in a page's address, or null if it is invalid or has another purpose. */
export async function linkOfPage(token: string, purpose: Purpose): Promise<AccountLink | null> {
  const parsed = LinkToken.safeParse({ token })
  if (!parsed.success) return null
  const link = await findLink(parsed.data).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") return null
    throw error
  })
  return link?.purpose === purpose ? link : null
}
