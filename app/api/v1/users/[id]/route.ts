import { handler } from "@/lib/access/routes/handler"
import { changeUser } from "@/lib/access/users/change-user"
import { getUser } from "@/lib/access/users/get-user"
import { User, UserChange, UserId } from "@/lib/access/users/schemas"

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
