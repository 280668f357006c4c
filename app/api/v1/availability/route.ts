import { handler } from "@/lib/access/routes/handler"
import { getAvailability } from "@/lib/insight/availability/get-availability"
import { Availability, AvailabilityQuery } from "@/lib/insight/availability/schemas"

export const GET = handler({
  may: "fleet:read",
  query: AvailabilityQuery,
  answer: Availability,
  run: getAvailability,
})
