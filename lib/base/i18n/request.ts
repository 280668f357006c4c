import { getRequestConfig } from "next-intl/server"
import { cookies, headers } from "next/headers"
import { cookieName } from "@/lib/base/http/cookies"
import { formatsOf, localeCookie, localeOf } from "@/lib/base/i18n/locale"
import en from "@/lib/base/i18n/messages/en.json"
import zh from "@/lib/base/i18n/messages/zh.json"

const messages = { en, zh }

// Pages after sign-in set the time zone themselves: the reader's own, else the organisation's.
export default getRequestConfig(async () => {
  const locale = localeOf(
    (await cookies()).get(cookieName(localeCookie))?.value,
    (await headers()).get("accept-language"),
  )
  return { locale: formatsOf[locale], messages: messages[locale], timeZone: "UTC" }
})
