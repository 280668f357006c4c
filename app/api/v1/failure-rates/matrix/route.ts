import { handler } from "@/lib/access/routes/handler"
import { failureMatrix } from "@/lib/insight/rates/failure-matrix"
import { FailureMatrix, FailureMatrixQuery } from "@/lib/insight/rates/schemas"

export const GET = handler({
  may: "fleet:read",
  query: FailureMatrixQuery,
  answer: FailureMatrix,
  run: failureMatrix,
})
