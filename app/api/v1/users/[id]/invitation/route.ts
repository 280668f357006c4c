import { handler } from "@/lib/http/handler"
import { makeUserLink } from "@/lib/users/make-user-link"
import { UserId, UserWithLink } from "@/lib/users/schemas"

export const POST = handler({
  may: "users:manage",
  params: UserId,
  answer: UserWithLink,
  run: ({ actor, params }) => makeUserLink({ actor, userId: params.id, purpose: "invitation" }),
})
