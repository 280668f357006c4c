import { handler } from "@/lib/access/routes/handler"
import { failureRates } from "@/lib/insight/rates/failure-rates"
import { FailureRatePage, FailureRateQuery } from "@/lib/insight/rates/schemas"

export const GET = handler({
  may: "fleet:read",
  query: FailureRateQuery,
  answer: FailureRatePage,
  run: failureRates,
})
