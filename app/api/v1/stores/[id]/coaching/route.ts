import { handler } from "@/lib/access/routes/handler"
import { PlaceId } from "@/lib/fleet/stores/fields"
import { coachingSheet } from "@/lib/insight/coaching/coaching-sheet"
import { CoachingQuery, CoachingSheet } from "@/lib/insight/coaching/schemas"

export const GET = handler({
  may: "fleet:read",
  params: PlaceId,
  query: CoachingQuery,
  answer: CoachingSheet,
  run: ({ actor, params, query }) => coachingSheet({ actor, storeId: params.id, query }),
})
