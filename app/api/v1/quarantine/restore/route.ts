import { handler } from "@/lib/http/handler"
import { restoreQuarantine } from "@/lib/quarantine/discard-quarantine"
import { PutAside, PutAsideQuery } from "@/lib/quarantine/schemas"

export const POST = handler({
  may: "quarantine:write",
  query: PutAsideQuery,
  answer: PutAside,
  run: restoreQuarantine,
})
