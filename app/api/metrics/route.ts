import { addressOf } from "@/lib/base/http/address"
import { answerError } from "@/lib/base/http/answer"
import { answerMetrics } from "@/lib/run/metrics/answer-metrics"

/** Metrics of this process, for Prometheus. */
export async function GET({ headers }: Request): Promise<Response> {
  try {
    return await answerMetrics({
      authorization: headers.get("authorization"),
      address: addressOf(headers),
      host: headers.get("host"),
    })
  } catch (error) {
    return answerError(error, "/api/metrics")
  }
}
