import { randomBytes } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { env } from "@/lib/base/env"
import { apiHeaders, pageHeaders } from "@/lib/run/server/security-headers"

const isHttps = () => env().NEXTAUTH_URL?.startsWith("https:") ?? false

/** Addresses that no other page may learn: a link for one use. */
const holdsSecret = /^\/(accept|reset)\//

/** What every answer of the API carries. */
export const api = () => apiHeaders(isHttps())

/**
 * Sets an answer's security headers. Next finds a page's nonce in the request's own policy, and the layout
 * under x-nonce; what a client wrote there is overwritten.
 */
export function secure(request: IncomingMessage, response: ServerResponse): void {
  const nonce = randomBytes(16).toString("base64url")
  const headers = request.url?.startsWith("/api/") ? api() : pageHeaders(nonce, isHttps())
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (holdsSecret.test(request.url ?? "")) response.setHeader("referrer-policy", "no-referrer")
  request.headers["x-nonce"] = nonce
  request.headers["content-security-policy"] = headers["content-security-policy"]
}
