import { createHash, timingSafeEqual } from "node:crypto"
import { env, siteAddress } from "@/lib/base/env"
import { AppError } from "@/lib/base/errors"
import { metrics } from "@/lib/base/metrics"
import { readGauges } from "@/lib/run/metrics/read-gauges"

type Scrape = { authorization: string | null; address: string | null; host: string | null }

const loopbackAddress = /^(127(\.\d+){3}|::1)$/
const loopbackHost = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/

const digest = (text: string) => createHash("sha256").update(text).digest()

// Without a token, only this machine may read metrics. A proxy on this machine looks like this machine, so
// behind a proxy a token is required.
function requireScraper({ authorization, address, host }: Scrape): void {
  const { METRICS_TOKEN: token, TRUSTED_PROXIES: proxies } = env()
  if (token === undefined) {
    const isBehindProxy = proxies > 0 || !loopbackHost.test(new URL(siteAddress()).host)
    if (!isBehindProxy && loopbackAddress.test(address ?? "") && loopbackHost.test(host ?? "")) return
    throw new AppError(
      "forbidden",
      "Only this machine may read metrics. Set METRICS_TOKEN and send it as a bearer token.",
    )
  }
  if (!timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${token}`)))
    throw new AppError("unauthenticated", "Send METRICS_TOKEN as a bearer token.")
}

/** The metrics of this process in the text format of Prometheus, if the scrape is allowed. */
export async function answerMetrics(scrape: Scrape): Promise<Response> {
  requireScraper(scrape)
  await readGauges()
  return new Response(await metrics.registry.metrics(), {
    headers: { "content-type": metrics.registry.contentType, "cache-control": "no-store" },
  })
}
