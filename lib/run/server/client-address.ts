import type { IncomingMessage } from "node:http"
import { isIP } from "node:net"

const withoutPort = /^\[?([^\]]+?)\]?(?::\d+)?$/

/**
 * The IP address in a text, without port and without the prefix of an IPv4-mapped address. Null if it has
 * none.
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
 * The client's address. Each proxy appends the address of its peer to X-Forwarded-For, so with n proxies the
 * client is the n-th entry from the right. Entries before it come from the client and cannot be trusted. With
 * fewer entries, the request bypassed a proxy, and the address is the connection's.
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
  const entries = forwardedFor?.split(",") ?? []
  return (trustedProxies > 0 ? plain(entries.at(-trustedProxies)) : null) ?? plain(socket)
}

/** Replaces X-Forwarded-For with the client's address, which the rest of Tillwatch reads there. */
export function setClientAddress({ headers, socket }: IncomingMessage, trustedProxies: number): void {
  const header = headers["x-forwarded-for"]
  const address = clientAddress({
    socket: socket.remoteAddress,
    forwardedFor: Array.isArray(header) ? header.join(",") : header,
    trustedProxies,
  })
  if (address === null) delete headers["x-forwarded-for"]
  else headers["x-forwarded-for"] = address
}
