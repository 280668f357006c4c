import type { IncomingMessage } from "node:http"
import { isIP } from "node:net"

const withoutPort = /^\[?([^\]]+?)\]?(?::\d+)?$/

/**
 * An address as text, without the port that some proxies add and without IPv6's prefix for IPv4; null for
 * anything else.
 */
function plain(text: string | undefined): string | null {
  const given = text?.trim() ?? ""
  const address = (isIP(given) ? given : (withoutPort.exec(given)?.[1] ?? "")).replace(
    /^::ffff:(?=\d+\.)/i,
    "",
  )
  return isIP(address) ? address : null
}

/**
 * Where a request came from. Each proxy adds whom it took it from on the right of X-Forwarded-For: with n of
 * them the n-th from the right is the client, and what stands before it is the client's own word. A request
 * that passed fewer came past them, and its connection says who sent it.
 */
export function clientAddress({
  socket,
  forwardedFor,
  trustedProxies,
}: {
  socket: string | undefined
  forwardedFor: string | undefined
  trustedProxies: number
}): string | null {
  const told = forwardedFor?.split(",") ?? []
  return (trustedProxies > 0 ? plain(told.at(-trustedProxies)) : null) ?? plain(socket)
}

/**
 * Puts the client's address into the header that the rest of Tillwatch reads, whatever the client wrote
 * there.
 */
export function setClientAddress({ headers, socket }: IncomingMessage, trustedProxies: number): void {
  const told = headers["x-forwarded-for"]
  const address = clientAddress({
    socket: socket.remoteAddress,
    forwardedFor: Array.isArray(told) ? told.join(",") : told,
    trustedProxies,
  })
  if (address === null) delete headers["x-forwarded-for"]
  else headers["x-forwarded-for"] = address
}
