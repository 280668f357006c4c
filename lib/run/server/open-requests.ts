import type { IncomingMessage, Server, ServerResponse } from "node:http"
import { isStopping } from "@/lib/run/health/stopping"

/** How long a connection without a request may stay open when the server stops. */
const silentMs = 1_000

/** The requests in progress. `end` takes no new connections, and closes each connection after its answer. */
export class OpenRequests {
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
      if (this.#isEnding) this.#closeIdle()
    })
  }

  /** Resolves once the last connection is closed. */
  async end(): Promise<void> {
    this.#isEnding = true
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const [response, request] of this.#open) closeAfter(request, response)
    this.#closeIdle()
    await closed
  }

  #closeIdle(): void {
    this.#server.closeIdleConnections()
    if (this.#open.size > 0) return
    setTimeout(() => {
      if (this.#open.size === 0) this.#server.closeAllConnections()
    }, silentMs).unref()
  }
}

// Closing before the body is read would lose the answer, so a connection with an unread body closes when
// idle.
function closeAfter(request: IncomingMessage, response: ServerResponse): void {
  const { headers } = request
  const hasBody = "content-length" in headers || "transfer-encoding" in headers
  const close = () => {
    response.shouldKeepAlive = false
  }
  if (request.complete || !hasBody) close()
  else request.once("end", close)
}
