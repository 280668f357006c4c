import { handler } from "@/lib/http/handler"
import { removeSecondFactor } from "@/lib/users/remove-second-factor"
import { UserId } from "@/lib/users/schemas"

export const DELETE = handler({ may: "users:manage", params: UserId, run: ({ actor, params }) => removeSecondFactor({ actor, userId: params.id }) })
