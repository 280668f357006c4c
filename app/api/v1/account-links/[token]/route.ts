import { findLink } from "@/lib/access/account-links/find-link"
import { AccountLink, LinkToken, NewPassword, PasswordSet } from "@/lib/access/account-links/schemas"
import { setPassword } from "@/lib/access/account-links/set-password"
import { handler } from "@/lib/access/routes/handler"
import { addressOf } from "@/lib/base/http/address"

export const GET = handler({
  may: null,
  params: LinkToken,
  answer: AccountLink,
  run: ({ params }) => findLink(params),
})

export const POST = handler({
  may: null,
  params: LinkToken,
  body: NewPassword,
  answer: PasswordSet,
  run: ({ params, body, request }) =>
    setPassword({ ...params, ...body, address: addressOf(request.headers) }),
})
