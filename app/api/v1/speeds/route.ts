import { handler } from "@/lib/access/routes/handler"
import { listSpeeds } from "@/lib/insight/speeds/list-speeds"
import { SpeedPage, SpeedQuery } from "@/lib/insight/speeds/schemas"

export const GET = handler({
  may: "fleet:read",
  query: SpeedQuery,
  answer: SpeedPage,
  run: listSpeeds,
})
