import { handler } from "@/lib/access/routes/handler"
import { handleFlags } from "@/lib/insight/handling/handle-flags"
import { FlagId, HandlingAnswer } from "@/lib/insight/handling/schemas"
import { RemoteDraft } from "@/lib/insight/remote/schemas"

export const POST = handler({
  may: "flags:write",
  params: FlagId,
  body: RemoteDraft,
  answer: HandlingAnswer,
  run: ({ actor, params, body }) =>
    handleFlags({ actor, body: { ids: [params.id], change: { what: "try", ...body } } }),
})
