import { handler } from "@/lib/access/routes/handler"
import { listParties } from "@/lib/insight/parties/list-parties"
import { PartyPage, PartyQuery } from "@/lib/insight/parties/schemas"

export const GET = handler({
  may: "fleet:read",
  query: PartyQuery,
  answer: PartyPage,
  run: listParties,
})
