import { handler } from "@/lib/access/routes/handler"
import { getCalendar } from "@/lib/outlook/replacements/get-calendar"
import { Calendar } from "@/lib/outlook/replacements/schemas"

export const GET = handler({
  may: "fleet:read",
  answer: Calendar,
  run: ({ actor }) => getCalendar({ actor }),
})
