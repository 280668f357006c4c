import { handler } from "@/lib/access/routes/handler"
import { listFailedSales } from "@/lib/insight/failed-sales/list-failed-sales"
import { FailedSalePage, FailedSaleQuery } from "@/lib/insight/failed-sales/schemas"

export const GET = handler({
  may: "fleet:read",
  query: FailedSaleQuery,
  answer: FailedSalePage,
  run: listFailedSales,
})
