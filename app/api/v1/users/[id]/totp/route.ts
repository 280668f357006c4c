import { handler } from "@/lib/http/handler"
import { removeSecondFactor } from "@/lib/users/remove-second-factor"
import { User, UserId } from "@/lib/users/schemas"

export const DELETE = handler({
  may: "users:manage",
  params: UserId,
  answer: User,
  run: ({ actor, params }) => removeSecondFactor({ actor, userId: params.id }),
})
