import { handler } from "@/lib/http/handler"
import { inviteUser } from "@/lib/users/invite-user"
import { listUsers } from "@/lib/users/list-users"
import { Invitation, UserPage, UserQuery, UserWithLink } from "@/lib/users/schemas"

export const GET = handler({ may: "users:manage", query: UserQuery, answer: UserPage, run: listUsers })

export const POST = handler({
  may: "users:manage",
  body: Invitation,
  answer: UserWithLink,
  run: ({ actor, body }) => inviteUser({ actor, invitation: body }),
})
