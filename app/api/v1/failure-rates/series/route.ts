import { failureSeries } from "@/lib/causes/failure-rates"
import { FailureSeries, FailureSeriesQuery } from "@/lib/causes/schemas"
import { handler } from "@/lib/http/handler"

export const GET = handler({
  may: "fleet:read",
  query: FailureSeriesQuery,
  answer: FailureSeries,
  run: failureSeries,
})
