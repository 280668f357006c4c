import { cookies } from "next/headers"
import { z } from "zod"
import { cookieFlags, cookieName } from "@/lib/base/http/cookies"
import { readJson } from "@/lib/base/http/read-text"
import { isSameOrigin } from "@/lib/base/http/same-origin"
import { localeCookie, locales, zoneCookie } from "@/lib/base/i18n/locale"
import { isZone } from "@/lib/base/time/zone"

/** `timeZone` null is the organisation's. */
const Choice = z.object({
  locale: z.enum(locales).optional(),
  timeZone: z.string().max(64).refine(isZone).nullable().optional(),
})
const yearSeconds = 365 * 24 * 60 * 60

/** Stores the language or the time zone of the reader in a cookie. */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers)) return new Response(null, { status: 403 })
  const choice = Choice.safeParse(await readJson(request).catch(() => null))
  if (!choice.success) return new Response(null, { status: 422 })
  const { locale, timeZone } = choice.data
  const jar = await cookies()
  const keep = (name: string, value: string) =>
    jar.set(cookieName(name), value, { ...cookieFlags(), maxAge: yearSeconds })
  if (locale !== undefined) keep(localeCookie, locale)
  // An empty zone is none. Deleting a `__Host-` cookie would need the same flags again.
  if (timeZone !== undefined) keep(zoneCookie, timeZone ?? "")
  return new Response(null, { status: 204 })
}
