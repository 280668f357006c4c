import { handler } from "@/lib/http/handler"
import { changeMany } from "@/lib/terminals/change-many"
import { BulkAnswer, BulkRequest } from "@/lib/terminals/life-schemas"

export const POST = handler({
  may: "inventory:write",
  body: BulkRequest,
  answer: BulkAnswer,
  run: ({ actor, body }) => changeMany({ actor, ...body }),
})
