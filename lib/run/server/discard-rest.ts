import type { IncomingMessage } from "node:http"
import type { Socket } from "node:net"

const mostDiscarded = 32 * 1024 * 1024
const longestDiscardingMs = 3_000

/**
 * Reads the rest of a body after the answer, so that the sender can read the answer. Closes the connection if
 * the body is too long or too slow. `socket` must be taken before Next handles the request, because Next may
 * end the request's stream, which then has no socket.
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
