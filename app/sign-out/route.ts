import { cookies } from "next/headers"
import { sessionCookie } from "@/lib/access/sessions/auth-cookies"
import { endFormerSession } from "@/lib/access/sessions/end-former-session"
import { cookieFlags } from "@/lib/base/http/cookies"
import { isSameOrigin } from "@/lib/base/http/same-origin"
import { paths } from "@/lib/base/paths"

/** Ends the session. It is a form, so that it works before scripts run. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 })
  await endFormerSession(request.headers)
  ;(await cookies()).set(sessionCookie(), "", { ...cookieFlags(), maxAge: 0 })
  return new Response(null, { status: 303, headers: { location: paths.signIn } })
}
