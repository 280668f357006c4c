import type { IncomingMessage } from "node:http"
import type { Socket } from "node:net"

const mostDiscarded = 32 * 1024 * 1024
const longestDiscardingMs = 3_000

/**
 * Reads what is left of an answered body, so that the sender gets to read the answer; one that does not end
 * soon is cut off. `socket` is the request's as it came: Next may have ended its stream, which then names
 * none.
 */
export function discardRest(request: IncomingMessage, socket: Socket): void {
  if (request.complete) return
  const cutOff = () => {
    if (!request.complete) socket.destroy()
  }
  setTimeout(cutOff, longestDiscardingMs).unref()
  let length = 0
  request.on("data", (chunk: Buffer) => {
    length += chunk.length
    if (length > mostDiscarded) cutOff()
  })
  request.resume()
}
