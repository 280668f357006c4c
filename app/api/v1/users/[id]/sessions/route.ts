import { handler } from "@/lib/access/routes/handler"
import { endUserSessions } from "@/lib/access/users/end-user-sessions"
import { EndedSessions, UserId } from "@/lib/access/users/schemas"

export const DELETE = handler({
  may: "users:manage",
  params: UserId,
  answer: EndedSessions,
  run: ({ actor, params }) => endUserSessions({ actor, userId: params.id }),
})
