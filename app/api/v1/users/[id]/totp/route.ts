import { handler } from "@/lib/access/routes/handler"
import { removeSecondFactor } from "@/lib/access/users/remove-second-factor"
import { User, UserId } from "@/lib/access/users/schemas"

export const DELETE = handler({
  may: "users:manage",
  params: UserId,
  answer: User,
  run: ({ actor, params }) => removeSecondFactor({ actor, userId: params.id }),
})
