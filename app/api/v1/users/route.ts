import { handler } from "@/lib/access/routes/handler"
import { inviteUser } from "@/lib/access/users/invite-user"
import { listUsers } from "@/lib/access/users/list-users"
import { Invitation, UserPage, UserQuery, UserWithLink } from "@/lib/access/users/schemas"

export const GET = handler({ may: "users:manage", query: UserQuery, answer: UserPage, run: listUsers })

export const POST = handler({
  may: "users:manage",
  body: Invitation,
  answer: UserWithLink,
  run: ({ actor, body }) => inviteUser({ actor, invitation: body }),
})
