import type { IncomingHttpHeaders } from "node:http"
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js"
import { AppError } from "@/lib/base/errors"
import { methods } from "@/lib/base/http/problem"

type RequestHead = { method?: string | undefined; url?: string | undefined; headers: IncomingHttpHeaders }

/** The paths of routes, and of the help page, which takes answers. All others are pages, which only read. */
const routes = /^\/(api\/|t\/|(locale|sign-out)(\?|$))/

/**
 * Returns the path and query. Rejects methods, paths and headers that Next would answer with 500, and what it
 * would take for a call of a server action: Tillwatch has none.
 */
export function checkRequest({ method = "", url = "", headers }: RequestHead): string {
  if (!methods.includes(method)) throw new AppError("method_not_allowed", "No route takes this method.")
  const address = withoutHost(url)
  if (address === null || !canDecode(address))
    throw new AppError("malformed", "The path has malformed percent-encoding.")
  if (method !== "GET" && method !== "HEAD" && !routes.test(address))
    throw new AppError("method_not_allowed", "A page takes no other method than GET.")
  if (!isRouterState(headers["next-router-state-tree"]))
    throw new AppError("malformed", "The header Next-Router-State-Tree is malformed.")
  return address
}

/** Removes scheme and host, which a request to a proxy has. Null if the URL is not valid. */
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

/** Next's pages send this header when they navigate. */
function isRouterState(header: string | string[] | undefined): boolean {
  try {
    parseAndValidateFlightRouterState(header)
    return true
  } catch {
    return false
  }
}
