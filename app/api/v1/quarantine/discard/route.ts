import { handler } from "@/lib/access/routes/handler"
import { discardQuarantine } from "@/lib/intake/quarantine/discard-quarantine"
import { Moved, DiscardQuery } from "@/lib/intake/quarantine/schemas"

export const POST = handler({
  may: "quarantine:write",
  query: DiscardQuery,
  answer: Moved,
  run: discardQuarantine,
})
