import { changePassword } from "@/lib/access/account/change-password"
import { PasswordChange, SessionsEnded } from "@/lib/access/account/schemas"
import { handler } from "@/lib/access/routes/handler"

export const POST = handler({
  may: "account",
  isOpenBeforePasswordChange: true,
  body: PasswordChange,
  answer: SessionsEnded,
  run: ({ actor, body }) => changePassword({ actor, ...body }),
})
