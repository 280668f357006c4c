import { AppError } from "@/lib/base/errors"
import { addressOf } from "@/lib/base/http/address"
import { isSameOrigin } from "@/lib/base/http/same-origin"
import { limitByAddress, type Allowance } from "@/lib/base/limits/limit-by-address"

/**
 * Checks a request on a public route. A change must come from our own pages, and each address has a limit.
 */
export async function checkVisitor(request: Request, allowance: Allowance): Promise<void> {
  const isRead = request.method === "GET" || request.method === "HEAD"
  if (!isRead && !isSameOrigin(request.headers))
    throw new AppError("forbidden", "The request comes from another site.")
  await limitByAddress(allowance, addressOf(request.headers))
}
