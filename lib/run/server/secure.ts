import { randomBytes } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { env } from "@/lib/base/env"
import { apiHeaders, pageHeaders } from "@/lib/run/server/security-headers"

const isHttps = () => env().NEXTAUTH_URL?.startsWith("https:") ?? false

/** Pages with a token in the path. */
const holdsSecret = /^\/(accept|reset|t)\//

/** Security headers of the API. */
export const api = () => apiHeaders(isHttps())

/**
 * Next sets each header of a route as a list of one, and its compression does not know a content type in a
 * list. This takes the value out of the list, so that answers of the API are compressed as pages are.
 */
function setSingleHeaders(response: ServerResponse): void {
  const set = response.setHeader.bind(response)
  response.setHeader = (name, value) =>
    set(name, Array.isArray(value) && value.length === 1 ? value[0] : value)
}

/**
 * Sets the security headers. Next reads a page's nonce from the request's content-security-policy, and the
 * layout reads it from x-nonce; x-path says where to return after sign-in. All overwrite what the client
 * sent.
 */
export function secure(request: IncomingMessage, response: ServerResponse): void {
  setSingleHeaders(response)
  const nonce = randomBytes(16).toString("base64url")
  const headers = request.url?.startsWith("/api/") ? api() : pageHeaders(nonce, isHttps())
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (holdsSecret.test(request.url ?? "")) response.setHeader("referrer-policy", "no-referrer")
  request.headers["x-nonce"] = nonce
  request.headers["x-path"] = request.url
  request.headers["content-security-policy"] = headers["content-security-policy"]
}
