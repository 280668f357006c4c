import { handler } from "@/lib/access/routes/handler"
import { FlagId, HandlingAnswer } from "@/lib/insight/handling/schemas"
import { tryRemotely } from "@/lib/insight/handling/try-remotely"
import { RemoteDraft } from "@/lib/insight/remote/schemas"

export const POST = handler({
  may: "flags:write",
  params: FlagId,
  body: RemoteDraft,
  answer: HandlingAnswer,
  run: ({ actor, params, body }) => tryRemotely({ actor, flagId: params.id, action: body.action }),
})
