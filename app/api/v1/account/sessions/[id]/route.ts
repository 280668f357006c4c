import { endOwnSession } from "@/lib/access/account/end-sessions"
import { SessionId, SessionsEnded } from "@/lib/access/account/schemas"
import { handler } from "@/lib/access/routes/handler"

export const DELETE = handler({
  may: "account",
  params: SessionId,
  answer: SessionsEnded,
  run: ({ actor, params }) => endOwnSession({ actor, sessionId: params.id }),
})
