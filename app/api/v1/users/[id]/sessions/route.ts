import { handler } from "@/lib/http/handler"
import { endUserSessions } from "@/lib/users/end-user-sessions"
import { EndedSessions, UserId } from "@/lib/users/schemas"

export const DELETE = handler({
  may: "users:manage",
  params: UserId,
  answer: EndedSessions,
  run: ({ actor, params }) => endUserSessions({ actor, userId: params.id }),
})
