import { handler } from "@/lib/access/routes/handler"
import { discardQuarantine } from "@/lib/intake/quarantine/discard-quarantine"
import { PutAside, PutAsideQuery } from "@/lib/intake/quarantine/schemas"

export const POST = handler({
  may: "quarantine:write",
  query: PutAsideQuery,
  answer: PutAside,
  run: discardQuarantine,
})
