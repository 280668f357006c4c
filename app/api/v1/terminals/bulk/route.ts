import { handler } from "@/lib/access/routes/handler"
import { changeMany } from "@/lib/fleet/terminals/life/change-many"
import { BulkAnswer, BulkRequest } from "@/lib/fleet/terminals/life/life-schemas"

export const POST = handler({
  may: "inventory:write",
  body: BulkRequest,
  answer: BulkAnswer,
  run: ({ actor, body }) => changeMany({ actor, ...body }),
})
