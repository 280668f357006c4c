import { changePassword } from "@/lib/access/change-password"
import { PasswordChange, SessionsEnded } from "@/lib/account/schemas"
import { handler } from "@/lib/http/handler"

export const POST = handler({
  may: "account",
  isOpenBeforePasswordChange: true,
  body: PasswordChange,
  answer: SessionsEnded,
  run: ({ actor, body }) => changePassword({ actor, ...body }),
})
