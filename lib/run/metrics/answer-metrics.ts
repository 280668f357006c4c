import { createHash, timingSafeEqual } from "node:crypto"
import { env, siteAddress } from "@/lib/base/env"
import { AppError } from "@/lib/base/errors"
import { metrics } from "@/lib/base/metrics"
import { readGauges } from "@/lib/run/metrics/read-gauges"

type Scrape = { authorization: string | null; address: string | null; host: string | null }

const loopbackAddress = /^(127(\.\d+){3}|::1)$/
const loopbackHost = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/

const digest = (text: string) => createHash("sha256").update(text).digest()

// Without a token only this machine may ask. A proxy on it is this machine, too, and may pass on its own host
// instead of the one that people ask for: where there is one, only a token will do.
function requireScraper({ authorization, address, host }: Scrape): void {
  const { METRICS_TOKEN: token, TRUSTED_PROXIES: proxies } = env()
  if (token === undefined) {
    const isBehindProxy = proxies > 0 || !loopbackHost.test(new URL(siteAddress()).host)
    if (!isBehindProxy && loopbackAddress.test(address ?? "") && loopbackHost.test(host ?? "")) return
    throw new AppError(
      "forbidden",
      "Metrics are for this machine alone: set METRICS_TOKEN and send Authorization: Bearer with it.",
    )
  }
  if (!timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${token}`)))
    throw new AppError("unauthenticated", "Send Authorization: Bearer with METRICS_TOKEN.")
}

/** The metrics of this process in Prometheus' text format, for whoever may scrape them. */
export async function answerMetrics(scrape: Scrape): Promise<Response> {
  requireScraper(scrape)
  await readGauges()
  return new Response(await metrics.registry.metrics(), {
    headers: { "content-type": metrics.registry.contentType, "cache-control": "no-store" },
  })
}
