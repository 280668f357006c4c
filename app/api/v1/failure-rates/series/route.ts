import { handler } from "@/lib/access/routes/handler"
import { failureSeries } from "@/lib/insight/rates/failure-series"
import { FailureSeries, FailureSeriesQuery } from "@/lib/insight/rates/schemas"

export const GET = handler({
  may: "fleet:read",
  query: FailureSeriesQuery,
  answer: FailureSeries,
  run: failureSeries,
})
