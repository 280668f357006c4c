import type { Server } from "node:http"

/**
 * Answers requests that offer another protocol as if they did not. Java's HTTP client offers one with each
 * request over http. Next adds a listener, which would close their connections.
 */
export function ignoreUpgrades(server: Server): void {
  server.on("newListener", (event) => {
    if (event === "upgrade") queueMicrotask(() => server.removeAllListeners("upgrade"))
  })
}
