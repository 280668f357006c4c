import { handler } from "@/lib/access/routes/handler"
import { lostSales } from "@/lib/insight/lost-sales/lost-sales"
import { LostSales, LostSalesQuery } from "@/lib/insight/lost-sales/schemas"

export const GET = handler({
  may: "fleet:read",
  query: LostSalesQuery,
  answer: LostSales,
  run: lostSales,
})
