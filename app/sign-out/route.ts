import { cookies } from "next/headers"
import { sessionCookie } from "@/lib/access/auth-cookies"
import { endFormerSession } from "@/lib/access/end-former-session"
import { cookieFlags } from "@/lib/http/cookies"
import { isSameOrigin } from "@/lib/http/same-origin"
import { paths } from "@/lib/paths"

/** Ends the session of a browser that sends the form: it works before the page's scripts do. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 })
  await endFormerSession(request.headers)
  ;(await cookies()).set(sessionCookie(), "", { ...cookieFlags(), maxAge: 0 })
  return new Response(null, { status: 303, headers: { location: paths.signIn } })
}
