import { handler } from "@/lib/access/routes/handler"
import { RemoteAction, RemoteId } from "@/lib/insight/remote/schemas"
import { takeRemote } from "@/lib/insight/remote/take-remote"

export const POST = handler({
  may: "flags:write",
  params: RemoteId,
  answer: RemoteAction,
  run: ({ actor, params }) => takeRemote({ actor, params }),
})
