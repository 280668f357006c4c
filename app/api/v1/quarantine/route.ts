import { handler } from "@/lib/http/handler"
import { listQuarantine } from "@/lib/quarantine/list-quarantine"
import { QuarantinePage, QuarantineQuery } from "@/lib/quarantine/schemas"

export const GET = handler({
  may: "quarantine:read",
  query: QuarantineQuery,
  answer: QuarantinePage,
  run: listQuarantine,
})
