import type { IncomingMessage, ServerResponse } from "node:http"
import { log } from "@/lib/base/log/log"
import { metrics } from "@/lib/base/metrics"

const slowMs = 2_000

/**
 * Measures a request until it is answered or aborted, and logs it: failed at warn, slow at info, others at
 * debug.
 */
export function observe(
  { method = "", url = "" }: IncomingMessage,
  response: ServerResponse,
  routeOf: (path: string) => string,
): void {
  const begun = performance.now()
  const route = routeOf(url.split("?", 1)[0] ?? "")
  response.once("close", () => {
    const tookMs = performance.now() - begun
    const status = response.writableFinished ? response.statusCode : "aborted"
    metrics.requestSeconds.observe({ method, route, status }, tookMs / 1000)
    const level = typeof status === "number" && status >= 500 ? "warn" : tookMs > slowMs ? "info" : "debug"
    if (log.isLevelEnabled(level))
      log[level]({ method, route, status, tookMs: Math.round(tookMs) }, "a request")
  })
}
