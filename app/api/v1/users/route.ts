import { handler } from "@/lib/http/handler"
import { inviteUser } from "@/lib/users/invite-user"
import { listUsers } from "@/lib/users/list-users"
import { Invitation, UserQuery } from "@/lib/users/schemas"

export const GET = handler({ may: "users:manage", query: UserQuery, run: listUsers })

export const POST = handler({ may: "users:manage", body: Invitation, run: ({ actor, body }) => inviteUser({ actor, invitation: body }) })
