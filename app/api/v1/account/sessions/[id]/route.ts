import { endOwnSession } from "@/lib/account/end-sessions"
import { SessionId, SessionsEnded } from "@/lib/account/schemas"
import { handler } from "@/lib/http/handler"

export const DELETE = handler({
  may: "account",
  params: SessionId,
  answer: SessionsEnded,
  run: ({ actor, params }) => endOwnSession({ actor, sessionId: params.id }),
})
