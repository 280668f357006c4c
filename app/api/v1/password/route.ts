import { changePassword } from "@/lib/access/change-password"
import { PasswordChange } from "@/lib/account/schemas"
import { handler } from "@/lib/http/handler"

export const POST = handler({
  may: "account",
  isOpenBeforePasswordChange: true,
  body: PasswordChange,
  run: ({ actor, body }) => changePassword({ actor, ...body }),
})
