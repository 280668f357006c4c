import { findLink } from "@/lib/account-links/find-link"
import { AccountLink, LinkToken, NewPassword, PasswordSet } from "@/lib/account-links/schemas"
import { setPassword } from "@/lib/account-links/set-password"
import { addressOf } from "@/lib/http/address"
import { handler } from "@/lib/http/handler"

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
