import { handler } from "@/lib/access/routes/handler"
import { handleFlags } from "@/lib/insight/handling/handle-flags"
import { Handling, HandlingAnswer } from "@/lib/insight/handling/schemas"

export const POST = handler({
  may: "flags:write",
  body: Handling,
  answer: HandlingAnswer,
  run: ({ actor, body }) => handleFlags({ actor, body }),
})
