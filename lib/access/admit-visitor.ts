import { AppError } from "@/lib/errors"
import { isSameOrigin } from "@/lib/http/same-origin"

/** Lets a request in on a route that is open to visitors: what changes something must come from a page of our own. */
export async function admitVisitor(request: Request): Promise<void> {
  const isRead = request.method === "GET" || request.method === "HEAD"
  if (!isRead && !isSameOrigin(request.headers)) throw new AppError("forbidden", "The request comes from another site.")
}
