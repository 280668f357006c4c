import { handler } from "@/lib/access/routes/handler"
import { getForecast } from "@/lib/outlook/replacements/get-forecast"
import { Forecast } from "@/lib/outlook/replacements/schemas"

export const GET = handler({
  may: "fleet:read",
  answer: Forecast,
  run: ({ actor }) => getForecast({ actor }),
})
