import { handler } from "@/lib/http/handler"
import { endUserSessions } from "@/lib/users/end-user-sessions"
import { UserId } from "@/lib/users/schemas"

export const DELETE = handler({ may: "users:manage", params: UserId, run: ({ actor, params }) => endUserSessions({ actor, userId: params.id }) })
