import { handler } from "@/lib/http/handler"
import { changeUser } from "@/lib/users/change-user"
import { getUser } from "@/lib/users/get-user"
import { User, UserChange, UserId } from "@/lib/users/schemas"

export const GET = handler({
  may: "users:manage",
  params: UserId,
  answer: User,
  run: ({ actor, params }) => getUser({ actor, userId: params.id }),
})

export const PATCH = handler({
  may: "users:manage",
  params: UserId,
  body: UserChange,
  answer: User,
  run: ({ actor, params, body }) => changeUser({ actor, userId: params.id, change: body }),
})
