import type { IncomingMessage, Server, ServerResponse } from "node:http"
import { isStopping } from "@/lib/run/health/stopping"

/** A connection that has asked nothing yet has this long to do so. */
const silentMs = 1_000

/**
 * What a server is answering. It ends by taking no new connections, answering what it has, and closing each
 * connection after its answer.
 */
export class InHand {
  readonly #server: Server
  readonly #open = new Map<ServerResponse, IncomingMessage>()
  #isEnding = false

  constructor(server: Server) {
    this.#server = server
  }

  begin(request: IncomingMessage, response: ServerResponse): void {
    this.#open.set(response, request)
    if (isStopping()) closeAfter(request, response)
    response.once("close", () => {
      this.#open.delete(response)
      if (this.#isEnding) this.#letGo()
    })
  }

  /** Resolves once the last connection is closed. */
  async end(): Promise<void> {
    this.#isEnding = true
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const [response, request] of this.#open) closeAfter(request, response)
    this.#letGo()
    await closed
  }

  #letGo(): void {
    this.#server.closeIdleConnections()
    if (this.#open.size > 0) return
    setTimeout(() => {
      if (this.#open.size === 0) this.#server.closeAllConnections()
    }, silentMs).unref()
  }
}

// Where the body is refused unread, closing at once would take the answer from its sender: such a connection
// is closed when it is idle.
function closeAfter(request: IncomingMessage, response: ServerResponse): void {
  const { headers } = request
  const hasBody = "content-length" in headers || "transfer-encoding" in headers
  const close = () => {
    response.shouldKeepAlive = false
  }
  if (request.complete || !hasBody) close()
  else request.once("end", close)
}
