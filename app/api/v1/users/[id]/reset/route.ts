import { handler } from "@/lib/http/handler"
import { makeUserLink } from "@/lib/users/make-user-link"
import { UserId } from "@/lib/users/schemas"

export const POST = handler({ may: "users:manage", params: UserId, run: ({ actor, params }) => makeUserLink({ actor, userId: params.id, purpose: "reset" }) })
