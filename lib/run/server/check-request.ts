import type { IncomingHttpHeaders } from "node:http"
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js"
import { AppError } from "@/lib/base/errors"
import { methods } from "@/lib/base/http/problem"

type Asked = { method?: string | undefined; url?: string | undefined; headers: IncomingHttpHeaders }

/**
 * The request's path and query, as Next can read them. Next answers 500 to a method, an address or a header that it
 * cannot: such a request is refused here.
 */
export function checkRequest({ method = "", url = "", headers }: Asked): string {
  if (!methods.includes(method)) throw new AppError("method_not_allowed", "No address takes this method.")
  const address = withoutHost(url)
  if (address === null || !canDecode(address))
    throw new AppError(
      "malformed",
      "The address cannot be read: it holds a % that is not followed by the code of a character.",
    )
  if (!isRouterState(headers["next-router-state-tree"]))
    throw new AppError("malformed", "The header Next-Router-State-Tree cannot be read.")
  return address
}

/** A request may name the host before the path, as it does to a proxy. */
function withoutHost(url: string): string | null {
  if (url.startsWith("/")) return url
  const absolute = /^https?:/i.test(url) ? URL.parse(url) : null
  return absolute && absolute.pathname + absolute.search
}

function canDecode(address: string): boolean {
  try {
    decodeURIComponent(address.split("?", 1)[0] ?? "")
    return true
  } catch {
    return false
  }
}

/** The header in which Next's own pages say what they show. */
function isRouterState(header: string | string[] | undefined): boolean {
  try {
    parseAndValidateFlightRouterState(header)
    return true
  } catch {
    return false
  }
}
