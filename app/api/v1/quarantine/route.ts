import { handler } from "@/lib/access/routes/handler"
import { listQuarantine } from "@/lib/intake/quarantine/list-quarantine"
import { QuarantinePage, QuarantineQuery } from "@/lib/intake/quarantine/schemas"

export const GET = handler({
  may: "quarantine:read",
  query: QuarantineQuery,
  answer: QuarantinePage,
  run: listQuarantine,
})
