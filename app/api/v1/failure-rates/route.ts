import { failureRates } from "@/lib/causes/failure-rates"
import { FailureRatePage, FailureRateQuery } from "@/lib/causes/schemas"
import { handler } from "@/lib/http/handler"

export const GET = handler({
  may: "fleet:read",
  query: FailureRateQuery,
  answer: FailureRatePage,
  run: failureRates,
})
