import { handler } from "@/lib/access/routes/handler"
import { makeUserLink } from "@/lib/access/users/make-user-link"
import { UserId, UserWithLink } from "@/lib/access/users/schemas"

export const POST = handler({
  may: "users:manage",
  params: UserId,
  answer: UserWithLink,
  run: ({ actor, params }) => makeUserLink({ actor, userId: params.id, purpose: "reset" }),
})
