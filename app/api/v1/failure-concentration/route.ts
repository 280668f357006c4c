import { handler } from "@/lib/access/routes/handler"
import { findConcentration } from "@/lib/insight/concentration/find-concentration"
import { Concentration, ConcentrationQuery } from "@/lib/insight/concentration/schemas"

export const GET = handler({
  may: "fleet:read",
  query: ConcentrationQuery,
  answer: Concentration,
  run: findConcentration,
})
