import { cookies } from "next/headers"
import { z } from "zod"
import { cookieFlags, cookieName } from "@/lib/base/http/cookies"
import { readJson } from "@/lib/base/http/read-text"
import { isSameOrigin } from "@/lib/base/http/same-origin"
import { localeCookie, locales } from "@/lib/base/i18n/locale"

const Choice = z.object({ locale: z.enum(locales) })
const yearSeconds = 365 * 24 * 60 * 60

/** Stores the language in a cookie. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 })
  const choice = Choice.safeParse(await readJson(request).catch(() => null))
  if (!choice.success) return new Response(null, { status: 422 })
  ;(await cookies()).set(cookieName(localeCookie), choice.data.locale, {
    ...cookieFlags(),
    maxAge: yearSeconds,
  })
  return new Response(null, { status: 204 })
}
